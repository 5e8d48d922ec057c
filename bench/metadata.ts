/** Bench: the metadata services of 1,000 instances in one process: how long they take to open, what memory they add, open and after each has handed out its role's credentials, and what a request costs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Figure } from './measure.ts';
import { spread } from './spread.ts';

const rounds = 3;
const instances = 1_000;

/** What metadata-reader.ts prints. */
export interface MetadataCosts { readonly openMs: number; readonly openBytes: number; readonly usedBytes: number; readonly credentialsMicros: number; readonly valueMicros: number }

export async function metadata(): Promise<readonly Figure[]> {
  const costs: MetadataCosts[] = [];
  for (let round = 0; round < rounds; round++) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', join(import.meta.dirname, 'metadata-reader.ts'), String(instances)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`metadata-reader ended with ${status}:\n${stderr}`);
    costs.push(JSON.parse(stdout));
  }
  const of = (name: keyof MetadataCosts, per: number) => spread(costs.map((cost) => cost[name] / per));
  return [
    { measure: `opening ${instances} metadata services, each with a socket`, figures: 'wall time', value: of('openMs', 1_000), unit: 's', bound: 'at most' },
    { measure: `memory of ${instances} metadata services, open`, figures: 'resident, beyond before', value: of('openBytes', 1e6), unit: 'MB', bound: 'at most' },
    { measure: `memory of the same, each asked for credentials`, figures: 'resident, beyond before', value: of('usedBytes', 1e6), unit: 'MB', bound: 'at most' },
    { measure: 'credentials of a role, by a token, over HTTP', figures: 'a connection for the token, one for them', value: of('credentialsMicros', 1), unit: 'µs', bound: 'at most' },
    { measure: 'a value of the metadata, by a token, over HTTP', figures: 'a connection', value: of('valueMicros', 1), unit: 'µs', bound: 'at most' },
  ];
}
