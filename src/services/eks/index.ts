/** Amazon EKS, as far as pods need it to be given roles: the associations of Pod Identity, and the clusters that were registered. */
import type { Eks } from '../../../models/eks.ts';
import { service } from '../operation.ts';
import { clusters } from './clusters.ts';
import { podIdentityAssociations } from './pod-identity-associations.ts';
import { tags } from './tags.ts';

export const eks = service<Eks>()('eks', {
  unimplemented: [
    'AssociateAccessPolicy', 'AssociateEncryptionConfig', 'AssociateIdentityProviderConfig', 'CreateAccessEntry', 'CreateAddon', 'CreateCapability', 'CreateCluster',
    'CreateEksAnywhereSubscription', 'CreateFargateProfile', 'CreateNodegroup', 'DeleteAccessEntry', 'DeleteAddon', 'DeleteCapability', 'DeleteCluster', 'DeleteEksAnywhereSubscription',
    'DeleteFargateProfile', 'DeleteNodegroup', 'DeregisterCluster', 'DescribeAccessEntry', 'DescribeAddon', 'DescribeAddonConfiguration', 'DescribeAddonVersions', 'DescribeCapability',
    'DescribeClusterVersions', 'DescribeEksAnywhereSubscription', 'DescribeFargateProfile', 'DescribeIdentityProviderConfig', 'DescribeInsight', 'DescribeInsightsRefresh',
    'DescribeNodegroup', 'DescribeUpdate', 'DisassociateAccessPolicy', 'DisassociateIdentityProviderConfig', 'ListAccessEntries', 'ListAccessPolicies', 'ListAddons',
    'ListAssociatedAccessPolicies', 'ListCapabilities', 'ListEksAnywhereSubscriptions', 'ListFargateProfiles', 'ListIdentityProviderConfigs', 'ListInsights', 'ListNodegroups',
    'ListUpdates', 'RegisterCluster', 'StartInsightsRefresh', 'UpdateAccessEntry', 'UpdateAddon', 'UpdateCapability', 'UpdateClusterConfig', 'UpdateClusterVersion',
    'UpdateEksAnywhereSubscription', 'UpdateNodegroupConfig', 'UpdateNodegroupVersion',
  ],
  operations: { ...podIdentityAssociations, ...clusters, ...tags },
});
