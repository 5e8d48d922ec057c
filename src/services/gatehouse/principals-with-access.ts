/** Who can access what: the principals of the account that may do an action on a resource, and why. */
import { setImmediate } from 'node:timers/promises';
import type { Gatehouse, PrincipalAccess, PrincipalType } from '../../../models/gatehouse.ts';
import { ApiError } from '../../base/api-error.ts';
import { askAccess, explainAccess, questionOf, resourcePoliciesOf, type AccessQuestion } from '../../authz/access-questions.ts';
import { AccessSubjects, type AccessSubject } from '../../authz/access-subjects.ts';
import { rootRefusal } from '../../authz/session-rights.ts';
import { membershipOf } from '../../store/organizations.ts';
import type { AccountView } from '../../store/store.ts';
import type { Operations, RunContext } from '../operation.ts';
import { shownReasons } from './access-statements.ts';
import { principalsPerCallMax, principalsPerTurn, statementsPerPageMax } from './limits.ts';

/** The number of principals when MaxItems is not given. */
const maxItemsDefault = 100;

export const principalsWithAccess = {
  /** A page may hold few principals, or none, and go on: a call goes through a number of them, whatever it finds. Those that the caller may not simulate are counted and not told. */
  ListPrincipalsWithAccess: {
    access: (_input, { account }) => [{ resource: `arn:aws:gatehouse::${account}:access/*` }],
    async run({ ActionName, ResourceArn, PrincipalType: wantedType, IncludeDenied = false, MaxItems = maxItemsDefault, Marker }, context) {
      const { view, marker } = context;
      const subjects = new AccessSubjects(view, context.awsManagedPolicies, membershipOf(context.partition, context.account));
      const question = openQuestion(ActionName, ResourceArn, subjects, context);
      const kinds = wantedType === undefined ? allKinds : [wantedType];
      const Principals: PrincipalAccess[] = [];
      let HiddenPrincipals = 0;
      let statements = 0;
      const isFull = (): boolean => Principals.length >= MaxItems || statements >= statementsPerPageMax;
      let position = Marker === undefined ? undefined : marker.open(Marker);
      for (let seen = 0; seen < principalsPerCallMax && !isFull(); seen += principalsPerTurn) {
        const candidates = candidatesAfter(position, principalsPerTurn, kinds, view);
        for (const candidate of candidates) {
          position = candidate.position;
          const found = accessOf(question, candidate.subjectIn(subjects), IncludeDenied, view);
          if (!found) continue;
          if (maySee(found.PrincipalArn, context)) {
            Principals.push(found);
            statements += found.Grants.length + found.Limits.length;
          } else HiddenPrincipals++;
          if (isFull()) break;
        }
        if (candidates.length === 0) break;
        // Others have their turn.
        await setImmediate();
      }
      const IsTruncated = position !== undefined && candidatesAfter(position, 1, kinds, view).length > 0;
      return { Principals, HiddenPrincipals, IsTruncated, ...(IsTruncated && { Marker: marker.seal(position!) }) };
    },
  },
} satisfies Operations<Gatehouse, 'ListPrincipalsWithAccess'>;

type Context = RunContext<'NoSuchAction' | 'NoSuchResource'>;

/** Raises NoSuchAction and NoSuchResource: a misspelt question would have an answer that looks like one. */
function openQuestion(action: string, resource: string | undefined, subjects: AccessSubjects, { account, view, authorizationReference, error }: Context): AccessQuestion {
  const [prefix = '', name = ''] = action.split(':');
  const service = authorizationReference.find(prefix.toLowerCase());
  const listed = service?.actions.get(name.toLowerCase());
  // AWS lists nothing of our own service.
  if (!listed && prefix.toLowerCase() !== 'gatehouse') throw error('NoSuchAction', `AWS lists no action ${action}.`);
  const on = resourcePoliciesOf(resource ?? '*', action, view, subjects);
  if (!on) throw error('NoSuchResource', `The account has no resource ${resource}.`);
  return questionOf(action, service && listed && { service, action: listed }, resource, on, account);
}

const allKinds: readonly PrincipalType[] = ['root', 'user', 'role'];

interface Candidate { readonly position: string; readonly subjectIn: (subjects: AccessSubjects) => AccessSubject }

/** Root, the users by name, the roles by name; a position is a kind and a name. */
function candidatesAfter(position: string | undefined, limit: number, kinds: readonly PrincipalType[], view: AccountView): readonly Candidate[] {
  const [begun, name] = position === undefined ? [] : (position.split(' ') as [PrincipalType, string]);
  const found: Candidate[] = [];
  for (const kind of begun === undefined ? kinds : kinds.slice(kinds.indexOf(begun))) {
    if (found.length < limit) found.push(...candidatesOf[kind](kind === begun ? name : undefined, limit - found.length, view));
  }
  return found;
}

const candidatesOf: Readonly<Record<PrincipalType, (after: string | undefined, limit: number, view: AccountView) => readonly Candidate[]>> = {
  root: (after) => (after === undefined ? [{ position: 'root root', subjectIn: (subjects) => subjects.root() }] : []),
  user: (after, limit, view) => view.users.page({ after, limit }).docs.map((user) => ({ position: `user ${user.UserName.toLowerCase()}`, subjectIn: (subjects) => subjects.user(user) })),
  role: (after, limit, view) => view.roles.page({ after, limit }).docs.map((role) => ({ position: `role ${role.RoleName.toLowerCase()}`, subjectIn: (subjects) => subjects.role(role) })),
};

/** Undefined for who has no access; with `isDenialTold` only for whom nothing allows it. */
function accessOf(question: AccessQuestion, subject: AccessSubject, isDenialTold: boolean, view: AccountView): PrincipalAccess | undefined {
  const [service = '', operation = ''] = question.action.split(':');
  if (subject.kind === 'root' && rootRefusal(service, operation)) return undefined;
  const { access, decision } = askAccess(question, subject);
  if (access === 'denied' && !isDenialTold) return undefined;
  const { grants, limits } = explainAccess(question, subject);
  if (access === 'denied' && grants.length === 0) return undefined;
  return {
    PrincipalArn: subject.arn,
    PrincipalType: subject.kind,
    Access: access,
    ...(access !== 'allowed' && decision.layer !== undefined && { DecidedBy: decision.layer }),
    Grants: shownReasons(grants, subject, view),
    Limits: shownReasons(limits, subject, view),
  };
}

/** What is told of a principal is what a simulation of it tells. */
function maySee(resource: string, context: Context): boolean {
  try {
    context.require([{ action: 'iam:SimulatePrincipalPolicy', resource }]);
    return true;
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.name === 'AccessDenied') return false;
    throw thrown;
  }
}
