/** Looks now and then at the bodies that are still coming, so that a slow one is cut: one timer for all of them, and none while there are none. */

export interface Watched {
  /** False when it need not be looked at again. `now` is of a clock that nobody sets: performance.now(). */
  lookAt(now: number): boolean;
}

export class Watch {
  readonly #everyMs: number;
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  add(one: Watched): void {
    this.#watched.add(one);
    this.#timer ??= setInterval(() => this.#look(), this.#everyMs).unref();
  }

  remove(one: Watched): void {
    this.#watched.delete(one);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    for (const one of this.#watched) if (!one.lookAt(now)) this.#watched.delete(one);
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
