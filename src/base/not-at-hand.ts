/** What a synchronous question needs and is not in memory: thrown where it is missed, brought, and the question is asked again. */

export class NotAtHand extends Error {
  override readonly name = 'NotAtHand';
  /** Brings it. Rejects where it cannot be had: then the question has no answer. */
  readonly bring: () => Promise<void>;

  constructor(bring: () => Promise<void>) {
    super('something is not at hand');
    this.bring = bring;
  }
}

/** How much one question may miss. */
const missesMax = 100;

/** Asks, brings what is missed and asks again, until there is an answer. What is asked must have no effects. */
export async function withAllAtHand<Answer>(ask: () => Answer): Promise<Answer> {
  for (let misses = 0; ; misses++) {
    try {
      return ask();
    } catch (thrown) {
      if (!(thrown instanceof NotAtHand) || misses >= missesMax) throw thrown;
      await thrown.bring();
    }
  }
}
