/** What kind of policy a text is, told from what it says: for those who are handed nothing but the text. */
import { readSource, valuesOf } from '../explain/source.ts';
import type { PolicyKind } from '../types.ts';

/** A policy that names nobody is one of identities; of those that name principals, a role's says no resources, and a bucket's only such of S3. */
export function likelyKind(text: string): 'identity' | 'trust' | 'bucket' | 'resource' {
  const source = readSource(text);
  if ('unreadable' in source) return 'identity';
  const all = source.statements.map(({ node }) => node.members);
  if (!all.some((members) => members.has('Principal') || members.has('NotPrincipal'))) return 'identity';
  const textsOf = (...names: readonly string[]): readonly string[] => all.flatMap((members) => names.flatMap((name) => (members.has(name) ? valuesOf(members.get(name)!).map((value) => value.text) : [])));
  const resources = textsOf('Resource', 'NotResource');
  if (resources.length === 0) return textsOf('Action', 'NotAction').every((action) => /^sts:/i.test(action)) ? 'trust' : 'resource';
  return resources.every((resource) => /^arn:[^:]*:s3:::/.test(resource)) ? 'bucket' : 'resource';
}

/** Every kind there is, for those who say it themselves. */
export const policyKinds = ['identity', 'boundary', 'session', 'trust', 'resource', 'bucket', 'endpoint', 'scp', 'rcp'] as const satisfies readonly PolicyKind[];
