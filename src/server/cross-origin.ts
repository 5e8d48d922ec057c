/** Requests to S3 that a browser makes for a page of another origin: its preflights, and what its own requests' answers say. */
import { ApiError } from '../base/api-error.ts';
import { corsHeaders } from '../services/s3/cors.ts';
import type { CrossOrigin } from '../services/s3/cors.ts';
import type { CorsRuleDoc } from '../store/bucket-doc.ts';
import type { HttpRequest } from './http-request.ts';
import type { Plane } from './plane.ts';

/** The rules of the bucket that a request addresses, which has its bucket in its path by now. A name that has to be decoded is no bucket's. */
function rulesOf({ store }: Plane, { path }: HttpRequest): readonly CorsRuleDoc[] | undefined {
  const [, name = ''] = path.split('/', 2);
  const known = store.partition.bucketNames.find(name);
  return known && store.loaded(known.AccountId)?.buckets.find(known.BucketId)?.CorsRules;
}

/** The headers that are added to the answer of a request with an Origin; none where nothing allows it, or the account was not needed. */
export function crossOriginHeaders(plane: Plane, request: HttpRequest): Readonly<Record<string, string>> | undefined {
  const origin = request.header('origin');
  if (origin === undefined || !printable.test(origin)) return undefined;
  return corsHeaders(rulesOf(plane, request), { origin, method: request.method, headers: [] }, false);
}

const printable = /^[\x21-\x7e]{1,1024}$/;

/** The answer of a preflight. It is nobody's request, and says what the bucket's owner set for everybody to see. Raises AccessForbidden. */
export async function answerPreflight(plane: Plane, request: HttpRequest): Promise<Readonly<Record<string, string>>> {
  const origin = request.header('origin');
  const method = request.header('access-control-request-method');
  if (origin === undefined || !printable.test(origin)) throw new ApiError('BadRequest', 'Insufficient information. Origin request header needed.');
  if (method === undefined) throw new ApiError('BadRequest', 'Invalid Access-Control-Request-Method: null');
  const [, name = ''] = request.path.split('/', 2);
  const known = plane.store.partition.bucketNames.find(name);
  if (known && !plane.store.loaded(known.AccountId)) await plane.store.account(known.AccountId);
  const rules = rulesOf(plane, request);
  if (!rules) throw new ApiError('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.');
  const headers = (request.header('access-control-request-headers') ?? '').split(',').map((header) => header.trim().toLowerCase()).filter((header) => header !== '');
  const asked: CrossOrigin = { origin, method, headers };
  const allowed = headers.every((header) => printable.test(header)) ? corsHeaders(rules, asked, true) : undefined;
  if (!allowed) throw new ApiError('AccessForbidden', "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.");
  return allowed;
}
