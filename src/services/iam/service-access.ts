/** ListPoliciesGrantingServiceAccess: which policies of a user, group or role let it into a service. */
import type { Iam, ListPoliciesGrantingServiceAccessEntry, PolicyGrantingServiceAccess } from '../../../models/iam.ts';
import { grantsOf } from '../../policy/granted-services.ts';
import type { AwsManagedPolicies } from '../../store/aws-managed-policies.ts';
import type { AccountView } from '../../store/store.ts';
import type { Operations } from '../operation.ts';
import { attachedPoliciesOf, inlinePoliciesOf } from './entity-policies.ts';
import { pageList } from './paging.ts';
import { entityAsk, type Holder, holdersOf } from './named-entities.ts';
import { documentInForce } from './policy-versions.ts';

/** A policy as the answer shows it, and what it grants. */
interface Granting { readonly shown: PolicyGrantingServiceAccess; readonly isGranted: (namespace: string) => boolean }

/** The list, service by service. */
export const serviceAccess = {
  ListPoliciesGrantingServiceAccess: {
    access: ({ Arn }, { view, error }) => [entityAsk(Arn, view, error)],
    run: ({ Arn, ServiceNamespaces, Marker }, { view, awsManagedPolicies, marker, error }) => {
      const policies = holdersOf(Arn, view, error).flatMap((holder) => policiesOf(holder, view, awsManagedPolicies));
      const numbered = ServiceNamespaces.map((namespace, index) => ({ namespace, position: String(index).padStart(3, '0') }));
      const { items, end } = pageList(numbered, ({ position }) => position, { Marker }, marker);
      const PoliciesGrantingServiceAccess = items.map(({ namespace }): ListPoliciesGrantingServiceAccessEntry => ({
        ServiceNamespace: namespace,
        Policies: policies.filter(({ isGranted }) => isGranted(namespace)).map(({ shown }) => shown),
      }));
      return { PoliciesGrantingServiceAccess, ...end };
    },
  },
} satisfies Operations<Iam, 'ListPoliciesGrantingServiceAccess'>;

/** An inline policy is shown with whom it is part of, a managed one with its ARN. */
function policiesOf({ id, EntityType, EntityName }: Holder, view: AccountView, awsManagedPolicies: AwsManagedPolicies): readonly Granting[] {
  const inline = inlinePoliciesOf(view, id).map(({ PolicyName, Document }): Granting => ({ shown: { PolicyName, PolicyType: 'INLINE', EntityType, EntityName }, isGranted: grantsOf(Document).service }));
  const managed = attachedPoliciesOf(view, id).map(({ PolicyName, PolicyArn }): Granting => ({ shown: { PolicyName, PolicyType: 'MANAGED', PolicyArn }, isGranted: grantsOf(documentInForce(view, awsManagedPolicies, PolicyArn)).service }));
  return [...managed, ...inline];
}
