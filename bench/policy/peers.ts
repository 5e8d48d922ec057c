/** The engines that a user could pick instead, each given the same rules in its own words. They are installed when they are first asked for, into a folder that git ignores. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { allActions } from './services.ts';
import { documentOf, type Rule, type RulePolicy, type Subject, type Workload } from './workload.ts';

/** Whether the request of that number is allowed. */
export type Decide = (request: number) => boolean;

const folder = resolve(import.meta.dirname, '..');
const required = createRequire(join(folder, 'package.json'));

function load(name: string): unknown {
  if (!existsSync(join(folder, 'node_modules'))) {
    const { status, error } = spawnSync('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
    if (error) throw error;
    if (status !== 0) throw new Error(`npm install ended with ${status}`);
  }
  return required(name);
}

interface CedarCall { readonly principal: object; readonly action: object; readonly resource: object; readonly context: object; readonly preparsedPolicySetId: string; readonly entities: readonly object[] }
interface Cedar {
  preparsePolicySet(id: string, policies: { readonly staticPolicies: string }): { readonly type: string; readonly errors?: readonly { readonly message: string }[] };
  statefulIsAuthorized(call: CedarCall): { readonly type: string; readonly errors?: readonly { readonly message: string }[]; readonly response?: { readonly decision: string; readonly diagnostics: { readonly errors: readonly unknown[] } } };
}

/** Cedar, compiled to WebAssembly, its policies parsed beforehand. It has no layers: each is a set of its own, asked until one does not allow. */
export function cedar({ subject, requests, name }: Workload): Decide {
  // Its interface as this bench uses it.
  const { preparsePolicySet, statefulIsAuthorized } = load('@cedar-policy/cedar-wasm/nodejs') as Cedar;
  const sets = new Map<number, readonly string[]>();
  for (const number of new Set(requests.map((request) => request.subject))) {
    const layers = layersOf(subject(number)).map((rules, layer) => ({ id: `${name}/${number}/${layer}`, text: rules.map(cedarPolicy).join('\n') }));
    for (const { id, text } of layers) {
      const { type, errors } = preparsePolicySet(id, { staticPolicies: text });
      if (type !== 'success') throw new Error(errors?.[0]?.message);
    }
    sets.set(number, layers.map(({ id }) => id));
  }
  const calls = requests.map(({ subject: number, action, resource, context }) => sets.get(number)!.map((preparsedPolicySetId): CedarCall => ({
    principal: { type: 'User', id: 'ann' },
    action: { type: 'Action', id: action },
    resource: { type: 'Resource', id: 'any' },
    context: { resource, ...Object.fromEntries(context) },
    preparsedPolicySetId,
    entities: [],
  })));
  return (i) => calls[i]!.every((call) => {
    const { response, errors } = statefulIsAuthorized(call);
    if (!response) throw new Error(errors?.[0]?.message);
    return response.decision === 'allow';
  });
}

const layersOf = ({ identity, boundary, session, scps = [] }: Subject): readonly RulePolicy[] => [identity.flat(), ...(boundary ? [boundary] : []), ...(session ? [session] : []), ...scps.map((level) => level.flat())];

function cedarPolicy({ effect, actions, resources, conditions }: Rule): string {
  const meant = allActions.filter((action) => actions.some((pattern) => isLike(pattern, action)));
  const action = actions.includes('*') ? 'action' : `action in [${meant.map((one) => `Action::"${one}"`).join(', ')}]`;
  const where = resources.includes('*') ? 'true' : `(${resources.map((resource) => (resource.includes('*') ? `context.resource like "${resource}"` : `context.resource == "${resource}"`)).join(' || ')})`;
  const when = conditions.map(({ key, values }) => `context has "${key.toLowerCase()}" && [${values.map((value) => JSON.stringify(value)).join(', ')}].contains(context["${key.toLowerCase()}"])`);
  return `${effect === 'Allow' ? 'permit' : 'forbid'}(principal, ${action}, resource) when { ${[where, ...when].join(' && ')} };`;
}

const isLike = (pattern: string, action: string): boolean => pattern === '*' || pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1)));

interface CasbinEnforcer { enforceSync(...values: readonly unknown[]): boolean; addFunction(name: string, run: (...values: readonly string[]) => boolean): void }
interface Casbin { newModelFromString(text: string): unknown; newEnforcer(model: unknown, adapter: unknown): Promise<CasbinEnforcer>; StringAdapter: new (text: string) => unknown; Util: { keyMatchFunc: (...values: readonly string[]) => boolean } }

/** Casbin: a line for each pair of action and resource; `keyMatch` for patterns that end in a wildcard, `regexMatch` for the others. */
export async function casbin({ subject, requests }: Workload): Promise<Decide> {
  const { newModelFromString, newEnforcer, StringAdapter } = load('casbin') as Casbin;
  const enforcers = new Map<number, CasbinEnforcer>();
  for (const number of new Set(requests.map((request) => request.subject))) {
    const lines = subject(number).identity.flat().flatMap((rule) => rule.actions.flatMap((action) => rule.resources.map((resource) => casbinLine(rule, action, resource))));
    enforcers.set(number, await newEnforcer(newModelFromString(casbinModel), new StringAdapter(lines.join('\n'))));
  }
  const asked = requests.map(({ subject: number, action, resource, context }) => ({ enforcer: enforcers.get(number)!, resource, action, context: Object.fromEntries([...context].map(([key, value]) => [nameOf(key), value])) }));
  return (i) => {
    const { enforcer, resource, action, context } = asked[i]!;
    return enforcer.enforceSync(resource, action, context);
  };
}

const casbinModel = `[request_definition]
r = obj, act, ctx
[policy_definition]
p = obj, act, rule, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = keyMatch(r.act, p.act) && regexMatch(r.obj, p.obj) && eval(p.rule)
`;

/** A condition key as a name. */
const nameOf = (key: string): string => key.toLowerCase().replaceAll(/[^a-z]/g, '_');

function casbinLine({ effect, conditions }: Rule, action: string, resource: string): string {
  const rule = conditions.map(({ key, values }) => `(${values.map((value) => `r.ctx.${nameOf(key)} == '${value}'`).join(' || ')})`).join(' && ') || 'true';
  return `p, ^${resource.replaceAll('*', '.*')}$, ${action}, ${rule}, ${effect === 'Allow' ? 'allow' : 'deny'}`;
}

interface Pbac { evaluate(request: object): boolean }

/** pbac: takes the documents as AWS writes them. */
export function pbac({ subject, requests }: Workload): Decide {
  const Engine = load('pbac') as new (policies: readonly unknown[]) => Pbac;
  const engines = new Map<number, Pbac>();
  for (const number of new Set(requests.map((request) => request.subject))) engines.set(number, new Engine(subject(number).identity.map((rules) => listed(JSON.parse(documentOf(rules))))));
  const asked = requests.map(({ subject: number, action, resource, context }) => ({ engine: engines.get(number)!, request: { action, resource, context: nested(context) } }));
  return (i) => asked[i]!.engine.evaluate(asked[i]!.request);
}

interface Statement { readonly Action: string | readonly string[]; readonly Resource: string | readonly string[]; readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

/** It wants lists for one value too, keys in lower case, and booleans as booleans. */
function listed({ Version, Statement }: { readonly Version: string; readonly Statement: readonly Statement[] }): object {
  const keys = (operator: string, block: Readonly<Record<string, unknown>>): object => Object.fromEntries(Object.entries(block).map(([key, value]) => [key.toLowerCase(), operator === 'Bool' ? value === 'true' : value]));
  return {
    Version,
    Statement: Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat(),
      Resource: [statement.Resource].flat(),
      ...(statement.Condition && { Condition: Object.fromEntries(Object.entries(statement.Condition).map(([operator, block]) => [operator, keys(operator, block)])) }),
    })),
  };
}

/** `aws:username` as `{ aws: { username } }`. */
function nested(context: ReadonlyMap<string, string>): object {
  const aws: Record<string, string | boolean> = {};
  for (const [key, value] of context) aws[key.slice('aws:'.length)] = value === 'true' ? true : value === 'false' ? false : value;
  return { aws };
}
