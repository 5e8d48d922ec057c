/** What the commands that let machines and clusters in were told, checked. */
import { resolve } from 'node:path';
import type { GivenFlags } from './option.ts';
import { optionsGiven, roleGiven } from './options.ts';
import type { Target } from './options.ts';
import type { World } from './world.ts';

export interface ClusterOptions extends Target { readonly issuerUrl: string | undefined; readonly keysFile: string | undefined; readonly region: string }

/** What `cluster` was told, checked. */
export function clusterOptions(given: GivenFlags, world: World): ClusterOptions {
  const { dataDir, profile, clusterIssuer, clusterKeys, clusterRegion } = optionsGiven('cluster', given, world);
  return { dataDir: resolve(world.cwd, dataDir), profile, issuerUrl: clusterIssuer, keysFile: clusterKeys === undefined ? undefined : resolve(world.cwd, clusterKeys), region: clusterRegion };
}

export interface MachineOptions extends Target { readonly profileArn: string | undefined; readonly roleArn: string | undefined; readonly validSeconds: number | undefined; /** Absolute. */ readonly codeFile: string | undefined; readonly region: string }

/** What `machine` was told, checked. */
export function machineOptions(given: GivenFlags, world: World): MachineOptions {
  const { dataDir, profile, profileArn, role, roleArn, codeSeconds, codeOut, machineRegion } = optionsGiven('machine', given, world);
  return {
    dataDir: resolve(world.cwd, dataDir), profile, profileArn, roleArn: role === undefined && roleArn === undefined ? undefined : roleGiven({ role, roleArn }), validSeconds: codeSeconds,
    codeFile: codeOut === undefined ? undefined : resolve(world.cwd, codeOut), region: machineRegion,
  };
}
