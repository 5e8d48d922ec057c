/** `npm run bench [-- NAME…]`: runs the benches, all or those named, and shows their figures in one table. Slow is not broken: it ends with 0 unless a bench fails. */
import { arch, cpus, platform } from 'node:os';
import { assumeRole } from './assume-role.ts';
import { durableWrites } from './durable-writes.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import { getUser } from './get-user.ts';
import { largeAccount } from './large-account.ts';
import { tableOf } from './measure.ts';
import type { Bench, Figure } from './measure.ts';
import { memory } from './memory.ts';
import { metadata } from './metadata.ts';
import { opening } from './opening.ts';
import { policyEngine } from './policy/policy-engine.ts';
import { postgres } from './postgres.ts';
import { s3 } from './s3.ts';
import { sessions } from './sessions.ts';
import { signature } from './signature.ts';
import { start } from './start.ts';

const benches: Readonly<Record<string, Bench>> = {
  'get-caller-identity': getCallerIdentity,
  'get-user': getUser,
  'assume-role': assumeRole,
  sessions,
  signature,
  policy: policyEngine,
  'durable-writes': durableWrites,
  start,
  opening,
  memory,
  s3,
  'large-account': largeAccount,
  metadata,
  postgres,
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`there is no bench ${unknown.join(', ')}; there are: ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
console.log(`Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? 'an unknown processor'}`);
const figures: Figure[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`… ${name}`);
  figures.push(...(await bench()));
}
console.log(`\n${tableOf(figures)}`);
