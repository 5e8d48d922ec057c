/** When the services that an entity's policies let into were last tried, by whom. Source: "Refine permissions using last accessed information" (IAM User Guide). */
import type { EntityInfo } from '../../../models/iam.ts';
import type { Timestamp } from '../../base/clock.ts';
import { grantsOf } from '../../policy/granted-services.ts';
import { usesKeptMs } from '../../store/last-used.ts';
import type { AccountView } from '../../store/store.ts';
import type { RunContext } from '../operation.ts';
import { attachedPoliciesOf, inlinePoliciesOf } from './entity-policies.ts';
import { roleArn, userArn } from './lookup.ts';
import { getManagedPolicy } from './managed-policies.ts';
import { holdersOf } from './named-entities.ts';
import { documentInForce } from './policy-versions.ts';

/** One try. */
export interface Access { readonly entity: EntityInfo; readonly at: Timestamp; readonly region: string }

/** A service that the entity's policies let into. */
export interface ServiceAccess {
  readonly namespace: string;
  /** Who tried, each with its last try, newest first. */
  readonly accesses: readonly Access[];
  /** Its actions that are granted, each with its last try. Left out where only services were asked for. */
  readonly actions?: readonly { readonly name: string; readonly last: Access | undefined }[];
}

type Errors = 'InvalidInput' | 'NoSuchEntity';
export type ReportContext = Pick<RunContext<Errors>, 'view' | 'awsManagedPolicies' | 'authorizationReference' | 'lastUsed' | 'now' | 'error'>;

/** Entities whose uses are read before other requests get their turn. */
const entitiesPerTurn = 200;

export const isPolicyArn = (entityArn: string): boolean => /^arn:[^:]*:iam::[^:]*:policy\//.test(entityArn);

/** The report about a user, group, role or managed policy, service by service. Raises InvalidInput or NoSuchEntity where the ARN names none. */
export async function reportOn(entityArn: string, isByAction: boolean, context: ReportContext): Promise<readonly ServiceAccess[]> {
  const { authorizationReference } = context;
  // Whatever is read of the state is read in this turn: the report is of one moment.
  const grants = documentsOf(entityArn, context).map(grantsOf);
  const tries = [...(await triesOf(entitiesOf(entityArn, context), context))];
  const granted = authorizationReference.prefixes.filter((namespace) => grants.some(({ service }) => service(namespace)));
  return granted.map((namespace): ServiceAccess => {
    const own = new Map(tries.filter(([action]) => action.startsWith(`${namespace}:`)).map(([action, accesses]) => [action.slice(namespace.length + 1), accesses]));
    const accesses = lastOfEach([...own.values()].flat());
    if (!isByAction) return { namespace, accesses };
    const actions = [...authorizationReference.find(namespace)!.actions.values()].filter(({ name }) => grants.some(({ action }) => action(`${namespace}:${name}`)));
    return { namespace, accesses, actions: actions.map(({ name }) => ({ name, last: lastOfEach(own.get(name) ?? [])[0] })) };
  });
}

/** The policies whose permissions count: an entity's own and, of a user, its groups'; of a policy itself. */
function documentsOf(entityArn: string, { view, awsManagedPolicies, error }: ReportContext): readonly string[] {
  if (isPolicyArn(entityArn)) {
    getManagedPolicy(view, awsManagedPolicies, entityArn, error);
    return [documentInForce(view, awsManagedPolicies, entityArn)];
  }
  return holdersOf(entityArn, view, error).flatMap(({ id }) => {
    const inline = inlinePoliciesOf(view, id).map(({ Document }) => Document);
    return inline.concat(attachedPoliciesOf(view, id).map(({ PolicyArn }) => documentInForce(view, awsManagedPolicies, PolicyArn)));
  });
}

/** Whose tries count: of a group its members', of a policy those of all it is attached to. */
function entitiesOf(entityArn: string, { view, error }: ReportContext): readonly EntityInfo[] {
  const ids = isPolicyArn(entityArn) ? view.attachments.listBy('policy', entityArn).map(({ PrincipalId }) => PrincipalId) : [holdersOf(entityArn, view, error)[0]!.id];
  const entities = ids.flatMap((id) => (view.groups.find(id) ? view.memberships.listBy('group', id).map(({ UserId }) => UserId) : id)).flatMap((id) => entityInfo(view, id) ?? []);
  return [...new Map(entities.map((entity) => [entity.Id, entity])).values()];
}

function entityInfo(view: AccountView, id: string): EntityInfo | undefined {
  const user = view.users.find(id);
  if (user) return { Arn: userArn(view, user), Name: user.UserName, Type: 'USER', Id: id, Path: user.Path };
  const role = view.roles.find(id);
  return role && { Arn: roleArn(view, role), Name: role.RoleName, Type: 'ROLE', Id: id, Path: role.Path };
}

/** `iam:GetUser` → who tried it, each with its last try. */
async function triesOf(entities: readonly EntityInfo[], { lastUsed, now }: ReportContext): Promise<ReadonlyMap<string, readonly Access[]>> {
  const tries = new Map<string, Access[]>();
  for (let start = 0; start < entities.length; start += entitiesPerTurn) {
    if (start > 0) await new Promise(setImmediate);
    const some = new Map(entities.slice(start, start + entitiesPerTurn).map((entity) => [entity.Id, entity]));
    for (const [id, uses] of lastUsed.findOf(new Set(some.keys()))) {
      for (const [action, { at, region }] of uses) {
        if (at < now - usesKeptMs) continue;
        const accesses = tries.get(action) ?? [];
        tries.set(action, accesses);
        accesses.push({ entity: some.get(id)!, at, region });
      }
    }
  }
  return tries;
}

/** Of each entity the last of its tries; newest first. */
function lastOfEach(accesses: readonly Access[]): readonly Access[] {
  const last = new Map<string, Access>();
  for (const access of accesses) {
    const known = last.get(access.entity.Id);
    if (!known || known.at < access.at) last.set(access.entity.Id, access);
  }
  return [...last.values()].sort((a, b) => b.at - a.at);
}
