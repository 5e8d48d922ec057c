/** A policy's JSON taken apart into its elements. What is not understood is left out and kept as a problem of its statement, so that it can never allow, and narrows no Deny. Source: "Grammar of the IAM JSON policy language" (IAM User Guide). */
import { JsonError, readJson, type JsonNode, type JsonObjectNode } from './json.ts';

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
  /** The first element that no grammar knows. */
  readonly unknownElement: string | undefined;
  /** What cannot be understood, by element. Such an element, or condition, is left out as a whole. */
  readonly problems: readonly string[];
}

export interface DocumentNode {
  readonly version: string | undefined;
  readonly statements: readonly StatementNode[];
  readonly hasStatement: boolean;
  readonly unknownElement: string | undefined;
  readonly problems: readonly string[];
}

const topElements: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);
const statementElements: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);
const versions: ReadonlySet<string> = new Set(['2012-10-17', '2008-10-17']);
const principalKinds: ReadonlySet<string> = new Set<NamedPrincipal['element']>(['AWS', 'Service', 'Federated', 'CanonicalUser']);
// The set says so.
const isPrincipalKind = (text: string): text is NamedPrincipal['element'] => principalKinds.has(text);

/** Throws JsonError where the text is not JSON, or it or a statement is not an object: what a policy is made of. */
export function readDocument(text: string): DocumentNode {
  const root = readJson(text);
  if (root.type !== 'object') throw new JsonError('the document is not an object', root.offset);
  const problems: string[] = [];
  const unknownElement = unknownAmong(root.members, topElements, problems);
  const version = stringOf(root.members.get('Version'), 'Version', problems);
  if (version !== undefined && !versions.has(version)) problems.push(`unknown Version \`${version}\``);
  stringOf(root.members.get('Id'), 'Id', problems);
  const node = root.members.get('Statement');
  const nodes = node === undefined ? [] : node.type === 'array' ? node.items : [node];
  const statements = nodes.map((item) => {
    if (item.type !== 'object') throw new JsonError('a statement is not an object', item.offset);
    return readStatement(item);
  });
  return { version, statements, hasStatement: node !== undefined, unknownElement, problems };
}

/** The first statement whose Sid another before it has; an empty one is none. */
export function repeatedSid(statements: readonly StatementNode[]): StatementNode | undefined {
  const seen = new Set<string>();
  return statements.find(({ sid }) => {
    if (!sid) return false;
    const isRepeated = seen.has(sid);
    seen.add(sid);
    return isRepeated;
  });
}

function readStatement(node: JsonObjectNode): StatementNode {
  const problems: string[] = [];
  const { members } = node;
  const unknownElement = unknownAmong(members, statementElements, problems);
  const [principal, notPrincipal] = eitherOf(members, 'Principal', principalOf, problems);
  const [actions, notActions] = eitherOf(members, 'Action', stringsOf, problems);
  const [resources, notResources] = eitherOf(members, 'Resource', stringsOf, problems);
  return {
    offset: node.offset,
    sid: stringOf(members.get('Sid'), 'Sid', problems),
    effect: stringOf(members.get('Effect'), 'Effect', problems),
    principal,
    notPrincipal,
    actions,
    notActions,
    resources,
    notResources,
    conditions: conditionsOf(members.get('Condition'), problems),
    unknownElement,
    problems,
  };
}

/** Notes the elements that do not belong; the first of them. */
function unknownAmong(members: JsonObjectNode['members'], known: ReadonlySet<string>, problems: string[]): string | undefined {
  const unknown = [...members.keys()].filter((key) => !known.has(key));
  for (const key of unknown) problems.push(`unknown element \`${key}\``);
  return unknown[0];
}

/** An element and the one that means its opposite. Where both stand, neither says what is meant. */
function eitherOf<T>(members: JsonObjectNode['members'], element: string, read: (node: JsonNode, element: string, problems: string[]) => T | undefined, problems: string[]): readonly [T | undefined, T | undefined] {
  const [node, notNode] = [members.get(element), members.get(`Not${element}`)];
  if (node && notNode) {
    problems.push(`${element} and Not${element} exclude each other`);
    return [undefined, undefined];
  }
  return [node && read(node, element, problems), notNode && read(notNode, `Not${element}`, problems)];
}

function stringOf(node: JsonNode | undefined, element: string, problems: string[]): string | undefined {
  if (node === undefined || node.type === 'string') return node?.value;
  problems.push(`${element} is not a string`);
  return undefined;
}

/** Undefined unless all of it is understood: half a list would narrow a Deny to less than was meant. So with principals and with the values of a condition. */
function stringsOf(node: JsonNode, element: string, problems: string[]): readonly string[] | undefined {
  const items = node.type === 'array' ? node.items : [node];
  const strings = items.flatMap((item) => (item.type === 'string' ? [item.value] : []));
  if (strings.length === items.length) return strings;
  problems.push(`${element} is not a string or a list of strings`);
  return undefined;
}

function principalOf(node: JsonNode, element: string, problems: string[]): PrincipalElement | undefined {
  if (node.type === 'string' && node.value === '*') return '*';
  if (node.type !== 'object') {
    problems.push(`${element} is neither \`*\` nor an object`);
    return undefined;
  }
  const named: NamedPrincipal[] = [];
  const problemsBefore = problems.length;
  for (const [kind, value] of node.members) {
    if (!isPrincipalKind(kind)) problems.push(`unknown principal \`${kind}\``);
    else for (const item of value.type === 'array' ? value.items : [value]) {
      if (item.type === 'string') named.push({ element: kind, text: item.value, start: item.offset, end: item.end });
      else problems.push(`${kind} is not a string or a list of strings`);
    }
  }
  return problems.length === problemsBefore ? named : undefined;
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
