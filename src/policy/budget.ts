/** The work that one decision may take. Beyond it the decision is a denial: whoever wrote the policy gains nothing by making it slow. */

/**
 * Steps of matching: a statement looked at, a value compared, 32 characters of a slow pattern. Policies at AWS's limits with a request at AWS's limits stay
 * far below it; it takes some tens of milliseconds to use up.
 */
export const decisionStepsMax = 5_000_000;

export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
}

export class Budget {
  #left: number;

  constructor(steps = decisionStepsMax) {
    this.#left = steps;
  }

  /** Throws BudgetExceeded. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BudgetExceeded('the decision takes too much work');
  }
}
