/** Whether a thread that waits for another looks for what will come or sleeps until it is woken: waking takes 50–100 µs, a commit 150. */
import { availableParallelism } from 'node:os';

/** Longer than this, in milliseconds, nobody looks: a disk that is slower leaves time to sleep. */
const awakeMaxMs = 0.4;
/** Looks that are further apart show that the core is wanted for other work … */
const lateMs = 0.25;
/** … and then so many waits are slept through. */
const sleptAfterLate = 100;

/** One thread's way of waiting, learned from its waits. */
export class Watch {
  readonly #now: () => number;
  readonly #isAllowed: boolean;
  #until = 0;
  #lookedAt = 0;
  #sleeps = 0;

  /** On a single core, who looks only keeps off what he waits for. */
  constructor(cores = availableParallelism(), now = () => performance.now()) {
    this.#isAllowed = cores > 1;
    this.#now = now;
  }

  /** A wait begins; what came last took so many milliseconds. */
  begin(lastMs: number): void {
    if (this.#sleeps > 0) this.#sleeps--;
    const isAwake = this.#isAllowed && this.#sleeps === 0 && lastMs < awakeMaxMs;
    this.#lookedAt = this.#now();
    this.#until = isAwake ? this.#lookedAt + awakeMaxMs : 0;
  }

  /** Nothing has come: whether to look again, else to sleep. */
  goesOn(): boolean {
    if (this.#until === 0) return false;
    const now = this.#now();
    if (now - this.#lookedAt > lateMs) this.#sleeps = sleptAfterLate;
    this.#lookedAt = now;
    if (now < this.#until && this.#sleeps === 0) return true;
    this.#until = 0;
    return false;
  }
}
