/** Bench: GetCallerIdentity with a role session's credentials against the bare server, and, in the same run, what opening a session token costs: one that was seen before and one that was not. */
import { randomBytes } from 'node:crypto';
import { readClaim } from '../src/proof/sigv4/claim.ts';
import { dialectOf } from '../src/proof/sigv4/dialect.ts';
import { SigningKey } from '../src/proof/sigv4/signing-key.ts';
import { checkClaim, isSignedBy } from '../src/proof/sigv4/verify.ts';
import { openKeyring } from '../src/credentials/keyring.ts';
import { createSessionSealer } from '../src/credentials/session-token.ts';
import { install } from './installation.ts';
import type { AccessKey } from './installation.ts';
import type { Figure } from './measure.ts';
import { answerTo, mirrored, served } from './serving.ts';
import { signedCalls, signedRequests } from './signed-requests.ts';
import { alternate, ratios, spread } from './spread.ts';

export async function sessions(): Promise<readonly Figure[]> {
  using installation = install();
  const [gatehouse, bare] = [await installation.start(), await installation.startBare()];
  const session = await assumedSession(gatehouse, installation.adminKey());
  const requests = signedRequests({ service: 'sts', key: session, parameters: { Action: 'GetCallerIdentity' } });
  const verification = verifying(session);
  await alternate(3, [verification.cold, verification.warm]);
  const [reference, ours, cold, warm] = await alternate(9, [await mirrored(bare, gatehouse, requests), await served(gatehouse, requests), verification.cold, verification.warm]);
  await Promise.all([gatehouse.stop(), bare.stop()]);
  const perSecond = (microseconds: number): string => `${(1_000_000 / microseconds).toLocaleString('en', { maximumFractionDigits: 0 })} a second`;
  return [
    {
      measure: 'GetCallerIdentity with session credentials, requests per CPU second against the bare server',
      figures: `${spread(ours!).median.toFixed(1)} µs a request, bare ${spread(reference!).median.toFixed(1)} µs`,
      value: ratios(reference!, ours!), unit: '×', bound: 'at least', must: 0.35, aim: 0.55,
    },
    {
      measure: 'verifying a request of a session never seen before (token opened, key derived) against a request of the bare server',
      figures: `${spread(cold!).median.toFixed(1)} µs (${perSecond(spread(cold!).median)}), bare ${spread(reference!).median.toFixed(1)} µs (${perSecond(spread(reference!).median)})`,
      value: ratios(cold!, reference!), unit: '×', bound: 'at most', must: 2, aim: 1,
    },
    {
      measure: 'verifying a request of a session seen before against a request of the bare server',
      figures: `${spread(warm!).median.toFixed(1)} µs (${perSecond(spread(warm!).median)}), bare ${spread(reference!).median.toFixed(1)} µs`,
      value: ratios(warm!, reference!), unit: '×', bound: 'at most', must: 0.5, aim: 0.3,
    },
  ];
}

async function assumedSession(gatehouse: Awaited<ReturnType<ReturnType<typeof install>['start']>>, key: AccessKey): Promise<AccessKey> {
  const { body } = await answerTo(gatehouse, signedRequests({ service: 'sts', key, parameters: { Action: 'GetCallerIdentity' } })[0]!);
  const account = /<Account>(\d{12})</.exec(body)![1]!;
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }] });
  await answerTo(gatehouse, signedRequests({ service: 'iam', key, parameters: { Action: 'CreateRole', RoleName: 'auditor', AssumeRolePolicyDocument } })[0]!);
  const { body: assumed } = await answerTo(gatehouse, signedRequests({ service: 'sts', key, parameters: { Action: 'AssumeRole', RoleArn: `arn:aws:iam::${account}:role/auditor`, RoleSessionName: 'bench' } })[0]!);
  const text = (name: string): string => new RegExp(`<${name}>([^<]*)<`).exec(assumed)![1]!;
  return { accessKeyId: text('AccessKeyId'), secretAccessKey: text('SecretAccessKey'), sessionToken: text('SessionToken') };
}

const dialect = dialectOf('sts');
const times = 2_000;

/** Contenders of this process: from a request's raw headers to the claims of its session and the verdict on its signature. */
function verifying({ accessKeyId, secretAccessKey }: AccessKey) {
  const keyring = openKeyring({ masterKey: randomBytes(32), stored: { revision: 0, all: () => [] }, random: (size) => randomBytes(size), clock: Date.now });
  keyring.newDataKey();
  const now = Date.now();
  const claims = { issuer: 'AssumeRole', account: '111122223333', principalId: 'AROAIOSFODNN7EXAMPLE', accessKeyId, secretAccessKey, issuedAt: now, expiresAt: now + 3_600_000, sessionName: 'bench' } as const;
  // Each seal is another token of the same claims.
  const { seal } = createSessionSealer({ keyring });
  const tokens = Array.from({ length: times }, () => seal(claims).token);
  const request = signedCalls({ service: 'sts', key: { accessKeyId, secretAccessKey, sessionToken: tokens[0]! }, parameters: { Action: 'GetCallerIdentity' } })[0]!;
  const warmSealer = createSessionSealer({ keyring });
  const kept = new SigningKey(secretAccessKey, readClaim(request)!);
  const verify = (signingKey: SigningKey | undefined, sealer: ReturnType<typeof createSessionSealer>, token: string): void => {
    const claim = readClaim(request)!;
    checkClaim(claim, 'sts', now, dialect);
    const session = sealer.open(token);
    if (!session || !isSignedBy(signingKey ?? new SigningKey(session.secretAccessKey, claim), claim, request, dialect)) throw new Error('a right signature was refused');
  };
  return {
    cold: () => {
      const sealer = createSessionSealer({ keyring });
      return cpuOf((i) => verify(undefined, sealer, tokens[i]!));
    },
    warm: () => cpuOf(() => verify(kept, warmSealer, tokens[0]!)),
  };
}

/** Microseconds of CPU time that `work` takes. */
function cpuOf(work: (i: number) => void): number {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) work(i);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
