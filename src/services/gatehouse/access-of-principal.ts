/** What a principal can do: by service and access level, and action by action, and why. */
import { setImmediate } from 'node:timers/promises';
import type { ActionAccess, Gatehouse, LevelAccess, ServiceAccess } from '../../../models/gatehouse.ts';
import { askAccess, explainAccess, questionOf, resourcePoliciesOf, type AccessQuestion } from '../../authz/access-questions.ts';
import { AccessSubjects, type AccessSubject } from '../../authz/access-subjects.ts';
import type { Ask } from '../../authz/ask.ts';
import { rootRefusal } from '../../authz/session-rights.ts';
import * as arn from '../../base/arn.ts';
import type { ActionReference, ServiceReference } from '../../base/authorization-reference.ts';
import { canBeOfForm } from '../../policy/patterns/pattern-overlap.ts';
import { membershipOf } from '../../store/organizations.ts';
import { foldCase } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { shownReasons } from './access-statements.ts';
import { actionsPerTurn, statementsPerPageMax } from './limits.ts';

/** The number of services and of actions when MaxItems is not given. */
const maxItemsDefault = 100;

export const accessOfPrincipal = {
  /** The services that the principal can do something in; what it can do on some resources, or under conditions, is counted apart. */
  ListServicesOfPrincipal: {
    access: ({ PrincipalArn }) => simulationAsks(PrincipalArn),
    async run({ PrincipalArn, MaxItems = maxItemsDefault, Marker }, context) {
      const { account, authorizationReference: reference, marker } = context;
      const { subject } = openSubject(PrincipalArn, context);
      const after = Marker === undefined ? undefined : marker.open(Marker);
      const rest = reference.prefixes.filter((prefix) => after === undefined || prefix > after);
      const Services: ServiceAccess[] = [];
      let last: string | undefined;
      for (const prefix of rest) {
        if (Services.length === MaxItems) break;
        last = prefix;
        const service = reference.find(prefix)!;
        const levels = new Map<string, { -readonly [Name in keyof LevelAccess]: LevelAccess[Name] }>();
        let turn = 0;
        for (const action of service.actions.values()) {
          const AccessLevel = levelOf(action);
          const level = levels.get(AccessLevel) ?? { AccessLevel, Actions: 0, Allowed: 0, AllowedIf: 0 };
          levels.set(AccessLevel, level);
          const { access } = answerOf(questionOf(`${prefix}:${action.name}`, { service, action }, undefined, {}, account), subject);
          level.Actions++;
          if (access === 'allowed') level.Allowed++;
          else if (access === 'allowedIf') level.AllowedIf++;
          if (++turn % actionsPerTurn === 0) await setImmediate();
        }
        const AccessLevels = [...levels.values()];
        if (AccessLevels.some(({ Allowed, AllowedIf }) => Allowed + AllowedIf > 0)) Services.push({ ServiceNamespace: prefix, ServiceName: service.name, AccessLevels });
        await setImmediate();
      }
      const IsTruncated = last !== undefined && last !== rest.at(-1);
      return { Services, IsTruncated, ...(IsTruncated && { Marker: marker.seal(last!) }) };
    },
  },

  /** Without a resource an action is asked for on any: `allowed` is then on all of them. */
  ListActionsOfPrincipal: {
    access: ({ PrincipalArn }) => simulationAsks(PrincipalArn),
    async run({ PrincipalArn, ServiceNamespace, ResourceArn, IncludeDenied = false, MaxItems = maxItemsDefault, Marker }, context) {
      const { account, view, authorizationReference, marker, error } = context;
      const { subject, subjects } = openSubject(PrincipalArn, context);
      const service = authorizationReference.find(ServiceNamespace);
      if (!service) throw error('NoSuchService', `AWS lists no service ${ServiceNamespace}.`);
      const after = Marker === undefined ? undefined : marker.open(Marker);
      const rest = [...service.actions.values()].map((action) => ({ action, name: action.name })).filter(({ name }) => after === undefined || name > after).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const Actions: ActionAccess[] = [];
      let statements = 0;
      let last: string | undefined;
      for (const [index, { action, name }] of rest.entries()) {
        if (Actions.length === MaxItems || statements >= statementsPerPageMax) break;
        last = name;
        if (index % actionsPerTurn === actionsPerTurn - 1) await setImmediate();
        const on = resourcePoliciesOf(ResourceArn ?? '*', `${ServiceNamespace}:${name}`, view, subjects);
        if (!on) throw error('NoSuchResource', `The account has no resource ${ResourceArn}.`);
        if (ResourceArn !== undefined && !isAskedOn(ResourceArn, action, service)) continue;
        const question = questionOf(`${ServiceNamespace}:${name}`, { service, action }, ResourceArn, on, account);
        const { access, decision } = answerOf(question, subject);
        if (access === 'denied' && !IncludeDenied) continue;
        const { grants, limits } = explainAccess(question, subject);
        const [Grants, Limits] = [shownReasons(grants, subject, view), shownReasons(limits, subject, view)];
        statements += Grants.length + Limits.length;
        Actions.push({
          ActionName: `${ServiceNamespace}:${name}`,
          AccessLevel: levelOf(action),
          Access: access,
          ...(access !== 'allowed' && decision?.layer !== undefined && { DecidedBy: decision.layer }),
          Grants,
          Limits,
        });
      }
      const IsTruncated = last !== undefined && last !== rest.at(-1)!.name;
      return { Actions, IsTruncated, ...(IsTruncated && { Marker: marker.seal(last!) }) };
    },
  },
} satisfies Operations<Gatehouse, 'ListServicesOfPrincipal' | 'ListActionsOfPrincipal'>;

/** What is told of a principal is what a simulation of it tells. */
const simulationAsks = (PrincipalArn: string): [Ask, Ask] => [{ resource: PrincipalArn }, { action: 'iam:SimulatePrincipalPolicy', resource: PrincipalArn }];

/** Raises NoSuchPrincipal: also for one of another account. */
function openSubject(PrincipalArn: string, { account, view, partition, awsManagedPolicies, error }: RunContext<'NoSuchPrincipal'>): { readonly subject: AccessSubject; readonly subjects: AccessSubjects } {
  const subjects = new AccessSubjects(view, awsManagedPolicies, membershipOf(partition, account));
  if (PrincipalArn === arn.root(account)) return { subject: subjects.root(), subjects };
  const named = arn.splitResource(arn.parse(PrincipalArn)?.resource ?? '');
  const user = named?.type === 'user' ? view.users.findBy('name', foldCase(named.name)) : undefined;
  const role = named?.type === 'role' ? view.roles.findBy('name', foldCase(named.name)) : undefined;
  const subject = user ? subjects.user(user) : role ? subjects.role(role) : undefined;
  if (subject?.arn !== PrincipalArn) throw error('NoSuchPrincipal', `The account has no root, user or role ${PrincipalArn}.`);
  return { subject, subjects };
}

/** What root's credentials may not call at all, no policy gives. */
function answerOf(question: AccessQuestion, subject: AccessSubject): Partial<ReturnType<typeof askAccess>> & Pick<ReturnType<typeof askAccess>, 'access'> {
  const [service = '', operation = ''] = question.action.split(':');
  return subject.kind === 'root' && rootRefusal(service, operation) ? { access: 'denied' } : askAccess(question, subject);
}

/** Whether the action is asked for on resources of that form. */
function isAskedOn(resource: string, { resourceTypes }: ActionReference, service: ServiceReference): boolean {
  if (resource === '*') return true;
  return resourceTypes.some(({ name }) => canBeOfForm(resource, service.resourceTypes.get(name)?.arn ?? ''));
}

/** As AWS's console names it: `Permissions management` and `Tagging` write, too. */
const levelOf = ({ accessLevel }: ActionReference): string => accessLevel.replace(/, Write$/, '');
