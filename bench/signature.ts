/** Bench: verifying one signature with the signing key at hand, from raw headers to the verdict, against the hashes it cannot do without. */
import { hash } from 'node:crypto';
import { readClaim } from '../src/proof/sigv4/claim.ts';
import { dialectOf } from '../src/proof/sigv4/dialect.ts';
import { SigningKey } from '../src/proof/sigv4/signing-key.ts';
import { canonicalRequest, checkClaim, isSignedBy } from '../src/proof/sigv4/verify.ts';
import type { Figure } from './measure.ts';
import { signedCalls } from './signed-requests.ts';
import { alternate, ratios, spread } from './spread.ts';

const dialect = dialectOf('sts');
const times = 5_000;

export async function signature(): Promise<readonly Figure[]> {
  const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
  const requests = signedCalls({ service: 'sts', key, parameters: { Action: 'GetCallerIdentity' } });
  const now = Date.now();
  const signingKey = new SigningKey(key.secretAccessKey, readClaim(requests[0]!)!);
  const hashed = requests.map((request) => {
    const claim = readClaim(request)!;
    return { body: request.body, canonical: canonicalRequest(claim, request, dialect)!, toSign: `AWS4-HMAC-SHA256\n${claim.timestamp}\n${claim.credential}\n${hash('sha256', request.body)}` };
  });
  const hashes = cpuOf((i) => {
    const { body, canonical, toSign } = hashed[i % hashed.length]!;
    hash('sha256', body);
    hash('sha256', canonical);
    hash('sha256', toSign);
  });
  const verification = cpuOf((i) => {
    const request = requests[i % requests.length]!;
    const claim = readClaim(request)!;
    checkClaim(claim, 'sts', now, dialect);
    if (!isSignedBy(signingKey, claim, request, dialect)) throw new Error('a right signature was refused');
  });
  await alternate(3, [hashes, verification]);
  const [reference, ours] = await alternate(31, [hashes, verification]);
  return [{
    measure: 'verifying a signature, signing key cached, against three crypto.hash calls',
    figures: `${spread(ours!).median.toFixed(2)} µs, the hashes ${spread(reference!).median.toFixed(2)} µs`,
    value: ratios(ours!, reference!), unit: '×', bound: 'at most', must: 3.5, aim: 2.5,
  }];
}

/** Microseconds of CPU time that `work` takes. */
function cpuOf(work: (i: number) => void): () => number {
  return () => {
    const before = process.cpuUsage();
    for (let i = 0; i < times; i++) work(i);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  };
}
