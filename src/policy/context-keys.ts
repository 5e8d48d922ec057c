/** The condition keys that a policy asks for: those of its conditions, and those that its variables stand for. Source: GetContextKeysForCustomPolicy (IAM API Reference). */
import { readSource, valuesOf } from './explain/source.ts';
import type { JsonNode } from './json.ts';

/** The keys in the order and the letter case in which they stand, each once whatever its letter case. A text that cannot be read asks for none. */
export function contextKeysOf(text: string): readonly string[] {
  const source = readSource(text);
  if ('unreadable' in source) return [];
  // In a policy of 2008 `${…}` is literal text.
  const variablesOf = source.version === '2012-10-17' ? keysOfVariables : () => [];
  return uniqueKeys(source.statements.flatMap(({ node }) => [...node.members].flatMap(([element, value]) => {
    if (element === 'Condition') return keysOfCondition(value, variablesOf);
    return element === 'Resource' || element === 'NotResource' ? valuesOf(value).flatMap((one) => variablesOf(one.text)) : [];
  })));
}

/** Each key once, letter case apart, as it stood first. */
export function uniqueKeys(keys: readonly string[]): readonly string[] {
  const byFolded = new Map<string, string>();
  for (const key of keys) if (!byFolded.has(key.toLowerCase())) byFolded.set(key.toLowerCase(), key);
  return [...byFolded.values()];
}

function keysOfCondition(condition: JsonNode, variablesOf: (text: string) => readonly string[]): readonly string[] {
  if (condition.type !== 'object') return [];
  const found: string[] = [];
  for (const keys of condition.members.values()) {
    if (keys.type !== 'object') continue;
    for (const [key, value] of keys.members) found.push(key, ...valuesOf(value).flatMap((one) => variablesOf(one.text)));
  }
  return found;
}

/** The escapes `${*}`, `${?}` and `${$}` ask for nothing. */
function keysOfVariables(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^},]+)[^}]*\}/g)].map(([, key = '']) => key.trim()).filter((key) => !['*', '?', '$', ''].includes(key));
}
