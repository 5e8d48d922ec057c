/** A browser's form that uploads a file: a PutObject whose caller signed a policy beforehand, and whose fields the policy allows. Source: "Browser-based uploads using POST" (S3 API Reference). */
import { ApiError } from '../base/api-error.ts';
import type { BodyDigests, ByteStream, StreamedBody } from '../base/byte-stream.ts';
import type { AnonymousCaller, IdentifiedCaller } from '../base/caller.ts';
import type { Operation } from '../model/service.ts';
import { checkFormPolicy, fileSizeRange, readFormPolicy } from '../proof/payload/form-policy.ts';
import { PayloadVerifier } from '../proof/payload/payload-verifier.ts';
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import { scanHeaders } from '../proof/sigv4/headers.ts';
import { SignatureRefusal } from '../proof/sigv4/refusal.ts';
import { readSigner } from '../proof/sigv4/signer.ts';
import { parseBasic } from '../proof/sigv4/timestamp.ts';
import type { StructureValue, WireResponse } from '../protocol/protocol.ts';
import { readRestInput } from '../protocol/rest-input.ts';
import { readDocument } from '../protocol/xml-input.ts';
import { xmlDeclaration } from '../protocol/xml-bodies.ts';
import { hostIdOf } from '../protocol/rest-xml.ts';
import { escapeText } from '../protocol/xml-text.ts';
import type { Exchange } from './exchange.ts';
import { readUploadForm } from './form-parts.ts';
import type { HttpRequest } from './http-request.ts';
import { limits } from './limits.ts';
import type { DescribedService } from './lazy-service.ts';
import type { Plane } from './plane.ts';
import { saidHeader } from './said-headers.ts';

export interface ReceivedForm {
  readonly operation: Operation;
  readonly caller: IdentifiedCaller | AnonymousCaller;
  answer(output: StructureValue): WireResponse;
}

/** Fields that say how to answer, or prove the form; the others are headers of the object. */
const notHeaders: ReadonlySet<string> = new Set(['key', 'bucket', 'policy', 'file', 'acl', 'tagging', 'success_action_redirect', 'redirect', 'success_action_status', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature', 'x-amz-security-token', 'submit']);

/** Reads the form up to its file, proves who signed its policy and holds it to that. Afterwards the exchange has the input of a PutObject. */
export async function receiveForm(plane: Plane, exchange: Exchange, served: DescribedService): Promise<ReceivedForm> {
  const { request, claim: inRequest } = exchange;
  if (inRequest) throw new SignatureRefusal('twice', 'Credentials must be given once: in the form, or with the request.');
  const bucket = /^\/([^/]+)\/?$/.exec(request.path)?.[1];
  const operation = served.model.operations.get('PutObject');
  if (bucket === undefined || !operation || !request.stream) throw new ApiError('MethodNotAllowed', 'The specified method is not allowed against this resource.', { details: { Method: request.method } });
  exchange.operation = operation;
  const { fields: given, file, fileName } = await readUploadForm(request.header('content-type')!, request.stream);
  const fields = new Map(given);
  const key = fields.get('key')?.replaceAll('${filename}', fileName);
  if (!key) throw new ApiError('InvalidArgument', "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.", { details: { ArgumentName: 'key', ArgumentValue: '' } });
  fields.set('key', key).set('bucket', bucket);
  const { caller, range } = await proveForm(plane, exchange, fields, served.model.signingName);
  request.stream = new FormFile(file, range, fields);
  exchange.input = inputOf(operation, request, bucket, key, fields);
  return { operation, caller, answer: (output) => formAnswer(output, fields, request, key, bucket) };
}

interface Range { readonly min: number; readonly max: number }

async function proveForm(plane: Plane, exchange: Exchange, fields: ReadonlyMap<string, string>, signingName: string): Promise<{ readonly caller: ReceivedForm['caller']; readonly range: Range }> {
  const policy = fields.get('policy');
  const isSigned = ['x-amz-signature', 'x-amz-credential', 'x-amz-algorithm', 'awsaccesskeyid', 'signature'].some((name) => fields.has(name));
  const range = { min: 0, max: limits.formFileBytesMax };
  // Only the bucket's own policy can allow what nobody signed.
  if (policy === undefined && !isSigned) return { caller: { kind: 'anonymous', arn: 'anonymous', userId: 'anonymous' }, range };
  if (policy === undefined) throw new ApiError('InvalidArgument', "Bucket POST must contain a field named 'policy'.  If it is specified, please check the order of the fields.", { details: { ArgumentName: 'policy', ArgumentValue: '' } });
  const claim = claimOf(exchange.request, fields);
  exchange.claim = claim;
  exchange.claimedAccessKeyId = claim.accessKeyId;
  const caller = await plane.authenticate(claim, exchange.request, { signingName, region: undefined }, { text: policy });
  const parsed = readFormPolicy(policy);
  checkFormPolicy(parsed, fields, exchange.request.receivedAt);
  const asked = fileSizeRange(parsed);
  return { caller, range: { min: asked.min, max: Math.min(asked.max, range.max) } };
}

function claimOf(request: HttpRequest, fields: ReadonlyMap<string, string>): SignatureClaim {
  const field = (name: string): string => {
    const value = fields.get(name);
    if (!value) throw new ApiError('InvalidArgument', `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`, { details: { ArgumentName: name, ArgumentValue: '' } });
    return value;
  };
  if (field('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') throw new SignatureRefusal('algorithm', 'Unsupported algorithm.');
  const timestamp = field('x-amz-date');
  const signedAt = parseBasic(timestamp);
  if (signedAt === undefined) throw new ApiError('InvalidArgument', 'X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd\'T\'HHmmss\'Z\'"', { details: { ArgumentName: 'X-Amz-Date', ArgumentValue: timestamp.slice(0, 64) } });
  return { ...readSigner(field('x-amz-credential'), 'host'), isPresigned: false, signature: field('x-amz-signature'), timestamp, signedAt, expiresSeconds: undefined, sessionToken: fields.get('x-amz-security-token'), headers: scanHeaders(request.rawHeaders), parameters: [] };
}

/** The fields, read as the headers that a PutObject would have. */
function inputOf(operation: Operation, request: HttpRequest, bucket: string, key: string, fields: ReadonlyMap<string, string>): StructureValue {
  const rawHeaders: string[] = [];
  for (const [name, value] of fields) if (!notHeaders.has(name)) rawHeaders.push(...saidHeader(name, value));
  const tagging = fields.get('tagging');
  if (tagging !== undefined) rawHeaders.push('x-amz-tagging', taggingHeader(operation, tagging));
  const acl = fields.get('acl');
  if (acl !== undefined) rawHeaders.push('x-amz-acl', acl);
  const path = `/${bucket}/${encodeURIComponent(key)}`;
  return readRestInput(operation, { method: 'PUT', path, query: '', rawHeaders, header: () => undefined, body: new Uint8Array(), stream: request.stream });
}

/** Tags, which a form has as a document and a header as a query. Source: "POST Object" (S3 API Reference), `tagging`. */
function taggingHeader({ service }: Operation, document: string): string {
  const shape = service.operations.get('PutObjectTagging')?.input?.members.get('Tagging')?.shape;
  if (shape?.type !== 'structure') throw new Error('the model of S3 has no tagging');
  // An edge: what the model's shape says.
  const { TagSet = [] } = readDocument(shape, 'Tagging', Buffer.from(document)) as { readonly TagSet?: readonly { readonly Key?: string; readonly Value?: string }[] };
  return TagSet.map(({ Key = '', Value = '' }) => `${encodeURIComponent(Key)}=${encodeURIComponent(Value)}`).join('&');
}

/** The file of a form, held to the size that the policy allows. */
class FormFile implements StreamedBody {
  readonly statedBytes = undefined;
  readonly bytesMax: number;
  readonly #source: ByteStream;
  readonly #min: number;
  readonly #verifier: PayloadVerifier;

  constructor(source: ByteStream, { min, max }: Range, fields: ReadonlyMap<string, string>) {
    // How long the file is nobody says; what is said of its bytes stands in the fields.
    const isOfBody = (name: string): boolean => name === 'content-md5' || name.startsWith('x-amz-checksum-');
    this.#verifier = new PayloadVerifier({ mode: { kind: 'unsigned' }, signer: undefined, header: (name) => (name === 'transfer-encoding' ? 'chunked' : isOfBody(name) ? fields.get(name) : undefined) });
    this.#source = source;
    this.#min = min;
    this.bytesMax = max;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const chunk of this.#source) {
      size += chunk.length;
      if (size > this.bytesMax) throw new ApiError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { details: { ProposedSize: String(size), MaxSizeAllowed: String(this.bytesMax) } });
      yield* this.#verifier.add(chunk);
    }
    if (size < this.#min) throw new ApiError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', { details: { ProposedSize: String(size), MinSizeAllowed: String(this.#min) } });
    this.#verifier.end();
  }

  verified(): BodyDigests {
    return this.#verifier.digests();
  }
}

function formAnswer(output: StructureValue, fields: ReadonlyMap<string, string>, { requestId }: HttpRequest, key: string, bucket: string): WireResponse {
  const etag = String(output['ETag']);
  const location = `/${bucket}/${encodeURIComponent(key).replaceAll('%2F', '/')}`;
  const version = output['VersionId'];
  const headers = { ETag: etag, Location: location, ...(typeof version === 'string' && { 'x-amz-version-id': version }), 'x-amz-request-id': requestId, 'x-amz-id-2': hostIdOf(requestId) };
  const redirect = redirectOf(fields.get('success_action_redirect') ?? fields.get('redirect'));
  if (redirect) {
    for (const [name, value] of [['bucket', bucket], ['key', key], ['etag', etag]] as const) redirect.searchParams.set(name, value);
    return { status: 303, contentType: undefined, headers: { ...headers, Location: redirect.href }, body: '' };
  }
  const status = fields.get('success_action_status');
  if (status !== '201') return { status: status === '200' ? 200 : 204, contentType: undefined, headers, body: '' };
  const body = `${xmlDeclaration}<PostResponse><Location>${escapeText(location)}</Location><Bucket>${escapeText(bucket)}</Bucket><Key>${escapeText(key)}</Key><ETag>${escapeText(etag)}</ETag></PostResponse>`;
  return { status: 201, contentType: 'application/xml', headers, body };
}

/** What is no address of the web is passed over. Source: "POST Object" (S3 API Reference), success_action_redirect. */
function redirectOf(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined;
}
