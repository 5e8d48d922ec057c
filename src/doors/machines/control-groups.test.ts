/** Control groups found and set, on hierarchies that are only folders. What a kernel makes of them is seen in test/machines/limits.test.ts. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openControlGroups } from './control-groups.ts';
import type { ControlGroups, GroupHost } from './control-groups.ts';

function hierarchies<T>(use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-groups-'));
  try {
    return use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const mount = (path: string, type: string, options: string): string => `40 30 0:30 / ${path} rw - ${type} ${type} rw,${options}\n`;
const limits = { memoryMiB: 512, vcpus: 2 };

/** A group of version 2 that is given these, and below it the name that every one of these tests has. */
function second(folder: string, given: string): void {
  for (const place of [folder, join(folder, 'gatehouse-5709ff28b655e825')]) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'cgroup.controllers'), given);
    writeFileSync(join(place, 'cgroup.subtree_control'), '');
    writeFileSync(join(place, 'cgroup.procs'), '');
  }
}

const contents = (folder: string): Record<string, string> => Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

function opened(host: GroupHost): ControlGroups {
  const groups = openControlGroups('machines', host);
  if (typeof groups === 'string') throw new Error(groups);
  return groups;
}

test('version 2 delegated to somebody: below the own group, with the controllers handed down', () => hierarchies((root) => {
  const own = join(root, 'user.slice', 'run-1.scope');
  second(own, 'cpu io memory pids');
  const host: GroupHost = { mountInfo: mount(root, 'cgroup2', 'nsdelegate'), ownGroups: '0::/user.slice/run-1.scope\n', isRoot: false };
  const groups = opened(host);
  const group = groups.open('machine', limits);
  const folder = join(own, 'gatehouse-5709ff28b655e825', 'machine');
  assert.deepEqual([groups.version, group.joins], [2, [join(folder, 'cgroup.procs')]]);
  assert.equal(readFileSync(join(own, 'cgroup.subtree_control'), 'utf8'), '+cpu +memory +pids');
  assert.deepEqual(contents(folder), { 'cpu.max': '200000 100000', 'cpu.weight': '20', 'memory.max': '536870912', 'pids.max': '512' });
  writeFileSync(join(folder, 'memory.events'), 'low 0\noom 3\noom_kill 2\noom_group_kill 0\n');
  assert.equal(group.memoryKills(), 2);
  // The next one to be started there finds itself where this one has moved to.
  assert.deepEqual(opened({ ...host, ownGroups: '0::/user.slice/run-1.scope/gatehouse\n' }).open('machine', limits).joins, group.joins);
}));

test('version 2 for root: at the top, whatever group it is in', () => hierarchies((root) => {
  second(root, 'cpu memory pids');
  assert.deepEqual(opened({ mountInfo: mount(root, 'cgroup2', ''), ownGroups: '0::/system.slice/gatehouse.service\n', isRoot: true }).open('machine', limits).joins, [join(root, 'gatehouse-5709ff28b655e825', 'machine', 'cgroup.procs')]);
}));

test('version 1, where version 2 is given nothing: in each of three hierarchies, for root alone', () => hierarchies((root) => {
  second(join(root, 'unified'), 'hugetlb');
  for (const name of ['cpu,cpuacct', 'memory', 'pids']) mkdirSync(join(root, name));
  const mountInfo = [mount(join(root, 'unified'), 'cgroup2', ''), ...['cpu,cpuacct', 'memory', 'pids'].map((name) => mount(join(root, name), 'cgroup', name))].join('');
  const host = { mountInfo, ownGroups: '3:pids:/\n0::/\n' };
  const groups = opened({ ...host, isRoot: true });
  const { joins } = groups.open('machine', limits);
  assert.deepEqual([groups.version, joins.length], [1, 3]);
  const at = (name: string): Record<string, string> => contents(join(root, name, 'gatehouse-5709ff28b655e825', 'machine'));
  assert.deepEqual([at('cpu,cpuacct'), at('memory'), at('pids')], [{ 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '200000', 'cpu.shares': '205' }, { 'memory.limit_in_bytes': '536870912' }, { 'pids.max': '512' }]);
  assert.match(openControlGroups('machines', { ...host, isRoot: false }) as string, /not given the controllers cpu, memory, pids/);
}));

test('none mounted, or none delegated: it is said why', () => {
  assert.equal(openControlGroups('machines', { mountInfo: '', ownGroups: '', isRoot: true }), 'no hierarchy of version 2 is mounted');
  assert.match(openControlGroups('machines', { mountInfo: mount('/nowhere', 'cgroup2', ''), ownGroups: '0::/a\n', isRoot: false }) as string, /ENOENT/);
});
