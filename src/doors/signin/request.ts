/** What a route of the door is given, and what it answers. The server has checked host, method, size, origin and session before, as its table says. */
import type { IdentifiedCaller } from '../../base/caller.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { ConsoleSession } from '../../store/console-sessions.ts';
import { refusal } from './refusal.ts';

export interface DoorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
  readonly remoteAddress: string;
  readonly isSecure: boolean;
  readonly receivedAt: Timestamp;
  readonly requestId: string;
  header(name: string): string | undefined;
}

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Values of Set-Cookie. */
  readonly cookies?: readonly string[];
  readonly body: string | Uint8Array;
}

/** A live session whose cookie came with the request. */
export interface SignedIn {
  readonly session: ConsoleSession;
  /** What the browser holds; the token against forged requests is derived from it. */
  readonly secret: string;
}

/** Calls an operation of AWS's API as that caller, by the very path that a signed request goes: rights, policies, the write, the audit record. Rejects with ApiError. */
export type CallAs = (caller: IdentifiedCaller, action: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>;

export interface Visit { readonly request: DoorRequest; readonly call: CallAs }
export interface SignedInVisit extends Visit { readonly signedIn: SignedIn }
/** A page that anyone may open, and that shows more to whoever is signed in. */
export interface PageVisit extends Visit { readonly signedIn: SignedIn | undefined }

export type Fields = Readonly<Record<string, unknown>>;

const formType = 'application/x-www-form-urlencoded';

const contentType = (request: DoorRequest): string => (request.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();

/** Whether a page without script sent it, and is to be answered by a page. */
export const isForm = (request: DoorRequest): boolean => contentType(request) === formType;

/** The members of a JSON object or the fields of a form. A name that is given twice is refused: two readers might read two things. */
export function readFields(request: DoorRequest): Fields {
  const text = Buffer.from(request.body).toString();
  if (isForm(request)) return fieldsOf(new URLSearchParams(text));
  if (contentType(request) !== 'application/json') throw refusal('UnsupportedMediaType');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refusal('InvalidRequest', 'The body is not JSON.', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusal('InvalidRequest', 'The body must be a JSON object.');
  // A JSON object is a record of whatever its members are.
  return value as Fields;
}

/** A member that is an object: of JSON itself, of a form the text of one. Undefined where it is absent or none. */
export function optionalObject(fields: Fields, name: string): object | undefined {
  let value: unknown = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === 'string' && value !== '') {
    try {
      value = JSON.parse(value);
    } catch (cause) {
      throw refusal('InvalidRequest', `${name} is not JSON.`, { cause });
    }
  }
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** The parameters of the query, each of them once. */
export const readQuery = ({ query }: DoorRequest): Fields => fieldsOf(new URLSearchParams(query));

function fieldsOf(parameters: URLSearchParams): Fields {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of parameters) {
    if (name in fields) throw refusal('InvalidRequest', `${name.slice(0, 64)} is given twice.`);
    fields[name] = value;
  }
  return fields;
}

/** A text, undefined where it is absent or empty. */
export function optionalText(fields: Fields, name: string, lengthMax: number): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw refusal('InvalidRequest', `${name} must be a text.`);
  if (value.length > lengthMax) throw refusal('InvalidRequest', `${name} has more than ${lengthMax} characters.`);
  return value;
}

export function requiredText(fields: Fields, name: string, lengthMax: number): string {
  const value = optionalText(fields, name, lengthMax);
  if (value === undefined) throw refusal('InvalidRequest', `${name} is missing.`);
  return value;
}

export const json = (status: number, value: unknown, more: Pick<DoorAnswer, 'cookies'> & { readonly headers?: DoorAnswer['headers'] } = {}): DoorAnswer => ({
  status, headers: { 'Content-Type': 'application/json', ...more.headers }, body: JSON.stringify(value), ...(more.cookies && { cookies: more.cookies }),
});

export const redirect = (location: string, cookies: readonly string[] = []): DoorAnswer => ({ status: 303, headers: { Location: location }, cookies, body: '' });

/** Where a browser may be sent on to: a page of our own, never elsewhere. What a browser could read as another host – `//host`, `/\host`, control characters – is none. */
export function ownPath(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2_048 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)) return undefined;
  const { origin, pathname, search, hash } = new URL(text, 'http://own.invalid');
  const isOurs = pathname.startsWith('/_gatehouse/') || pathname === '/v1/authorize';
  return origin === 'http://own.invalid' && isOurs ? `${pathname}${search}${hash}` : undefined;
}
