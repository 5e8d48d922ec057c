/** How much memory machines take: the proportional share of every process, summed by namespace of processes. Source: proc(5), smaps_rollup. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** KiB by namespace, of those that are asked for. */
export function memoryUse(namespaces: ReadonlySet<string>): ReadonlyMap<string, number> {
  const use = new Map<string, number>();
  if (namespaces.size === 0) return use;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const namespace = readlinkSync(`/proc/${name}/ns/pid`);
      if (namespaces.has(namespace)) use.set(namespace, (use.get(namespace) ?? 0) + shareOf(name));
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
  return use;
}

function shareOf(pid: string): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) + Number(/^SwapPss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
}
