/** A policy's statements as they stand in its text: where each begins and ends, and its elements with their places. */
import type { Position, Span } from './explanation.ts';
import { JsonError, readJson, type JsonNode, type JsonObjectNode } from '../json.ts';

/** A statement in its document. */
export interface StatementSource {
  readonly index: number;
  readonly node: JsonObjectNode;
  readonly span: Span;
  /** The same as AWS's simulator counts it. */
  readonly simulatorSpan: Span;
}

export interface DocumentSource {
  readonly version: string | undefined;
  /** Whether Statement is a list. */
  readonly isList: boolean;
  readonly statements: readonly StatementSource[];
}

/** The statements of a policy; the reason where its text cannot be read. */
export function readSource(text: string): DocumentSource | { readonly unreadable: string } {
  let root: JsonNode;
  try {
    root = readJson(text);
  } catch (thrown) {
    if (thrown instanceof JsonError) return { unreadable: `${thrown.message} (${placeOf(text, thrown.offset)})` };
    throw thrown;
  }
  if (root.type !== 'object') return { unreadable: `the document is not an object (${placeOf(text, root.offset)})` };
  const version = root.members.get('Version');
  const statement = root.members.get('Statement');
  const nodes = statement === undefined ? [] : statement.type === 'array' ? statement.items : [statement];
  const statements: StatementSource[] = [];
  // AWS: a statement begins where the token before it ends: behind the `[` or the `}` of the one before it, and behind its own `{` where it stands
  // alone; it ends behind its `}`. Seen in answers of SimulatePrincipalPolicy and SimulateCustomPolicy, among them the examples of the AWS CLI.
  let behind = statement?.type === 'array' ? statement.offset + 1 : (statement?.offset ?? 0) + 1;
  for (const node of nodes) {
    if (node.type !== 'object') return { unreadable: `a statement is not an object (${placeOf(text, node.offset)})` };
    const end = endOf(text, node);
    const ends = positionAt(text, end);
    statements.push({ index: statements.length, node, span: { start: positionAt(text, node.offset), end: ends }, simulatorSpan: { start: positionAt(text, behind), end: ends } });
    behind = end;
  }
  return { version: version?.type === 'string' ? version.value : undefined, isList: statement?.type === 'array', statements };
}

/** The strings, numbers and words of an element that is one value or a list, each with its place. */
export function valuesOf(node: JsonNode): readonly { readonly text: string; readonly offset: number }[] {
  const items = node.type === 'array' ? node.items : [node];
  return items.flatMap((item) => ('value' in item && item.type !== 'null' ? [{ text: item.value, offset: item.offset }] : []));
}

/** A value as it stands in the text. */
export const rawText = (text: string, node: JsonNode): string => text.slice(node.offset, endOf(text, node));

/** The line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

const placeOf = (text: string, offset: number): string => {
  const { line, column } = positionAt(text, offset);
  return `line ${line}, column ${column}`;
};

/** Behind the last character of a value of a text that was read without an error. */
function endOf(text: string, node: JsonNode): number {
  if (node.type === 'string') return node.end;
  if (node.type !== 'object' && node.type !== 'array') return node.offset + node.value.length;
  let depth = 0;
  for (let at = node.offset; ; at++) {
    const mark = text[at];
    if (mark === '"') at = endOfString(text, at) - 1;
    else if (mark === '{' || mark === '[') depth++;
    else if ((mark === '}' || mark === ']') && --depth === 0) return at + 1;
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
