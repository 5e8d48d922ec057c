/** A turnstile: lets so many pieces of work in at a time, and so many wait; who comes when the queue is full is turned away. */

/** Work under way and in the queue. The order is that of coming. */
export class Turnstile {
  readonly #insideMax: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(insideMax: number, waitingMax: number) {
    this.#insideMax = insideMax;
    this.#waitingMax = waitingMax;
  }

  /** Does the work when there is room; throws what `turnAway` makes if too many are waiting. */
  async pass<T>(work: () => Promise<T>, turnAway: () => Error): Promise<T> {
    if (this.#inside < this.#insideMax) this.#inside++;
    else if (this.#waiting.length < this.#waitingMax) await new Promise<void>((enter) => this.#waiting.push(enter));
    else throw turnAway();
    try {
      return await work();
    } finally {
      // Whoever is next takes the place that is left, so that nobody slips in before.
      const enter = this.#waiting.shift();
      if (enter) enter();
      else this.#inside--;
    }
  }
}
