/** What `/metrics` says of several processes, as Prometheus reads it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricsText, processFigures } from './metrics.ts';
import type { ProcessMetrics } from './metrics.ts';
import { durationBounds } from './request-counts.ts';

const said = (count: number, slow: number): ProcessMetrics => ({
  requests: [{ service: 'iam', operation: 'ListUsers', decision: 'allowed', status: 200, count }],
  durations: [{ service: 'iam', counts: [count, ...durationBounds.slice(1).map(() => 0), slow], totalMs: 1_500 }],
  cpuSeconds: 1.5, residentBytes: 100, heapBytes: 50, loopActiveSeconds: 2, loopIdleSeconds: 8, accounts: 3, ready: 1,
});

test('what is counted is summed over the processes, what there is once is told once', () => {
  const lines = metricsText([said(2, 0), said(3, 1)]).split('\n');
  for (const line of [
    '# TYPE gatehouse_requests_total counter',
    'gatehouse_requests_total{service="iam",operation="ListUsers",decision="allowed",status="200"} 5',
    'gatehouse_request_duration_seconds_bucket{service="iam",le="0.001"} 5',
    'gatehouse_request_duration_seconds_bucket{service="iam",le="10"} 5',
    'gatehouse_request_duration_seconds_bucket{service="iam",le="+Inf"} 6',
    'gatehouse_request_duration_seconds_sum{service="iam"} 3',
    'gatehouse_request_duration_seconds_count{service="iam"} 6',
    'gatehouse_accounts 3', 'gatehouse_processes 2', 'gatehouse_ready 1', 'process_cpu_seconds_total 3', 'process_resident_memory_bytes 200',
  ]) assert.ok(lines.includes(line), line);
});

test('one process that cannot serve makes all not ready', () => {
  assert.match(metricsText([said(1, 0), { ...said(1, 0), ready: 0 }]), /^gatehouse_ready 0$/m);
});

test('every line is one that the format has, and a metric is described before its samples', () => {
  const described = new Set<string>();
  for (const line of metricsText([{ ...said(1, 1), ...processFigures() }]).trimEnd().split('\n')) {
    const [, name] = /^# (?:HELP|TYPE) (\w+) /.exec(line) ?? [];
    if (name !== undefined) {
      described.add(name);
      continue;
    }
    const sample = /^([a-z_]+?)(?:_bucket|_sum|_count)?(?:\{(?:\w+="[^"\\\n]*",?)+\})? [\d.e+-]+$/.exec(line);
    assert.ok(sample && (described.has(sample[1]!) || described.has(line.split(/[ {]/)[0]!)), line);
  }
});
