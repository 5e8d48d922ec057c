/** Clusters as they were registered: see gatehouse:RegisterKubernetesCluster. Source: "DescribeCluster", "ListClusters" (EKS API Reference). */
import type { Eks } from '../../../models/eks.ts';
import { clusterArn, clusterAsk, getCluster } from '../kubernetes-clusters.ts';
import type { Operations } from '../operation.ts';
import { eksLimits } from './limits.ts';
import { shownTags } from './tags.ts';

export const clusters = {
  DescribeCluster: {
    access: ({ name }, context) => [clusterAsk(context, name)],
    run({ name }, { view, account, region, error }) {
      const { ClusterName, IssuerUrl, CreateDate, Tags } = getCluster(view, region, name, error);
      return { cluster: { name: ClusterName, arn: clusterArn({ account, region }, ClusterName), createdAt: CreateDate, status: 'ACTIVE', identity: { oidc: { issuer: IssuerUrl } }, tags: shownTags(Tags) } };
    },
  },

  ListClusters: {
    access: () => [{ resource: '*' }],
    run({ maxResults = eksLimits.pageSizeDefault, nextToken }, { view, region, marker }) {
      const after = nextToken === undefined ? undefined : marker.open(nextToken);
      const names = view.clusters.listBy('region', region).map(({ ClusterName }) => ClusterName).sort();
      const rest = after === undefined ? names : names.filter((name) => name > after);
      const page = rest.slice(0, maxResults);
      return { clusters: page, ...(rest.length > page.length && { nextToken: marker.seal(page.at(-1)!) }) };
    },
  },
} satisfies Operations<Eks, 'DescribeCluster' | 'ListClusters'>;
