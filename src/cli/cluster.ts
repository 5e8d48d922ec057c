/** `gatehouse cluster register NAME | list | deregister NAME`: the clusters of Kubernetes whose pods are given roles. */
import { readFileSync } from 'node:fs';
import { openApi, type CallApi } from './api-call.ts';
import { UsageError } from './option.ts';
import type { ClusterOptions } from './workload-options.ts';
import type { World } from './world.ts';
import type { XmlElement } from './xml-element.ts';

/** Does what was asked; resolves to the exit code. */
export async function cluster(options: ClusterOptions, args: readonly string[], world: World): Promise<number> {
  const [word = '', name, ...more] = args;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (!action || more.length > 0 || (name !== undefined) !== action.takesName) throw new UsageError('cluster takes: register NAME, list, or deregister NAME');
  for (const found of await action.run(openApi(options, world), options, name ?? '')) world.stdout.write(`${found.text('Arn')}  ${found.text('IssuerUrl')}${found.text('HasKeySet') === 'true' ? '  by keys that were given' : ''}\n`);
  return 0;
}

/** Resolves to the clusters that are to be shown. */
interface Action { readonly takesName: boolean; run(call: CallApi, options: ClusterOptions, name: string): Promise<readonly XmlElement[]> }

const actions: Readonly<Record<string, Action>> = {
  register: {
    takesName: true,
    async run(call, { issuerUrl, keysFile, region }, Name) {
      if (issuerUrl === undefined) throw new UsageError('--issuer-url is needed: what the iss of its tokens says');
      const made = (await call('gatehouse', 'RegisterKubernetesCluster', { Name, IssuerUrl: issuerUrl, Region: region, ...(keysFile !== undefined && { KeySet: readKeys(keysFile) }) })).find('Cluster');
      return made ? [made] : [];
    },
  },
  list: { takesName: false, run: async (call, { region }) => (await call('gatehouse', 'ListKubernetesClusters', { Region: region })).find('Clusters')?.children ?? [] },
  deregister: {
    takesName: true,
    async run(call, { region }, Name) {
      await call('gatehouse', 'DeregisterKubernetesCluster', { Name, Region: region });
      return [];
    },
  },
};

function readKeys(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
