/** Checks of Resource and NotResource: ARNs that no resource has, and such as do not go with the actions beside them. */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import { canBeOfForm, takesInResource } from '../patterns/pattern-overlap.ts';
import { checkRedundancy } from './actions.ts';
import type { Report } from './lint.ts';
import type { LintedElement, LintedStatement } from './linted-statement.ts';
import { actionsTakenIn, formsOf, type ListedAction } from './listed-service.ts';

export function checkResources({ action, resource }: LintedStatement, reference: AuthorizationReference, report: Report): void {
  for (const value of resource?.values ?? []) {
    if (value.text === '*') continue;
    const parts = value.text.replaceAll(/\$\{[^}]*\}/g, '*').split(':');
    if (parts.length < 6) report('MISSING_ARN_FIELD', value, 'Resource ARNs must include at least 6 fields in the following structure: arn:partition:service:region:account:resource');
    else if (!isOfSomeType(value.text, parts[2]!, reference)) report('INVALID_ARN_RESOURCE', value, 'Resource ARN does not match the expected ARN format. Update the resource portion of the ARN.');
  }
  if (resource) checkRedundancy(resource.values, takesInResource, ([first, ...more]) => {
    report('REDUNDANT_RESOURCE', first, `The ${more.length + 1} resource ARN(s) are redundant because they reference the same resource. Review the use of wildcards (*): ${first.text}.`);
  });
  if (action && resource && !resource.isNegated && !action.isNegated) checkFit(action, resource, reference, report);
}

/** True where the service is unknown, or AWS lists no resources of it. */
function isOfSomeType(resource: string, prefix: string, reference: AuthorizationReference): boolean {
  const service = reference.find(prefix);
  if (!service || service.resourceTypes.size === 0) return true;
  return [...service.resourceTypes.values()].some(({ arn }) => canBeOfForm(resource, arn)) || isOfAnotherService(resource, prefix, reference);
}

/** Services whose resources another service lists: `elasticloadbalancing` has them under two prefixes, `apigateway` under its own. */
function isOfAnotherService(resource: string, prefix: string, reference: AuthorizationReference): boolean {
  return reference.prefixes.some((other) => [...(reference.find(other)?.resourceTypes.values() ?? [])].some(({ arn }) => arn.split(':')[2] === prefix && canBeOfForm(resource, arn)));
}

/** Actions that are asked for on none of the statement's resources, and resources that none of its actions is asked for on. */
function checkFit(action: LintedElement, resource: LintedElement, reference: AuthorizationReference, report: Report): void {
  const resources = resource.values.map(({ text }) => text);
  if (resources.length === 0 || resources.includes('*')) return;
  const taken = action.values.map((value) => ({ value, actions: actionsTakenIn(value.text, reference) }));
  for (const { value, actions } of taken) {
    if (!actions || actions.length === 0 || actions.some((one) => fits(one, resources))) continue;
    const forms = [...new Set(actions.flatMap(formsOf))];
    const asked = forms.length === 0 ? 'not asked for on single resources, only on *' : `asked for on ${forms.slice(0, formsShownMax).join(' or ')}${forms.length > formsShownMax ? ' or others' : ''}`;
    report('RESOURCE_DOES_NOT_FIT_ACTION', value, `${value.text} is ${asked}: with the resources of this statement it matches nothing.`);
  }
  if (taken.some(({ actions }) => actions === undefined)) return;
  const all = taken.flatMap(({ actions = [] }) => actions);
  if (all.length === 0 || !all.some((one) => fits(one, resources))) return;
  for (const value of resource.values) if (!all.some((one) => fits(one, [value.text]))) report('RESOURCE_DOES_NOT_FIT_ACTION', value, `None of the actions of this statement is asked for on ${value.text}.`);
}

const formsShownMax = 3;

const fits = (action: ListedAction, resources: readonly string[]): boolean => formsOf(action).some((form) => resources.some((resource) => canBeOfForm(resource, form)));
