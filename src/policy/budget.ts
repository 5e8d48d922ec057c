/** The work that one decision may take. Beyond it the decision is a denial: whoever wrote the policy gains nothing by making it slow. */

/** Steps of matching: a character compared, a value looked at. A policy at AWS's limits against a request at AWS's limits takes a fraction of it. */
export const decisionStepsMax = 20_000_000;

export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
}

export class Budget {
  #left = decisionStepsMax;

  /** Throws BudgetExceeded. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new BudgetExceeded('the decision takes too much work');
  }
}
