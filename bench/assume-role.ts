/** Bench: AssumeRole, which seals a session and writes nothing, against a bare server that answers the same. */
import { install } from './installation.ts';
import type { Figure } from './measure.ts';
import { answerTo, mirrored, served } from './serving.ts';
import { signedRequests } from './signed-requests.ts';
import { alternate, ratios, spread } from './spread.ts';

export async function assumeRole(): Promise<readonly Figure[]> {
  using installation = install();
  const [gatehouse, bare] = [await installation.start(), await installation.startBare()];
  const key = installation.adminKey();
  const { body } = await answerTo(gatehouse, signedRequests({ service: 'sts', key, parameters: { Action: 'GetCallerIdentity' } })[0]!);
  const account = /<Account>(\d{12})</.exec(body)![1]!;
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }] });
  await answerTo(gatehouse, signedRequests({ service: 'iam', key, parameters: { Action: 'CreateRole', RoleName: 'auditor', AssumeRolePolicyDocument } })[0]!);
  const requests = signedRequests({ service: 'sts', key, parameters: { Action: 'AssumeRole', RoleArn: `arn:aws:iam::${account}:role/auditor`, RoleSessionName: 'bench' } });
  const [reference, ours] = await alternate(9, [await mirrored(bare, gatehouse, requests), await served(gatehouse, requests)]);
  await Promise.all([gatehouse.stop(), bare.stop()]);
  return [{
    measure: 'AssumeRole, requests per CPU second against the bare server',
    figures: `${spread(ours!).median.toFixed(1)} µs a request, bare ${spread(reference!).median.toFixed(1)} µs`,
    value: ratios(reference!, ours!), unit: '×', bound: 'at least', must: 0.2, aim: 0.33,
  }];
}
