/** A statement as the checks read it: its elements' values with their places, whatever the grammar thinks of them. */
import { type StatementSource, valuesOf } from '../explain/source.ts';
import type { JsonNode } from '../json.ts';

/** Where something stands: its path in the document, and its offset in the text. */
export interface Place { readonly path: readonly (string | number)[]; readonly offset: number }

export interface LintedValue extends Place { readonly text: string }

/** An element or its Not form. */
export interface LintedElement extends Place { readonly isNegated: boolean; readonly values: readonly LintedValue[] }

export interface LintedCondition extends Place { readonly operator: string; readonly key: string; readonly values: readonly LintedValue[] }

export interface LintedStatement extends Place {
  readonly isAllow: boolean;
  readonly action: LintedElement | undefined;
  readonly resource: LintedElement | undefined;
  readonly conditions: readonly LintedCondition[];
  readonly members: ReadonlyMap<string, JsonNode>;
}

/** `isList` says whether Statement is a list. */
export function lintedStatement({ node, index }: StatementSource, isList: boolean): LintedStatement {
  const path: readonly (string | number)[] = isList ? ['Statement', index] : ['Statement'];
  const { members, offset } = node;
  const effect = members.get('Effect');
  return { path, offset, members, isAllow: effect?.type === 'string' && effect.value === 'Allow', action: elementOf('Action', members, path), resource: elementOf('Resource', members, path), conditions: conditionsOf(members.get('Condition'), path) };
}

function elementOf(name: string, members: ReadonlyMap<string, JsonNode>, statement: readonly (string | number)[]): LintedElement | undefined {
  const found = [name, `Not${name}`].find((one) => members.has(one));
  if (found === undefined) return undefined;
  const node = members.get(found)!;
  const path = [...statement, found];
  return { isNegated: found !== name, path, offset: node.offset, values: placed(node, path) };
}

function conditionsOf(node: JsonNode | undefined, statement: readonly (string | number)[]): readonly LintedCondition[] {
  if (node?.type !== 'object') return [];
  return [...node.members].flatMap(([operator, keys]) => (keys.type === 'object' ? [...keys.members] : []).map(([key, value]): LintedCondition => {
    const path = [...statement, 'Condition', operator, key];
    return { operator, key, path, offset: value.offset, values: placed(value, path) };
  }));
}

const placed = (node: JsonNode, path: readonly (string | number)[]): readonly LintedValue[] =>
  valuesOf(node).map(({ text, offset }, index) => ({ text, offset, path: node.type === 'array' ? [...path, index] : path }));
