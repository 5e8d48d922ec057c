/** Who can access what, asked of one principal: whether the policies let it do an action, on a resource or on those of the forms that AWS lists for it, and which statements have a part in that. */
import * as arn from '../base/arn.ts';
import { formsOf, type ListedAction } from '../policy/lint/listed-service.ts';
import { possibleAccess, reasonsOf, type Access, type PossibleAccess, type Reason } from '../policy/supposed/possible-access.ts';
import { SupposedContext } from '../policy/supposed/supposed-context.ts';
import type { ResourcePolicies } from '../policy/types.ts';
import type { AccountView } from '../store/store.ts';
import { foldCase } from '../store/tables.ts';
import type { AccessSubject, AccessSubjects } from './access-subjects.ts';

/** What is asked of every principal alike. */
export interface AccessQuestion {
  /** `s3:GetObject` */
  readonly action: string;
  /** A resource; or, with its form, one that is open. */
  readonly targets: readonly { readonly resource: string; readonly form?: string | undefined }[];
  /** What hangs on the resource. */
  readonly on: ResourcePolicies;
}

export interface AccessAnswer { readonly access: Access; /** Of the first target that is not granted outright. */ readonly decision: PossibleAccess['decision'] }

/** `listed` is what AWS lists of the action. Without a resource the question is about any: those of each form that the action has. */
export function questionOf(action: string, listed: ListedAction | undefined, resource: string | undefined, on: ResourcePolicies, account: string): AccessQuestion {
  const forms = listed && formsOf(listed);
  // Of an action without types of resources "you must specify all resources ("*")". Source: Service Authorization Reference.
  if (forms === undefined || forms.length === 0) return { action, targets: [{ resource: forms ? '*' : (resource ?? '*') }], on };
  if (resource !== undefined) return { action, targets: [{ resource }], on };
  return { action, targets: forms.map((form) => ({ resource: literalOf(form, account), form })), on };
}

/** A form as a text that stands for all that is of it: only patterns that take in every name match it. */
const literalOf = (form: string, account: string): string => form.replaceAll('${Partition}', arn.partition).replaceAll('${Account}', account).replaceAll(/\$\{[^}]*\}/g, '*');

export function askAccess({ action, targets, on }: AccessQuestion, { principal, policies, known }: AccessSubject): AccessAnswer {
  const answers = targets.map(({ resource, form }) => possibleAccess({ action, resource, resourceAccount: principal.account, principal, context: new SupposedContext(known, form) }, { ...policies, ...on }));
  const notGranted = answers.find(({ access }) => access !== 'allowed') ?? answers[0]!;
  const all = answers.every(({ access }) => access === notGranted.access);
  return { access: all ? notGranted.access : 'allowedIf', decision: notGranted.decision };
}

/** Every statement that has a part in the answer, each once. */
export function explainAccess({ action, targets, on }: AccessQuestion, { principal, policies, known }: AccessSubject): { readonly grants: readonly Reason[]; readonly limits: readonly Reason[] } {
  const all = targets.map(({ resource, form }) => reasonsOf({ action, resource, resourceAccount: principal.account, principal, context: new SupposedContext(known, form) }, { ...policies, ...on }));
  return { grants: eachOnce(all.flatMap(({ grants }) => grants)), limits: eachOnce(all.flatMap(({ limits }) => limits)) };
}

function eachOnce(reasons: readonly Reason[]): readonly Reason[] {
  const byPlace = new Map<string, Reason>();
  for (const reason of reasons) {
    const place = `${reason.layer} ${reason.policyIndex} ${reason.statementIndex}`;
    if (!byPlace.has(place)) byPlace.set(place, reason);
  }
  return [...byPlace.values()];
}

/** What hangs on a resource of the account; undefined where the account has no such resource, or another has. */
export function resourcePoliciesOf(resource: string, action: string, view: AccountView, subjects: AccessSubjects): ResourcePolicies | undefined {
  if (resource === '*') return {};
  const parsed = arn.parse(resource);
  if (!parsed || (parsed.account !== '' && parsed.account !== view.account)) return undefined;
  if (parsed.service === 's3' && parsed.account === '') {
    const bucket = view.buckets.findBy('name', parsed.resource.split('/', 1)[0]!);
    return bucket && (bucket.Policy ? { resource: subjects.resourcePolicy('bucket', bucket.Policy) } : {});
  }
  if (parsed.service !== 'iam' || !action.toLowerCase().startsWith('sts:')) return {};
  const named = arn.splitResource(parsed.resource);
  const role = named?.type === 'role' ? view.roles.findBy('name', foldCase(named.name)) : undefined;
  return role && arn.role(view.account, role.Path, role.RoleName) === resource ? { resource: subjects.resourcePolicy('trust', role.TrustPolicy), isResourcePolicyRequired: true } : undefined;
}
