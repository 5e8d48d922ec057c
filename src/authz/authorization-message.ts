/** A kept denial in the words in which AWS decodes its authorization messages. Source: DecodeAuthorizationMessage (STS API Reference); messages decoded in public. */
import * as arn from '../base/arn.ts';
import type { AppliedPolicy, ContextValue, PolicyLayer, PolicySet } from '../policy/types.ts';
import { explainDenial } from './explain-denial.ts';
import type { KeptDenial } from './denials.ts';

/** AWS writes every list so. */
interface Items<Item> { readonly items: readonly Item[] }
type Values = Items<{ readonly value: string }>;

export interface AuthorizationMessage {
  readonly allowed: boolean;
  readonly explicitDeny: boolean;
  readonly matchedStatements: Items<MatchedStatement>;
  readonly failures: Items<never>;
  readonly context: {
    readonly principal: { readonly id: string; readonly name?: string; readonly arn: string };
    readonly action: string;
    readonly resource: string;
    readonly conditions: Items<{ readonly key: string; readonly values: Values }>;
  };
}

interface MatchedStatement {
  readonly statementId: string;
  readonly effect: 'ALLOW' | 'DENY';
  readonly principals: Values;
  readonly principalGroups: Values;
  readonly actions: Values;
  readonly resources: Values;
  readonly conditions: Items<{ readonly key: string; readonly values: Values }>;
}

/** Another account's own, which it alone may see. */
const otherSide: ReadonlySet<PolicyLayer> = new Set(['resource', 'trust', 'rcp']);

/** `keyName` gives a condition key, which is kept in lower case, the letters that AWS gives it. */
export function authorizationMessage(denial: KeptDenial, keyName: (folded: string) => string): AuthorizationMessage {
  const { request, context, decision, isOtherSideHidden } = denial;
  const id = textOf(context['aws:userid']) ?? '';
  const name = textOf(context['aws:username']);
  const { principal } = request;
  return {
    // INVARIANT: only denials are kept.
    allowed: false,
    explicitDeny: decision.outcome === 'explicitDeny' && !(isOtherSideHidden && otherSide.has(decision.layer)),
    matchedStatements: { items: matchedDenies(denial).map((statement) => shown(statement, id)) },
    failures: { items: [] },
    context: {
      principal: { id, ...(name !== undefined && { name }), arn: 'arn' in principal ? principal.arn : 'federated' in principal ? principal.federated : id },
      action: request.action,
      resource: request.resource,
      conditions: { items: [...resourceKeys(request.resource), ...Object.entries(context).map(([key, value]) => [keyName(key), value] as const)].map(([key, value]) => ({ key, values: valuesOf(value) })) },
    },
  };
}

const textOf = (value: ContextValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const listOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const valuesOf = (value: unknown): Values => ({ items: listOf(value).map((one) => ({ value: String(one) })) });

/** What AWS says of the resource, beside what the request says of itself. */
function resourceKeys(resource: string): readonly (readonly [string, string])[] {
  const parsed = arn.parse(resource);
  if (!parsed) return [];
  const type = /^[^/:]+/.exec(parsed.resource)?.[0];
  const keys: Readonly<Record<string, string | undefined>> = { 'aws:Region': parsed.region, 'aws:Service': parsed.service, 'aws:Resource': parsed.resource, 'aws:Type': type, 'aws:Account': parsed.account, 'aws:ARN': resource };
  return Object.entries(keys).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value] as const]));
}

/** A statement as it stands in its document. */
type Statement = Readonly<Record<string, unknown>>;

/** Every Deny that matched, of the policies that the reader may see. */
function matchedDenies(denial: KeptDenial): readonly Statement[] {
  return explainDenial(denial).explanation.layers.flatMap(({ layer, level, policies }) => policies.flatMap(({ statements }, place) => {
    const text = policiesOf(denial.policies, layer, level)[place]?.compiled.text;
    const matched = statements.filter(({ effect, matches }) => effect === 'Deny' && matches);
    return text === undefined || matched.length === 0 ? [] : matched.map(({ index }) => statementsIn(text)[index] ?? {});
  }));
}

/** The policies of a layer, in the order in which an explanation lists them. */
function policiesOf({ identity, boundary, session, resource, endpoint, scps, rcps }: PolicySet, layer: PolicyLayer, level: number | undefined): readonly AppliedPolicy[] {
  const layers: Record<PolicyLayer, readonly AppliedPolicy[]> = {
    identity, boundary: boundary ? [boundary] : [], session: session ?? [], resource: resource ? [resource] : [], trust: resource ? [resource] : [], endpoint: endpoint ? [endpoint] : [],
    scp: scps?.levels[level ?? 0] ?? [], rcp: rcps?.levels[level ?? 0] ?? [],
  };
  return layers[layer];
}

// The text was read by the policy engine, which takes no other JSON.
const statementsIn = (text: string): readonly Statement[] => listOf((JSON.parse(text) as { readonly Statement?: unknown }).Statement) as readonly Statement[];

/** AWS leaves operators out, and names the caller where the statement's principals would stand. GUESS: what it does with NotAction and NotResource: here they show as no actions and no resources. */
function shown({ Sid, Effect, Action, Resource, Condition }: Statement, id: string): MatchedStatement {
  const conditions = Object.values((Condition ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>).flatMap((keys) => Object.entries(keys));
  return {
    statementId: typeof Sid === 'string' ? Sid : '',
    effect: Effect === 'Allow' ? 'ALLOW' : 'DENY',
    principals: valuesOf(id),
    principalGroups: { items: [] },
    actions: valuesOf(Action),
    resources: valuesOf(Resource),
    conditions: { items: conditions.map(([key, value]) => ({ key, values: valuesOf(value) })) },
  };
}
