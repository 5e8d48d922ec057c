/** The parameters of a query request (`Action=…&Tags.member.1.Key=…`), read into a tree along the dots of their names. */
import { ApiError } from '../base/api-error.ts';
import type { WireRequest } from './protocol.ts';

/** Limits of a form. A body's bytes are limited before it is read. */
export const formLimits = {
  parametersMax: 20_000,
  /** Places in the tree, of all names together: what a body makes of itself in memory. A name of many parts costs many. */
  nodesMax: 50_000,
  /** Parts of a name, set apart by dots. */
  depthMax: 64,
} as const;

/** A place in the tree: the parameter of that very name, if there is one, and those whose names go on from it. */
export class FormNode {
  value: string | undefined;
  children: Map<string, FormNode> | undefined;

  child(name: string): FormNode | undefined {
    return this.children?.get(name);
  }

  /** The child of that name, made where there is none. */
  grow(name: string, size: FormSize): FormNode {
    this.children ??= new Map();
    let child = this.children.get(name);
    if (!child) {
      if (++size.nodes > formLimits.nodesMax) throw new ApiError('MalformedInput', `The names of a request's parameters may have at most ${formLimits.nodesMax} parts`);
      child = new FormNode();
      this.children.set(name, child);
    }
    return child;
  }
}

/** How large a form has become. */
interface FormSize { parameters: number; nodes: number }

/** The request's parameters, read once: those of its query string, then those of its body if that is a form. Raises MalformedInput. */
export function readForm(request: WireRequest): FormNode {
  if (request.form) return request.form;
  const form = new FormNode();
  const size: FormSize = { parameters: 0, nodes: 0 };
  addParameters(form, request.query, size);
  if (hasFormBody(request)) addParameters(form, latin1Of(request.body), size);
  request.form = form;
  return form;
}

/** A body without a Content-Type is taken for a form: nothing else is sent to a query service. */
function hasFormBody(request: WireRequest): boolean {
  if (request.method !== 'POST' || request.body.byteLength === 0) return false;
  const type = request.header('content-type');
  return type === undefined || /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type);
}

const latin1Of = ({ buffer, byteOffset, byteLength }: Uint8Array): string => Buffer.from(buffer, byteOffset, byteLength).toString('latin1');

/** `text` holds one character a byte, as Node gives query strings. */
function addParameters(form: FormNode, text: string, size: FormSize): void {
  for (let start = 0; start < text.length;) {
    let end = text.indexOf('&', start);
    if (end < 0) end = text.length;
    // Empty ones count: they too must be passed over.
    if (++size.parameters > formLimits.parametersMax) throw new ApiError('MalformedInput', `A request may have at most ${formLimits.parametersMax} parameters`);
    if (end > start) {
      // Cut out first: where there is no equals sign, the search for one must not go on to the end of the body.
      const pair = text.slice(start, end);
      const equals = pair.indexOf('=');
      addParameter(form, decode(equals < 0 ? pair : pair.slice(0, equals)), decode(equals < 0 ? '' : pair.slice(equals + 1)), size);
    }
    start = end + 1;
  }
}

function addParameter(form: FormNode, name: string, value: string, size: FormSize): void {
  let node = form;
  let start = 0;
  let depth = 1;
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
    if (++depth > formLimits.depthMax) throw new ApiError('MalformedInput', `A parameter's name may have at most ${formLimits.depthMax} parts`);
    node = node.grow(name.slice(start, dot), size);
    start = dot + 1;
  }
  node = node.grow(start === 0 ? name : name.slice(start), size);
  // AWS: of parameters of the same name the first counts.
  node.value ??= value;
}

const encoded = /[%+\x80-\uffff]/;
const beyondAscii = /[\x80-\uffff]/;
const brokenEscape = /%(?![0-9A-Fa-f]{2})/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Each `+` a space. In bytes where there may be many: replaceAll takes a second for as many as a body can hold. */
function withSpaces(text: string): string {
  if (text.length < 1_000) return text.replaceAll('+', ' ');
  const bytes = Buffer.from(text, 'latin1');
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === plus) bytes[i] = space;
  return bytes.toString('latin1');
}

const plus = 0x2b;
const space = 0x20;

/** application/x-www-form-urlencoded, held to UTF-8. Source: WHATWG URL, section 5.1, but that malformed escapes and bytes are refused rather than kept. */
function decode(text: string): string {
  if (!encoded.test(text)) return text;
  const spaced = withSpaces(text);
  // AWS: an escape that is none is answered without a word; STS, July 2026.
  if (brokenEscape.test(spaced)) throw new ApiError('UnreadableRequest', 'The request has a parameter with a malformed percent escape');
  try {
    const raw = beyondAscii.test(spaced) ? utf8.decode(Buffer.from(spaced, 'latin1')) : spaced;
    return decodeURIComponent(raw);
  } catch (cause) {
    throw new ApiError('MalformedInput', 'The request has a parameter that is not percent-encoded UTF-8', { cause });
  }
}
