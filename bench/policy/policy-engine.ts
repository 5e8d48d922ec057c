/** Bench: the policy engine on four workloads, in one run with the engines that a user could pick instead and with how fast it could be. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Figure } from '../measure.ts';
import { alternate, ratios, type Spread, spread } from '../spread.ts';
import { Ceiling } from './ceiling.ts';
import { prepare, requestsOf, textsOf } from './gatehouse.ts';
import { hostileAgainstBenign, peersOnPathological } from './hostile.ts';
import { casbin, cedar, type Decide, pbac } from './peers.ts';
import type { Workload } from './workload.ts';
import { atLimits, many, pathological, typical, wildcardLevels } from './workloads.ts';

const rounds = 15;
const principals = 10_000;
const statements = principals * 20;

export async function policyEngine(): Promise<readonly Figure[]> {
  const w1 = await run(typical(), { repeat: 100, peers: { 'cedar-wasm': cedar, casbin, pbac }, peerRepeat: 1 });
  const w2 = await run(atLimits(), { repeat: 20, peers: { 'cedar-wasm': cedar }, peerRequests: 100, peerRepeat: 1 });
  const w3 = await run(many(), { repeat: 1, peers: { 'cedar-wasm': cedar, casbin }, peerRequests: 200, peerRepeat: 5 });
  const w4 = [];
  for (const wildcards of wildcardLevels) w4.push(await run(pathological(wildcards), { repeat: 200, peers: { 'cedar-wasm': cedar }, peerRepeat: 20 }));
  const loaded = loadMany();
  return [
    ...figuresOf(w1, { ceiling: [3, 2], peers: { 'cedar-wasm': 200 } }),
    tail(typical()),
    ...figuresOf(w2, { ceiling: [3, 3], peers: { 'cedar-wasm': 1_500 } }),
    { measure: 'W2 against W1', figures: '', value: ratios(w2.ours, w1.ours), unit: '×', bound: 'at most', must: 10, aim: 5 },
    ...figuresOf(w3, { ceiling: [2.5, 1.5], peers: { casbin: 15 } }),
    ...loaded,
    ...pathologicalFigures(w4),
    ...peersOnPathological(),
    ...(await hostileAgainstBenign()),
    agreement([w1, w2, w3, ...w4]),
  ];
}

/** What one workload came to: nanoseconds of CPU time for each decision, round by round. */
interface Run {
  readonly name: string;
  readonly ours: readonly number[];
  readonly ceiling: readonly number[];
  readonly peers: ReadonlyMap<string, readonly number[]>;
  readonly asked: number;
  readonly agreed: number;
}

interface Effort {
  /** How often all requests are asked in one round. */
  readonly repeat: number;
  readonly peers: Readonly<Record<string, (workload: Workload) => Decide | Promise<Decide>>>;
  /** Peers that are much slower are asked only the first so many, and less often. */
  readonly peerRequests?: number;
  readonly peerRepeat: number;
}

async function run(workload: Workload, { repeat, peers, peerRequests = workload.requests.length, peerRepeat }: Effort): Promise<Run> {
  const { name, requests, subjects } = workload;
  console.log(`  ${name}`);
  const prepared = Array.from({ length: subjects }, (_, number) => prepare(textsOf(workload.subject(number))));
  const asked = requestsOf(workload);
  const ours: Decide = (i) => prepared[requests[i]!.subject]!.decide(asked[i]!).outcome === 'allowed';
  const reference = new Ceiling((number) => workload.subject(number), subjects);
  const ceiling: Decide = (i) => reference.decide(requests[i]!);
  const first = { ...workload, requests: requests.slice(0, peerRequests) };
  const others: (readonly [string, Decide])[] = [];
  for (const [peer, make] of Object.entries(peers)) others.push([peer, await make(first)]);

  let agreed = 0;
  let compared = 0;
  for (let i = 0; i < requests.length; i++) {
    for (const decide of [ceiling, ...(i < peerRequests ? others.map(([, other]) => other) : [])]) {
      compared++;
      if (decide(i) === ours(i)) agreed++;
    }
  }
  const contenders = [cost(ours, requests.length, repeat), cost(ceiling, requests.length, repeat), ...others.map(([, decide]) => cost(decide, first.requests.length, peerRepeat))];
  await alternate(2, contenders);
  const [oursCosts, ceilingCosts, ...peerCosts] = await alternate(rounds, contenders);
  return { name, ours: oursCosts!, ceiling: ceilingCosts!, peers: new Map(others.map(([peer], i) => [peer, peerCosts[i]!])), asked: compared, agreed };
}

/** Nanoseconds of CPU time for each decision. */
function cost(decide: Decide, count: number, repeat: number): () => number {
  return () => {
    const before = process.cpuUsage();
    for (let round = 0; round < repeat; round++) for (let i = 0; i < count; i++) decide(i);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / repeat / count;
  };
}

const shown = (costs: readonly number[]): string => {
  const { median } = spread(costs);
  return median < 10_000 ? `${median.toFixed(0)} ns` : `${(median / 1000).toFixed(0)} µs`;
};

function figuresOf({ name, ours, ceiling, peers }: Run, limits: { readonly ceiling: readonly [must: number, aim: number]; readonly peers: Readonly<Record<string, number>> }): readonly Figure[] {
  const [must, aim] = limits.ceiling;
  return [
    { measure: `${name}, a decision against the ceiling's`, figures: `${shown(ours)}, the ceiling ${shown(ceiling)}`, value: ratios(ours, ceiling), unit: '×', bound: 'at most', must, aim },
    ...[...peers].map(([peer, costs]): Figure => ({
      measure: `${name}, ${peer}'s against ours`, figures: `${shown(costs)}`, value: ratios(costs, ours), unit: '×', bound: 'at least', must: limits.peers[peer],
    })),
  ];
}

/** The slowest in a hundred of single decisions. */
function tail(workload: Workload): Figure {
  const prepared = prepare(textsOf(workload.subject(0)));
  const requests = requestsOf(workload);
  const worst = Array.from({ length: rounds }, () => {
    const times = requests.flatMap((request) => Array.from({ length: 20 }, () => {
      const before = process.hrtime.bigint();
      prepared.decide(request);
      return Number(process.hrtime.bigint() - before);
    }));
    return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]! / 1000;
  });
  return { measure: `${workload.name}, 99 in 100 decisions take no longer`, figures: 'by the clock', value: spread(worst), unit: 'µs', bound: 'at most', must: 5 };
}

function pathologicalFigures(runs: readonly Run[]): readonly Figure[] {
  const worstOf = (costs: (run: Run) => readonly number[]): readonly number[] => Array.from({ length: rounds }, (_, round) => Math.max(...runs.map((one) => costs(one)[round]!)));
  const worst = worstOf(({ ours }) => ours);
  return [
    { measure: 'W4, the worst level against the ceiling\'s worst', figures: `${shown(worst)}, the ceiling ${shown(worstOf(({ ceiling }) => ceiling))}`, value: ratios(worst, worstOf(({ ceiling }) => ceiling)), unit: '×', bound: 'at most', must: 1.5 },
    { measure: 'W4, the worst level', figures: runs.map(({ ours }) => shown(ours)).join(', '), value: spread(worst.map((ns) => ns / 1000)), unit: 'µs', bound: 'at most', aim: 100 },
    ...runs.map(({ name, ours, peers }): Figure => ({ measure: `${name} against cedar-wasm`, figures: `${shown(ours)}, cedar-wasm ${shown(peers.get('cedar-wasm')!)}`, value: ratios(ours, peers.get('cedar-wasm')!), unit: '×', bound: 'at most', must: 1 })),
  ];
}

/** Compiling and keeping the policies of W3, whose documents are there before and after. */
function loadMany(): readonly Figure[] {
  const { subject } = many();
  const texts = Array.from({ length: principals }, (_, number) => textsOf(subject(number)));
  const collect = garbageCollection();
  const seconds: number[] = [];
  const bytes: number[] = [];
  const once = (): void => {
    collect();
    const before = { memory: process.memoryUsage(), cpu: process.cpuUsage() };
    const prepared = texts.map(prepare);
    const { user, system } = process.cpuUsage(before.cpu);
    collect();
    const { heapUsed, external } = process.memoryUsage();
    seconds.push((user + system) / 1e6);
    bytes.push((heapUsed + external - before.memory.heapUsed - before.memory.external) / statements);
    if (prepared.length !== principals) throw new Error('a principal is missing');
  };
  for (let round = 0; round < 5; round++) once();
  const documents = texts.reduce((size, { identity }) => size + identity.join('').length, 0) / statements;
  return [
    { measure: 'W3, loading 200,000 statements', figures: `${((spread(seconds).median / principals) * 1e6).toFixed(0)} µs for each policy`, value: spread(seconds), unit: 's', bound: 'at most', must: 2 },
    { measure: 'W3, memory of a distinct statement', figures: `beside its ${documents.toFixed(0)} characters of text`, value: spread(bytes), unit: 'B', bound: 'at most', must: 1_000, aim: 400 },
  ];
}

function garbageCollection(): () => void {
  setFlagsFromString('--expose-gc');
  // The function that the flag adds to new contexts.
  return runInNewContext('gc') as () => void;
}

function agreement(runs: readonly Run[]): Figure {
  const share: Spread = spread(runs.map(({ asked, agreed }) => (agreed / asked) * 100));
  return { measure: 'decisions on which all agree', figures: `${runs.reduce((sum, { asked }) => sum + asked, 0)} compared`, value: { ...share, median: share.min }, unit: '%', bound: 'at least', must: 100 };
}
