/** A client of Gatehouse's own service, `gatehouse`, whose model the server serves by: signed as AWS's SDK signs, typed by the same file as the server's handlers. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import model from '../../models/gatehouse.json' with { type: 'json' };
import type { Gatehouse as Operations } from '../../models/gatehouse.ts';
import type { Provider } from './clients.ts';

/** An error as the service says it; the same members as an AWS SDK's exceptions. */
export class GatehouseError extends Error {
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string | undefined };

  constructor(name: string, message: string, httpStatusCode: number, requestId: string | undefined) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode, requestId };
  }
}

export class GatehouseClient {
  readonly #endpoint: string;
  readonly #signer: SignatureV4;

  constructor(endpoint: string, credentials: Provider) {
    this.#endpoint = endpoint;
    this.#signer = new SignatureV4({ service: model.signingName, region: 'us-east-1', credentials, sha256: Sha256 });
  }

  /** Calls an operation. Times are milliseconds since 1970. Rejects with GatehouseError. */
  async send<Name extends keyof Operations>(name: Name, input: Operations[Name]['input'], { abortSignal }: { readonly abortSignal?: AbortSignal } = {}): Promise<Operations[Name]['output']> {
    const { host, protocol } = new URL(this.#endpoint);
    const body = new URLSearchParams({ Action: name, Version: model.apiVersion, ...formOf(input) }).toString();
    const signed = await this.#signer.sign({ method: 'POST', protocol, hostname: host, path: '/', headers: { host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body });
    const { host: _, ...headers } = signed.headers;
    const answer = await fetch(`${this.#endpoint}/`, { method: 'POST', headers, body, credentials: 'omit', cache: 'no-store', ...(abortSignal && { signal: abortSignal }) });
    const document = new DOMParser().parseFromString(await answer.text(), 'text/xml');
    const requestId = answer.headers.get('x-amzn-RequestId') ?? undefined;
    if (!answer.ok) throw new GatehouseError(textOf(document, 'Code') ?? `HTTP ${answer.status}`, textOf(document, 'Message') ?? 'Gatehouse could not be asked.', answer.status, requestId);
    const operation: { readonly output?: string; readonly resultWrapper?: string } = model.operations[name];
    const result = document.getElementsByTagName(operation.resultWrapper ?? '')[0];
    // By the model that the types were written from.
    return (operation.output === undefined || !result ? {} : valueOf(result, shapes[operation.output]!)) as Operations[Name]['output'];
  }
}

const textOf = (document: Document, tag: string): string | undefined => document.getElementsByTagName(tag)[0]?.textContent ?? undefined;

interface ModelShape { readonly type: string; readonly members?: Readonly<Record<string, ModelMember>>; readonly member?: ModelMember; readonly flattened?: boolean }
type ModelMember = string | { readonly shape: string };

// The model's own form is checked where the server loads it.
const shapes = model.shapes as unknown as Readonly<Record<string, ModelShape>>;

const shapeOf = (member: ModelMember): ModelShape => shapes[typeof member === 'string' ? member : member.shape]!;

function valueOf(element: Element, shape: ModelShape): unknown {
  switch (shape.type) {
    case 'structure': return structureOf(element, shape);
    case 'list': return [...element.children].map((item) => valueOf(item, shapeOf(shape.member!)));
    case 'boolean': return element.textContent === 'true';
    case 'timestamp': return Date.parse(element.textContent ?? '');
    case 'integer': case 'long': case 'float': case 'double': return Number(element.textContent);
    default: return element.textContent ?? '';
  }
}

function structureOf(element: Element, { members = {} }: ModelShape): Readonly<Record<string, unknown>> {
  const children = new Map([...element.children].map((child) => [child.localName, child]));
  return Object.fromEntries(Object.entries(members).flatMap(([name, member]) => {
    const child = children.get(name);
    return child ? [[name, valueOf(child, shapeOf(member))]] : [];
  }));
}

/** As the query protocol writes an input: `Tags.member.1.Key=…`. */
function formOf(value: unknown, at = ''): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (Array.isArray(value)) return Object.assign({}, ...value.map((item, i) => formOf(item, `${at}.member.${i + 1}`)));
  if (typeof value === 'object') return Object.assign({}, ...Object.entries(value).map(([name, item]) => formOf(item, at === '' ? name : `${at}.${name}`)));
  return { [at]: String(value) };
}
