/** A policy's JSON taken apart into its elements. What is not understood is left out and kept as a problem of its statement, so that it can never allow, and narrows no Deny. Source: "Grammar of the IAM JSON policy language" (IAM User Guide). */
import { readJson, type JsonNode, type JsonObjectNode } from './json.ts';

export type PrincipalElement = '*' | readonly NamedPrincipal[];
export interface NamedPrincipal { readonly element: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'; readonly text: string; /** Where the string stands in the document, its quotes included. */ readonly start: number; readonly end: number }
export interface ConditionEntry { readonly operator: string; readonly key: string; readonly values: readonly string[] }

export interface StatementNode {
  readonly offset: number;
  readonly sid: string | undefined;
  readonly effect: string | undefined;
  readonly principal: PrincipalElement | undefined;
  readonly notPrincipal: PrincipalElement | undefined;
  readonly actions: readonly string[] | undefined;
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[] | undefined;
  readonly notResources: readonly string[] | undefined;
  readonly conditions: readonly ConditionEntry[];
  /** What cannot be understood, by element. */
  readonly problems: readonly string[];
}

export interface DocumentNode {
  readonly version: string | undefined;
  readonly statements: readonly StatementNode[];
  readonly hasStatement: boolean;
  readonly problems: readonly string[];
}

const topElements: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);
const statementElements: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);
const principalElements: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

/** Throws JsonError where the text is not JSON, or not an object. */
export function readDocument(text: string): DocumentNode {
  const root = readJson(text);
  const problems: string[] = [];
  if (root.type !== 'object') return { version: undefined, statements: [], hasStatement: false, problems: ['the document is not an object'] };
  for (const key of root.members.keys()) if (!topElements.has(key)) problems.push(`unknown element \`${key}\``);
  const version = stringOf(root.members.get('Version'), 'Version', problems);
  stringOf(root.members.get('Id'), 'Id', problems);
  const node = root.members.get('Statement');
  const nodes = node === undefined ? [] : node.type === 'array' ? node.items : [node];
  const statements: StatementNode[] = [];
  for (const item of nodes) {
    if (item.type === 'object') statements.push(readStatement(item));
    else problems.push('a statement is not an object');
  }
  return { version, statements, hasStatement: node !== undefined, problems };
}

function readStatement(node: JsonObjectNode): StatementNode {
  const problems: string[] = [];
  const { members } = node;
  for (const key of members.keys()) if (!statementElements.has(key)) problems.push(`unknown element \`${key}\``);
  return {
    offset: node.offset,
    sid: stringOf(members.get('Sid'), 'Sid', problems),
    effect: stringOf(members.get('Effect'), 'Effect', problems),
    principal: principalOf(members.get('Principal'), problems),
    notPrincipal: principalOf(members.get('NotPrincipal'), problems),
    actions: stringsOf(members.get('Action'), 'Action', problems),
    notActions: stringsOf(members.get('NotAction'), 'NotAction', problems),
    resources: stringsOf(members.get('Resource'), 'Resource', problems),
    notResources: stringsOf(members.get('NotResource'), 'NotResource', problems),
    conditions: conditionsOf(members.get('Condition'), problems),
    problems,
  };
}

function stringOf(node: JsonNode | undefined, element: string, problems: string[]): string | undefined {
  if (node === undefined || node.type === 'string') return node?.value;
  problems.push(`${element} is not a string`);
  return undefined;
}

function stringsOf(node: JsonNode | undefined, element: string, problems: string[]): readonly string[] | undefined {
  if (node === undefined) return undefined;
  const items = node.type === 'array' ? node.items : [node];
  const strings = items.flatMap((item) => (item.type === 'string' ? [item.value] : []));
  if (strings.length === items.length) return strings;
  problems.push(`${element} is not a string or a list of strings`);
  return undefined;
}

function principalOf(node: JsonNode | undefined, problems: string[]): PrincipalElement | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'string' && node.value === '*') return '*';
  if (node.type !== 'object') {
    problems.push('Principal is neither `*` nor an object');
    return undefined;
  }
  const known = problems.length;
  const named: NamedPrincipal[] = [];
  for (const [element, value] of node.members) {
    if (!principalElements.has(element)) problems.push(`unknown principal \`${element}\``);
    // The set of elements was just checked.
    else for (const item of value.type === 'array' ? value.items : [value]) {
      if (item.type === 'string') named.push({ element: element as NamedPrincipal['element'], text: item.value, start: item.offset, end: item.end });
      else problems.push(`${element} is not a string or a list of strings`);
    }
  }
  return problems.length === known ? named : undefined;
}

function conditionsOf(node: JsonNode | undefined, problems: string[]): readonly ConditionEntry[] {
  if (node === undefined) return [];
  if (node.type !== 'object') {
    problems.push('Condition is not an object');
    return [];
  }
  const entries: ConditionEntry[] = [];
  for (const [operator, keys] of node.members) {
    if (keys.type !== 'object') {
      problems.push(`Condition \`${operator}\` is not an object`);
      continue;
    }
    for (const [key, value] of keys.members) {
      const items = value.type === 'array' ? value.items : [value];
      const values = items.flatMap((item) => (item.type === 'string' || item.type === 'number' || item.type === 'boolean' ? [item.value] : []));
      if (values.length === items.length) entries.push({ operator, key, values });
      else problems.push(`a value of \`${key}\` is not a string, number or boolean`);
    }
  }
  return entries;
}
