/** When the services that an entity's policies let into were last tried, by whom. Source: "Refine permissions using last accessed information" (IAM User Guide). */
import type { EntityInfo } from '../../../models/iam.ts';
import type { Timestamp } from '../../base/clock.ts';
import { type Grants, grantsOf } from '../../policy/granted-services.ts';
import { usesKeptMs } from '../../store/last-used.ts';
import { SortedList } from '../../store/sorted-list.ts';
import type { AccountView, LastUse } from '../../store/store.ts';
import type { RoleDoc, UserDoc } from '../../store/tables.ts';
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
  /** Who tried, each with its last try, in the order of `newestFirst`. */
  readonly accesses: SortedList<Access>;
  /** Its actions that are granted, each with its last try. Left out where only services were asked for. */
  readonly actions?: readonly { readonly name: string; readonly last: Access | undefined }[];
}

/** The place of a try among others: the newest first. */
export const newestFirst = ({ entity, at }: Access): string => `${String(Number.MAX_SAFE_INTEGER - at)}/${entity.Id}`;

type Errors = 'InvalidInput' | 'NoSuchEntity';
export type ReportContext = Pick<RunContext<Errors>, 'view' | 'awsManagedPolicies' | 'authorizationReference' | 'lastUsed' | 'now' | 'error'>;

/** Entities whose uses are read, and services that are gone through, before other requests get their turn. */
const entitiesPerTurn = 100;
const servicesPerTurn = 10;

export const isPolicyArn = (entityArn: string): boolean => /^arn:[^:]*:iam::[^:]*:policy\//.test(entityArn);

/** The report about a user, group, role or managed policy, service by service. Raises InvalidInput or NoSuchEntity where the ARN names none. */
export async function reportOn(entityArn: string, isByAction: boolean, context: ReportContext): Promise<readonly ServiceAccess[]> {
  const { authorizationReference, view } = context;
  // Whatever is read of the state is read in this turn: the report is of one moment.
  const grants = documentsOf(entityArn, context).map(grantsOf);
  const entities = entitiesOf(entityArn, context);
  // The reference is read when it is first looked at, which takes a turn of its own.
  await new Promise(setImmediate);
  const granted = new Map(authorizationReference.prefixes.filter((namespace) => grants.some(({ service }) => service(namespace))).map((namespace) => [namespace, new Tries()]));
  await addTries(granted, entities, (doc) => entityInfo(view, doc), context);
  const services: ServiceAccess[] = [];
  for (const [namespace, { accesses, lastByAction }] of granted) {
    if (services.length % servicesPerTurn === servicesPerTurn - 1) await new Promise(setImmediate);
    services.push({ namespace, accesses, ...(isByAction && { actions: grantedActions(namespace, grants, context).map((name) => ({ name, last: lastByAction.get(name) })) }) });
  }
  return services;
}

/** The tries of one service. */
class Tries {
  readonly accesses = new SortedList<Access>();
  readonly lastByAction = new Map<string, Access>();

  /** Takes what one entity tried of the service. */
  add(entity: EntityInfo, uses: readonly (readonly [action: string, use: LastUse])[]): void {
    let last: Access | undefined;
    for (const [action, { at, region }] of uses) {
      const access = { entity, at, region };
      if (!last || last.at < at) last = access;
      const known = this.lastByAction.get(action);
      if (!known || newestFirst(access) < newestFirst(known)) this.lastByAction.set(action, access);
    }
    if (last) this.accesses.set(newestFirst(last), last);
  }
}

function grantedActions(namespace: string, grants: readonly Grants[], { authorizationReference }: ReportContext): readonly string[] {
  return [...authorizationReference.find(namespace)!.actions.values()].map(({ name }) => name).filter((name) => grants.some(({ action }) => action(`${namespace}:${name}`)));
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

/** Whose tries count: of a group its members', of a policy those of all it is attached to. Each once. */
function entitiesOf(entityArn: string, { view, error }: ReportContext): readonly (UserDoc | RoleDoc)[] {
  const ids = isPolicyArn(entityArn) ? view.attachments.listBy('policy', entityArn).map(({ PrincipalId }) => PrincipalId) : [holdersOf(entityArn, view, error)[0]!.id];
  const docs = new Set<UserDoc | RoleDoc>();
  const add = (id: string): void => {
    const doc = view.users.find(id) ?? view.roles.find(id);
    if (doc) docs.add(doc);
  };
  for (const id of ids) {
    if (!view.groups.find(id)) add(id);
    else for (const { UserId } of view.memberships.listBy('group', id)) add(UserId);
  }
  return [...docs];
}

function entityInfo(view: AccountView, doc: UserDoc | RoleDoc): EntityInfo {
  if ('UserId' in doc) return { Arn: userArn(view, doc), Name: doc.UserName, Type: 'USER', Id: doc.UserId, Path: doc.Path };
  return { Arn: roleArn(view, doc), Name: doc.RoleName, Type: 'ROLE', Id: doc.RoleId, Path: doc.Path };
}

/** Adds what the entities tried to the services that are granted. */
async function addTries(granted: ReadonlyMap<string, Tries>, docs: readonly (UserDoc | RoleDoc)[], infoOf: (doc: UserDoc | RoleDoc) => EntityInfo, { lastUsed, now }: ReportContext): Promise<void> {
  for (let start = 0; start < docs.length; start += entitiesPerTurn) {
    if (start > 0) await new Promise(setImmediate);
    const some = new Map(docs.slice(start, start + entitiesPerTurn).map(infoOf).map((entity) => [entity.Id, entity]));
    for (const [id, uses] of lastUsed.findOf(new Set(some.keys()))) {
      const byService = new Map<string, [action: string, use: LastUse][]>();
      for (const [what, use] of uses) {
        const colon = what.indexOf(':');
        const namespace = what.slice(0, colon);
        if (use.at < now - usesKeptMs || !granted.has(namespace)) continue;
        byService.set(namespace, [...(byService.get(namespace) ?? []), [what.slice(colon + 1), use]]);
      }
      for (const [namespace, own] of byService) granted.get(namespace)!.add(some.get(id)!, own);
    }
  }
}
