/** Calls an operation of a running Gatehouse, signed with a profile's access key. Source: "Create a signed AWS API request" (IAM User Guide). */
import { createHash, createHmac } from 'node:crypto';
import { clientEnvironment } from './client-environment.ts';
import { CommandError } from './commands.ts';
import type { Target } from './options.ts';
import type { World } from './world.ts';
import { readXml, type XmlElement } from './xml-element.ts';

/** The services that the commands call, by the versions of their APIs. */
const apiVersions = { gatehouse: '2026-11-24', iam: '2010-05-08', sts: '2011-06-15' } as const;

export type CallApi = (service: keyof typeof apiVersions, operation: string, parameters?: Readonly<Record<string, string>>) => Promise<XmlElement>;

/** A refusal of the API: its code, and its message as ours. */
export class RefusedCall extends CommandError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** The variables that AWS's clients read of an endpoint and of credentials for it. */
export type Connection = { readonly [Name in 'AWS_ENDPOINT_URL' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_SESSION_TOKEN']?: string | undefined };

/** Calls go to the Gatehouse of a data directory; nothing is asked of it before the first. */
export const openApi = (target: Target, world: World): CallApi => openApiOf(() => clientEnvironment(target, world), world);

/** Calls go to an endpoint, with the credentials that belong to it. */
export function openApiOf(connect: () => Promise<Connection>, world: World): CallApi {
  let connecting: Promise<Connection> | undefined;
  return async (service, operation, parameters = {}) => {
    connecting ??= connect();
    const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = await connecting;
    if (endpoint === undefined || accessKeyId === undefined || secretAccessKey === undefined) throw new CommandError('there is no endpoint or access key to call with');
    if (!URL.canParse(endpoint)) throw new CommandError(`the endpoint ${endpoint} is no URL`);
    const body = new URLSearchParams({ Action: operation, Version: apiVersions[service], ...parameters }).toString();
    const url = new URL(endpoint);
    const answer = await fetch(url, { method: 'POST', body, headers: signedHeaders({ url, body, contentType, service, region, accessKeyId, secretAccessKey, sessionToken, at: new Date() }) }).catch((cause: unknown) => {
      throw new CommandError(unreachable(endpoint, cause, world), { cause });
    });
    return answered(answer);
  };
}

/** Calls an operation of our own that nobody signs. */
export async function callUnsigned(endpoint: string, operation: string, parameters: Readonly<Record<string, string>>, world: World): Promise<XmlElement> {
  const body = new URLSearchParams({ Action: operation, Version: apiVersions.gatehouse, ...parameters }).toString();
  const answer = await fetch(endpoint, { method: 'POST', body, headers: { 'content-type': contentType } }).catch((cause: unknown) => {
    throw new CommandError(unreachable(endpoint, cause, world), { cause });
  });
  return answered(answer);
}

/** Throws RefusedCall. */
async function answered(answer: Response): Promise<XmlElement> {
  const element = readXml(await answer.text());
  if (answer.ok) return element;
  const error = element.find('Error');
  throw new RefusedCall(error?.text('Code') ?? String(answer.status), error?.text('Message') ?? 'the answer is not one of Gatehouse');
}

/** `fetch` says only that it failed; what it failed of stands in the cause. */
export function unreachable(endpoint: string, thrown: unknown, { program }: World): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED') return `nothing answers at ${endpoint}; start it with \`${program} start\``;
  const reason = cause instanceof Error ? cause.message : String(thrown);
  return `${endpoint} cannot be called: ${reason}${/CERT|SIGNED/.test(code) ? '. Give the certificate that it is signed by in NODE_EXTRA_CA_CERTS' : ''}`;
}

export interface ToSign { readonly url: URL; readonly body: string; readonly contentType: string; readonly service: string; readonly region: string; readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string | undefined; readonly at: Date }

const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
/** Of these services, which are global or have a global endpoint. */
const region = 'us-east-1';

/** A POST without a query, whose path needs no encoding. */
export function signedHeaders({ url, body, contentType, service, region, accessKeyId, secretAccessKey, sessionToken, at }: ToSign): Record<string, string> {
  const time = `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const date = time.slice(0, 8);
  const scope = `${date}/${region}/${service}/aws4_request`;
  const sent: Readonly<Record<string, string>> = { 'content-type': contentType, 'x-amz-date': time, ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }) };
  const signed = Object.entries({ ...sent, host: url.host }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const signedNames = signed.map(([name]) => name).join(';');
  const canonical = ['POST', url.pathname, '', ...signed.map(([name, value]) => `${name}:${value}`), '', signedNames, sha256(body)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<Uint8Array | string>((parent, part) => createHmac('sha256', parent).update(part).digest(), `AWS4${secretAccessKey}`);
  const signature = createHmac('sha256', key).update(['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).digest('hex');
  return { ...sent, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedNames}, Signature=${signature}` };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
