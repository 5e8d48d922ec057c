/** Asks one peer the one question of a level of W4, in a process that whoever started it may end: `peer-on-w4.ts PEER WILDCARDS`. Writes the milliseconds that the answer took. */
import { casbin, pbac } from './peers.ts';
import { pathological } from './workloads.ts';

const peers = { casbin, pbac };
const [peer, wildcards] = process.argv.slice(2);
if (peer !== 'casbin' && peer !== 'pbac') throw new Error(`there is no peer ${peer}`);
const decide = await peers[peer](pathological(Number(wildcards)));
const before = process.hrtime.bigint();
decide(0);
process.stdout.write(String(Number(process.hrtime.bigint() - before) / 1e6));
