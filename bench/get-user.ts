/** Bench: GetUser, answered from memory, against GetCallerIdentity. */
import { install } from './installation.ts';
import type { Figure } from './measure.ts';
import { populate } from './population.ts';
import { served } from './serving.ts';
import { signedRequests } from './signed-requests.ts';
import { alternate, ratios, spread } from './spread.ts';

export async function getUser(): Promise<readonly Figure[]> {
  using installation = install();
  const gatehouse = await installation.start();
  await populate(installation.dataDir, { users: 1_000 });
  const key = installation.adminKey();
  const [identity, user] = await alternate(9, [
    await served(gatehouse, signedRequests({ service: 'sts', key, parameters: { Action: 'GetCallerIdentity' } })),
    await served(gatehouse, signedRequests({ service: 'iam', key, parameters: { Action: 'GetUser', UserName: 'user-500' } })),
  ]);
  await gatehouse.stop();
  return [{
    measure: 'GetUser, requests per CPU second against GetCallerIdentity',
    figures: `${spread(user!).median.toFixed(1)} µs a request, GetCallerIdentity ${spread(identity!).median.toFixed(1)} µs`,
    value: ratios(identity!, user!), unit: '×', bound: 'at least', must: 0.8,
  }];
}
