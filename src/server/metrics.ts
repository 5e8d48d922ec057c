/** What `/metrics` says, for Prometheus and whatever reads its text: the requests answered and the processes that answer them, summed over all of a start. */
import { durationBounds } from './request-counts.ts';
import type { CountedRequests } from './request-counts.ts';

/** What one process says of itself. */
export interface ProcessMetrics extends CountedRequests {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Seconds that its event loop has been at work, and has waited. */
  readonly loopActiveSeconds: number;
  readonly loopIdleSeconds: number;
  /** How many there are, whether in memory or not. */
  readonly accounts: number;
  /** 1 while it can serve. */
  readonly ready: 0 | 1;
}

/** The figures of this process itself. */
export function processFigures(): Pick<ProcessMetrics, 'cpuSeconds' | 'residentBytes' | 'heapBytes' | 'loopActiveSeconds' | 'loopIdleSeconds'> {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  // An import would be part of every start.
  const { active, idle } = process.getBuiltinModule('node:perf_hooks').performance.eventLoopUtilization();
  return { cpuSeconds: (user + system) / 1e6, residentBytes: rss, heapBytes: heapUsed, loopActiveSeconds: active / 1e3, loopIdleSeconds: idle / 1e3 };
}

type Labels = Readonly<Record<string, string | number>>;
type Sample = readonly [suffix: string, labels: Labels, value: number];

interface Metric { readonly name: string; readonly help: string; readonly type: 'counter' | 'gauge' | 'histogram'; readonly samples: (all: readonly ProcessMetrics[]) => readonly Sample[] }

const sum = (all: readonly ProcessMetrics[], of: (one: ProcessMetrics) => number): readonly Sample[] => [['', {}, all.reduce((total, one) => total + of(one), 0)]];

const metrics: readonly Metric[] = [
  { name: 'gatehouse_requests_total', help: 'Requests answered.', type: 'counter', samples: requestSamples },
  { name: 'gatehouse_request_duration_seconds', help: 'From the arrival of a request to its answer.', type: 'histogram', samples: durationSamples },
  { name: 'gatehouse_accounts', help: 'Accounts there are.', type: 'gauge', samples: (all) => [['', {}, Math.max(0, ...all.map(({ accounts }) => accounts))]] },
  { name: 'gatehouse_processes', help: 'Processes of this start that answered.', type: 'gauge', samples: (all) => [['', {}, all.length]] },
  { name: 'gatehouse_ready', help: '1 while every process can serve.', type: 'gauge', samples: (all) => [['', {}, Math.min(...all.map(({ ready }) => ready))]] },
  { name: 'process_cpu_seconds_total', help: 'User and system time, in seconds.', type: 'counter', samples: (all) => sum(all, ({ cpuSeconds }) => cpuSeconds) },
  { name: 'process_resident_memory_bytes', help: 'Resident memory.', type: 'gauge', samples: (all) => sum(all, ({ residentBytes }) => residentBytes) },
  { name: 'nodejs_heap_size_used_bytes', help: 'Memory in use on the heaps of JavaScript.', type: 'gauge', samples: (all) => sum(all, ({ heapBytes }) => heapBytes) },
  { name: 'nodejs_eventloop_active_seconds_total', help: 'Time that event loops were at work.', type: 'counter', samples: (all) => sum(all, ({ loopActiveSeconds }) => loopActiveSeconds) },
  { name: 'nodejs_eventloop_idle_seconds_total', help: 'Time that event loops waited.', type: 'counter', samples: (all) => sum(all, ({ loopIdleSeconds }) => loopIdleSeconds) },
];

/** The text of what all processes say. Source: "Exposition formats" (prometheus.io), text-based format, version 0.0.4. */
export function metricsText(all: readonly ProcessMetrics[]): string {
  return metrics.map(({ name, help, type, samples }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples(all).map(([suffix, labels, value]) => `${name}${suffix}${labelText(labels)} ${value}\n`).join('')}`).join('');
}

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

function requestSamples(all: readonly ProcessMetrics[]): readonly Sample[] {
  const sums = new Map<string, { labels: Labels; count: number }>();
  for (const { service, operation, decision, status, count } of all.flatMap(({ requests }) => requests)) {
    const labels = { service, operation, decision, status };
    const key = labelText(labels);
    const known = sums.get(key);
    if (known) known.count += count;
    else sums.set(key, { labels, count });
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { labels, count }]) => ['', labels, count] as const);
}

/** Source: the same, histograms: each bucket counts those below it, too. */
function durationSamples(all: readonly ProcessMetrics[]): readonly Sample[] {
  const durations = all.flatMap(({ durations }) => durations);
  const services = [...new Set(durations.map(({ service }) => service))].toSorted();
  return services.flatMap((service) => {
    const own = durations.filter((one) => one.service === service);
    let below = 0;
    const buckets = [...durationBounds, Infinity].map((bound, i): Sample => {
      for (const { counts } of own) below += counts[i]!;
      return ['_bucket', { service, le: bound === Infinity ? '+Inf' : bound / 1e3 }, below];
    });
    return buckets.concat([['_sum', { service }, own.reduce((total, { totalMs }) => total + totalMs, 0) / 1e3], ['_count', { service }, below]]);
  });
}

/** INVARIANT: every value is one of ours, and holds nothing to be escaped. */
function labelText(labels: Labels): string {
  const texts = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return texts.length === 0 ? '' : `{${texts.join(',')}}`;
}
