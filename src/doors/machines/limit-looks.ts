/** Where the kernel does not hold machines to a limit, it is looked now and then how far they went, and what went beyond is ended. */
import type { Machine } from '../../services/ec2/driver.ts';
import { machineLimits } from './limits.ts';
import { diskKiB } from './machine-disk.ts';
import { memoryUse } from './memory-use.ts';

/** A machine that is looked at. */
export interface Looked {
  readonly machine: Pick<Machine, 'memoryMiB' | 'diskGiB'>;
  /** The folder that is its disk; undefined where that is a volume. */
  readonly disk: string | undefined;
  /** The kernel's name of its namespace of processes; undefined while it has none. Left out where a control group holds its memory. */
  processNamespace?(): string | undefined;
  /** Ends it for that reason. */
  breach(detail: string): void;
}

export class LimitLooks {
  readonly #looked = new Set<Looked>();
  readonly #timers: readonly NodeJS.Timeout[];

  constructor() {
    this.#timers = [setInterval(() => this.#lookAtMemory(), machineLimits.memoryLookMs), setInterval(() => void this.#lookAtDisks(), machineLimits.diskLookMs)];
    for (const timer of this.#timers) timer.unref();
  }

  /** Looks at it from now on, until the answer is called. */
  add(looked: Looked): () => void {
    this.#looked.add(looked);
    return () => void this.#looked.delete(looked);
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #lookAtMemory(): void {
    const byNamespace = new Map<string, Looked>();
    for (const looked of this.#looked) {
      const namespace = looked.processNamespace?.();
      if (namespace !== undefined) byNamespace.set(namespace, looked);
    }
    for (const [namespace, kib] of memoryUse(new Set(byNamespace.keys()))) {
      const { breach, machine: { memoryMiB } } = byNamespace.get(namespace)!;
      if (kib > memoryMiB * 1024) breach(`it took more than its ${memoryMiB} MiB of memory`);
    }
  }

  async #lookAtDisks(): Promise<void> {
    for (const { machine: { diskGiB }, disk, breach } of this.#looked) {
      if (disk !== undefined && (await diskKiB(disk)) > diskGiB * 2 ** 20) breach(`it took more than its ${diskGiB} GiB of disk`);
    }
  }
}
