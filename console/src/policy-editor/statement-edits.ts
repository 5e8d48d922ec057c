/** A policy's text as the visual editor takes it apart and changes it: only what is edited is written anew, everything else stays as somebody wrote it. */
import { readDocument } from '../../../src/policy/document.ts';
import type { ConditionEntry, PrincipalElement, StatementNode } from '../../../src/policy/document.ts';
import { rawText, readSource } from '../../../src/policy/explain/source.ts';
import { JsonError, readJson } from '../../../src/policy/json.ts';
import type { JsonNode, JsonObjectNode } from '../../../src/policy/json.ts';

/** A statement as the visual editor shows it. */
export interface ShownStatement {
  readonly index: number;
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly isNotAction: boolean;
  readonly resources: readonly string[];
  readonly isNotResource: boolean;
  /** Whether Resource or NotResource stands in it. */
  readonly hasResource: boolean;
  readonly principal: PrincipalElement | undefined;
  readonly isNotPrincipal: boolean;
  readonly conditions: readonly ConditionEntry[];
  /** What of it the visual editor has no form for: it is then left as it is. */
  readonly unshown: readonly string[];
}

export type ShownDocument = { readonly statements: readonly ShownStatement[] } | { readonly unreadable: string };

/** The statements of a policy; or why its text cannot be shown. */
export function readShown(text: string): ShownDocument {
  const source = readSource(text);
  if ('unreadable' in source) return source;
  return { statements: readDocument(text).statements.map(shownStatement) };
}

function shownStatement(node: StatementNode, index: number): ShownStatement {
  const { sid = '', effect, actions, notActions, resources, notResources, principal, notPrincipal, conditions } = node;
  return {
    index, sid, conditions,
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    actions: actions ?? notActions ?? [],
    isNotAction: notActions !== undefined,
    resources: resources ?? notResources ?? [],
    isNotResource: notResources !== undefined,
    hasResource: resources !== undefined || notResources !== undefined,
    principal: principal ?? notPrincipal,
    isNotPrincipal: notPrincipal !== undefined,
    unshown: [...node.problems, ...(effect === 'Allow' || effect === 'Deny' ? [] : ['Effect is neither Allow nor Deny'])],
  };
}

/** Elements of a statement to write: a value, or undefined for one that goes. */
export type Changes = { readonly [Element in ElementName]?: unknown };
type ElementName = (typeof order)[number];

/** In the order in which AWS writes them. */
const order = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'] as const;

const step = '    ';

/** The text with elements of one statement changed. */
export function changeStatement(text: string, index: number, changes: Changes): string {
  const node = statementNode(text, index);
  if (!node) return text;
  const indent = indentAt(text, node.offset);
  const raw = rawText(text, node);
  const written = new Map<string, string>([...node.members].map(([name, value]) => [name, rawText(text, value)]));
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) written.delete(name);
    else written.set(name, valueText(value, indent + step));
  }
  const names = [...written.keys()].toSorted((a, b) => rank(a) - rank(b));
  const inner = names.map((name) => `${indent}${step}${JSON.stringify(name)}: ${written.get(name)!}`).join(',\n');
  return text.slice(0, node.offset) + (inner === '' ? '{}' : `{\n${inner}\n${indent}}`) + text.slice(node.offset + raw.length);
}

/** An unknown element stays behind those that are known. */
const rank = (name: string): number => { const at = order.findIndex((known) => known === name); return at < 0 ? order.length : at; };

/** The text with a further statement at its end. */
export const addStatement = (text: string, statement: Changes): string => changeList(text, (raws, indent) => [...raws, valueText(statement, indent)]);

export const removeStatement = (text: string, index: number): string => changeList(text, (raws) => raws.filter((_, at) => at !== index));

/** The same statement once more, behind itself and without its Sid, which would be a second of that name. */
export function duplicateStatement(text: string, index: number): string {
  const twice = changeList(text, (raws) => raws.flatMap((raw, at) => (at === index ? [raw, raw] : [raw])));
  return changeStatement(twice, index + 1, { Sid: undefined });
}

function changeList(text: string, change: (raws: readonly string[], indent: string) => readonly string[]): string {
  const root = rootOf(text);
  if (!root) return text;
  const list = root.members.get('Statement');
  const nodes = list === undefined ? [] : list.type === 'array' ? list.items : [list];
  const indent = step.repeat(2);
  const raws = change(nodes.map((node) => rawText(text, node)), indent);
  const value = raws.length === 0 ? '[]' : `[\n${raws.map((raw) => `${indent}${raw}`).join(',\n')}\n${step}]`;
  if (list) return text.slice(0, list.offset) + value + text.slice(list.offset + rawText(text, list).length);
  const members = [...root.members].map(([name, node]) => `${step}${JSON.stringify(name)}: ${rawText(text, node)}`);
  return text.slice(0, root.offset) + `{\n${[...members, `${step}"Statement": ${value}`].join(',\n')}\n}` + text.slice(root.offset + rawText(text, root).length);
}

/** A value as JSON, lines but the first indented. */
const valueText = (value: unknown, indent: string): string => JSON.stringify(value, null, step).replaceAll('\n', `\n${indent}`);

function rootOf(text: string): JsonObjectNode | undefined {
  try {
    const root = readJson(text);
    return root.type === 'object' ? root : undefined;
  } catch (thrown) {
    // A text that is no JSON is edited as text.
    if (thrown instanceof JsonError) return undefined;
    throw thrown;
  }
}

function statementNode(text: string, index: number): JsonObjectNode | undefined {
  const list = rootOf(text)?.members.get('Statement');
  const node: JsonNode | undefined = list?.type === 'array' ? list.items[index] : index === 0 ? list : undefined;
  return node?.type === 'object' ? node : undefined;
}

/** What stands before the first character of the line that the offset is in. */
const indentAt = (text: string, offset: number): string => /^\s*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))![0];

/** One value alone, several as a list: as AWS writes them. */
export const oneOrMany = (values: readonly string[]): string | readonly string[] => (values.length === 1 ? values[0]! : values);

/** Condition entries as the element says them; undefined where there are none. */
export function conditionElement(entries: readonly ConditionEntry[]): Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> | undefined {
  // Maps: an operator or a key of a document may be called `__proto__`.
  const element = new Map<string, Map<string, readonly string[]>>();
  for (const { operator, key, values } of entries) {
    const keys = element.get(operator) ?? new Map<string, readonly string[]>();
    element.set(operator, keys);
    // The same operator and key twice are one condition with the values of both.
    keys.set(key, [...(keys.get(key) ?? []), ...values]);
  }
  const written = (keys: ReadonlyMap<string, readonly string[]>) => Object.fromEntries([...keys].map(([key, values]) => [key, oneOrMany(values)]));
  return entries.length === 0 ? undefined : Object.fromEntries([...element].map(([operator, keys]) => [operator, written(keys)]));
}

/** Named principals as the element says them. */
export function principalElement(principal: PrincipalElement): '*' | Readonly<Record<string, string | readonly string[]>> {
  if (principal === '*') return '*';
  const element = new Map<string, readonly string[]>();
  for (const { element: kind, text } of principal) element.set(kind, [...(element.get(kind) ?? []), text]);
  return Object.fromEntries([...element].map(([kind, texts]) => [kind, oneOrMany(texts)]));
}

/** What a new policy begins as, for its kind. */
export function newPolicy(hasPrincipal: boolean): string {
  const statement = hasPrincipal ? { Effect: 'Allow', Principal: {}, Action: [] } : { Effect: 'Allow', Action: [], Resource: [] };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, step);
}
