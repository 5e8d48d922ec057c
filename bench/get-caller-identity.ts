/** Bench: GetCallerIdentity, signed, verified and authorized, against a bare server that answers the same. */
import { install } from './installation.ts';
import type { Figure } from './measure.ts';
import { mirrored, served } from './serving.ts';
import { signedRequests } from './signed-requests.ts';
import { alternate, ratios, spread } from './spread.ts';

export async function getCallerIdentity(): Promise<readonly Figure[]> {
  using installation = install();
  const [gatehouse, bare] = [await installation.start(), await installation.startBare()];
  const requests = signedRequests({ service: 'sts', key: installation.adminKey(), parameters: { Action: 'GetCallerIdentity' } });
  const [reference, ours] = await alternate(9, [await mirrored(bare, gatehouse, requests), await served(gatehouse, requests)]);
  await Promise.all([gatehouse.stop(), bare.stop()]);
  return [{
    measure: 'GetCallerIdentity, requests per CPU second against the bare server',
    figures: `${spread(ours!).median.toFixed(1)} µs a request, bare ${spread(reference!).median.toFixed(1)} µs`,
    value: ratios(reference!, ours!), unit: '×', bound: 'at least', must: 0.35, aim: 0.55,
  }];
}
