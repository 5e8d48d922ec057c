/** Who can access what as a graph: from a principal, by its groups and policies, to what it may do, with the reason on each edge. */
import type { AccessDecision, AccessStatement } from '../../../../models/gatehouse.ts';
import { conditionsOf, placeOf, reasonOf, shortName } from './reasons.ts';

/** One access to draw. */
export interface DrawnAccess {
  readonly principalArn: string;
  /** What may be done: the same text is the same node. */
  readonly target: string;
  readonly access: AccessDecision;
  readonly grants: readonly AccessStatement[];
  readonly limits: readonly AccessStatement[];
}

/** In the order of their columns. */
export const nodeKinds = ['principal', 'group', 'policy', 'target'] as const;
export type NodeKind = (typeof nodeKinds)[number];

export interface GraphNode { readonly id: string; readonly kind: NodeKind; readonly label: string }

/** `gives` allows, `opens` allows if its conditions hold, `denies` and `limits` take away, `has` only leads on. */
export type EdgeKind = 'has' | 'gives' | 'opens' | 'denies' | 'limits';

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** What stands on it. */
  readonly label: string;
  /** In whole sentences. */
  readonly reasons: readonly string[];
}

export interface AccessGraph { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[]; /** Accesses that are not drawn, because there are too many. */ readonly left: number }

/** More than as many accesses nobody can tell apart. */
export const drawnMax = 120;

export function graphOf(accesses: readonly DrawnAccess[]): AccessGraph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const node = (kind: NodeKind, key: string, label: string): string => {
    const id = `${kind} ${key}`;
    if (!nodes.has(id)) nodes.set(id, { id, kind, label });
    return id;
  };
  const edge = (from: string, to: string, kind: EdgeKind, label: string, reason: string): void => {
    const id = `${kind} ${from} → ${to}`;
    const known = edges.get(id);
    if (!known) edges.set(id, { id, from, to, kind, label, reasons: [reason] });
    else if (!known.reasons.includes(reason)) edges.set(id, { ...known, label: known.label === label ? label : `${known.reasons.length + 1} statements`, reasons: [...known.reasons, reason] });
  };
  for (const { principalArn, target, access, grants, limits } of accesses.slice(0, drawnMax)) {
    const principal = node('principal', principalArn, shortName(principalArn));
    const goal = node('target', target, target);
    // Root needs no policy.
    if (grants.length === 0 && access !== 'denied') edge(principal, goal, 'gives', 'needs no policy', `${shortName(principalArn)} may do it without any policy`);
    for (const statement of [...grants, ...limits]) {
      const { PolicyType, PolicyName, PolicyArn, AttachedTo = principalArn } = statement;
      const isOfGroup = PolicyType === 'identity' && AttachedTo !== principalArn;
      // A managed policy is one, whoever has it; an inline one is of its holder.
      const policy = node('policy', `${PolicyType} ${PolicyArn ?? `${AttachedTo} ${PolicyName}`}`, PolicyType === 'identity' ? PolicyName : `${PolicyName} (${PolicyType})`);
      const holder = isOfGroup ? node('group', AttachedTo, shortName(AttachedTo)) : principal;
      if (isOfGroup) edge(principal, holder, 'has', 'member', `${shortName(principalArn)} is a member of ${shortName(AttachedTo)}`);
      edge(holder, policy, 'has', PolicyType === 'identity' ? 'has' : 'subject to', PolicyType === 'identity' ? `${shortName(AttachedTo)} has the policy ${PolicyName}` : `the ${PolicyType} policy ${PolicyName} applies to ${shortName(principalArn)}`);
      const open = conditionsOf(statement);
      edge(policy, goal, kindOf(statement, open.length > 0, limits.includes(statement)), `${placeOf(statement)}${open.length > 0 ? ', if' : ''}`, reasonOf(statement));
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], left: Math.max(0, accesses.length - drawnMax) };
}

function kindOf({ Effect }: AccessStatement, isOpen: boolean, isLimit: boolean): EdgeKind {
  if (Effect === 'Deny') return 'denies';
  if (isLimit) return 'limits';
  return isOpen ? 'opens' : 'gives';
}
