/** Checks of Allows that let roles be passed, or service-linked roles be made, more widely than their author may have meant. */
import { canBeOfForm, takesInAction } from '../patterns/pattern-overlap.ts';
import type { LintCode } from './finding.ts';
import type { Report } from './lint.ts';
import type { LintedStatement } from './linted-statement.ts';

/** How an Allow takes the action in, and how widely. */
type Breadth = 'NOT_RESOURCE' | 'STAR_IN_ACTION_AND_NOT_RESOURCE' | 'NOT_ACTION_AND_NOT_RESOURCE' | 'STAR_IN_RESOURCE' | 'STAR_IN_ACTION_AND_RESOURCE' | 'STAR_IN_RESOURCE_AND_NOT_ACTION';

interface HandedOver { readonly action: string; /** The key that narrows it to a service. */ readonly key: string; readonly words: Readonly<Record<Breadth, string>> }

const specify = 'We recommend that you specify resource ARNs instead.';
const specifyOrPass = 'We recommend that you specify resource ARNs or add the iam:PassedToService condition key to your statement.';

const handedOver: Readonly<Record<'PASS_ROLE' | 'CREATE_SLR', HandedOver>> = {
  PASS_ROLE: {
    action: 'iam:PassRole',
    key: 'iam:passedtoservice',
    words: {
      NOT_RESOURCE: `Using the iam:PassRole action with NotResource can be overly permissive because it can allow iam:PassRole permissions on multiple resources. ${specify}`,
      STAR_IN_ACTION_AND_NOT_RESOURCE: `Using an action with a wildcard (*) and NotResource can be overly permissive because it can allow iam:PassRole permissions on multiple resources. ${specify}`,
      NOT_ACTION_AND_NOT_RESOURCE: `Using NotAction with NotResource can be overly permissive because it can allow iam:PassRole permissions on multiple resources. ${specify}`,
      STAR_IN_RESOURCE: `Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows iam:PassRole permissions on multiple resources. ${specifyOrPass}`,
      STAR_IN_ACTION_AND_RESOURCE: `Using wildcards (*) in the action and the resource can be overly permissive because it allows iam:PassRole permissions on all resources. ${specifyOrPass}`,
      STAR_IN_RESOURCE_AND_NOT_ACTION: `Using a resource with wildcards (*) and NotAction can be overly permissive because it allows iam:PassRole permissions on all resources. ${specifyOrPass}`,
    },
  },
  CREATE_SLR: {
    action: 'iam:CreateServiceLinkedRole',
    key: 'iam:awsservicename',
    words: {
      NOT_RESOURCE: `Using the iam:CreateServiceLinkedRole action with NotResource can allow creation of unintended service-linked roles for multiple resources. ${specify}`,
      STAR_IN_ACTION_AND_NOT_RESOURCE: `Using an action with a wildcard(*) and NotResource can allow creation of unintended service-linked roles because it can allow iam:CreateServiceLinkedRole permissions on multiple resources. ${specify}`,
      NOT_ACTION_AND_NOT_RESOURCE: `Using NotAction with NotResource can allow creation of unintended service-linked roles because it allows iam:CreateServiceLinkedRole permissions on multiple resources. ${specify}`,
      STAR_IN_RESOURCE: `Using the iam:CreateServiceLinkedRole action with wildcards (*) in the resource can allow creation of unintended service-linked roles. ${specify}`,
      STAR_IN_ACTION_AND_RESOURCE: `Using wildcards (*) in the action and the resource can allow creation of unintended service-linked roles because it allows iam:CreateServiceLinkedRole permissions on all resources. ${specify}`,
      STAR_IN_RESOURCE_AND_NOT_ACTION: `Using a resource with wildcards (*) and NotAction can allow creation of unintended service-linked roles because it allows iam:CreateServiceLinkedRole permissions on all resources. ${specify}`,
    },
  },
};

export function checkHandedOverRoles(statement: LintedStatement, report: Report): void {
  if (!statement.isAllow) return;
  // An edge: the keys are those of the table.
  for (const [name, rule] of Object.entries(handedOver) as readonly (readonly [keyof typeof handedOver, HandedOver])[]) {
    const breadth = breadthOf(statement, rule);
    if (!breadth) continue;
    const code: LintCode = `${name}_WITH_${breadth}`;
    report(code, statement.resource ?? statement, rule.words[breadth]);
  }
}

const roleForm = 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}';

function breadthOf({ action, resource, conditions }: LintedStatement, { action: name, key }: HandedOver): Breadth | undefined {
  if (!action || !resource || conditions.some((condition) => condition.key.toLowerCase() === key)) return undefined;
  const naming = action.values.filter(({ text }) => takesInAction(text, name));
  if ((naming.length > 0) === action.isNegated) return undefined;
  const isExact = naming.some(({ text }) => text.toLowerCase() === name.toLowerCase());
  if (resource.isNegated) return action.isNegated ? 'NOT_ACTION_AND_NOT_RESOURCE' : isExact ? 'NOT_RESOURCE' : 'STAR_IN_ACTION_AND_NOT_RESOURCE';
  // A role whose name is known but for a path or a suffix, behind the words of its service, is one that the author meant.
  if (!resource.values.some(({ text }) => isAnyRole(text))) return undefined;
  return action.isNegated ? 'STAR_IN_RESOURCE_AND_NOT_ACTION' : isExact ? 'STAR_IN_RESOURCE' : 'STAR_IN_ACTION_AND_RESOURCE';
}

/** Whether a resource takes in roles of any name. GUESS: AWS's check "takes conventions into account", such as a name that begins with its service's; here any beginning will do. */
const isAnyRole = (resource: string): boolean => resource.includes('*') && canBeOfForm(resource, roleForm) && !/:role\/(service-role\/|aws-service-role\/)?[^*]+\*?$/.test(resource);
