/** How fast it could be: a matcher written by hand for exactly these workloads. No variables, no `?`, no principals, no budget, two operators, no reasons – only allowed or not. */
import { allActions } from './services.ts';
import type { BenchRequest, Rule, RulePolicy, Subject } from './workload.ts';

class CeilingRow {
  readonly head: string;
  /** Behind a wildcard region. */
  readonly afterRegion: string | undefined;
  /** Between the wildcards, and behind the last; undefined where there is none. */
  readonly rest: readonly string[] | undefined;
  /** One condition of one or two values is all that these workloads have. */
  readonly key: string | undefined;
  readonly value: string | undefined;
  readonly otherValue: string | undefined;

  constructor(resource: string, { conditions: [condition] }: Rule) {
    const region = resource.indexOf(':*:');
    const [head = '', ...rest] = (region < 0 ? resource : resource.slice(region + 2)).split('*');
    this.head = region < 0 ? head : resource.slice(0, region + 1);
    this.afterRegion = region < 0 ? undefined : head;
    this.rest = rest.length === 0 ? undefined : rest;
    this.key = condition?.key.toLowerCase();
    this.value = condition?.values[0];
    this.otherValue = condition?.values[1];
  }
}

function isMet({ head, afterRegion, rest, key, value, otherValue }: CeilingRow, { resource, context }: BenchRequest): boolean {
  if (!resource.startsWith(head)) return false;
  let at = head.length;
  if (afterRegion !== undefined) {
    at = resource.indexOf(':', at);
    if (!resource.startsWith(afterRegion, at)) return false;
    at += afterRegion.length;
  }
  if (!rest) {
    if (at !== resource.length) return false;
  } else {
    for (let i = 0; i < rest.length - 1; i++) {
      at = resource.indexOf(rest[i]!, at);
      if (at < 0) return false;
      at += rest[i]!.length;
    }
    const tail = rest[rest.length - 1]!;
    if (tail !== '' && (resource.length - tail.length < at || !resource.endsWith(tail))) return false;
  }
  if (key === undefined) return true;
  const given = context.get(key);
  return given !== undefined && (given === value || given === otherValue);
}

/** Rows by the characters of the resource's sixth part. */
interface CeilingNode { readonly rows: CeilingRow[]; readonly children: (CeilingNode | undefined)[] }

function add(root: CeilingNode, head: string, row: CeilingRow): void {
  let node = root;
  for (let i = 0; i < head.length; i++) node = node.children[head.charCodeAt(i)] ??= { rows: [], children: [] };
  node.rows.push(row);
}

type Rows = { readonly list: readonly CeilingRow[]; readonly tree: CeilingNode | undefined };

function hasMatch({ list, tree }: Rows, request: BenchRequest): boolean {
  for (let i = 0; i < list.length; i++) if (isMet(list[i]!, request)) return true;
  if (!tree) return false;
  const { resource } = request;
  let at = 0;
  for (let colons = 0; colons < 5; colons++) at = resource.indexOf(':', at) + 1;
  let node: CeilingNode | undefined = tree;
  do {
    const { rows } = node;
    for (let i = 0; i < rows.length; i++) if (isMet(rows[i]!, request)) return true;
    node = node.children[resource.charCodeAt(at++)];
  } while (node);
  return false;
}

/** For one action: what denies, and for each layer what allows. */
interface Plan { readonly denies: Rows; readonly allows: readonly Rows[] }

const noRows: Rows = { list: [], tree: undefined };
const noPlan: Plan = { denies: noRows, allows: [noRows] };

function rowsOf(policies: readonly RulePolicy[], effect: Rule['effect'], action: string): Rows {
  const rules = policies.flat().filter((rule) => rule.effect === effect && rule.actions.some((pattern) => pattern === '*' || pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1)))));
  const rows = rules.flatMap((rule) => rule.resources.map((resource) => ({ resource, row: new CeilingRow(resource, rule) })));
  if (rows.length <= 8) return { list: rows.map(({ row }) => row), tree: undefined };
  const tree: CeilingNode = { rows: [], children: [] };
  const anywhere = rows.filter(({ resource }) => resource === '*');
  for (const { resource, row } of rows) if (resource !== '*') add(tree, resource.split(':').slice(5).join(':').split('*')[0]!, row);
  return { list: anywhere.map(({ row }) => row), tree };
}

export class Ceiling {
  readonly #plans: readonly ReadonlyMap<string, Plan>[];

  constructor(subject: (number: number) => Subject, subjects: number) {
    this.#plans = Array.from({ length: subjects }, (_, number) => {
      const { identity, boundary, session, scps = [] } = subject(number);
      const layers = [identity, ...(boundary ? [[boundary]] : []), ...(session ? [[session]] : []), ...scps];
      return new Map(allActions.flatMap((action) => {
        const plan = { denies: rowsOf(layers.flat(), 'Deny', action), allows: layers.map((layer) => rowsOf(layer, 'Allow', action)) };
        return plan.allows.every(({ list, tree }) => tree || list.length > 0) ? [[action, plan] as const] : [];
      }));
    });
  }

  decide(request: BenchRequest): boolean {
    const { denies, allows } = this.#plans[request.subject]!.get(request.action) ?? noPlan;
    if (hasMatch(denies, request)) return false;
    for (const rows of allows) if (!hasMatch(rows, request)) return false;
    return true;
  }
}
