/** One question on its way through the engine: the request, and what is worked out of it at most once. */
import type { ActionVocabulary, KnownAction } from './action-vocabulary.ts';
import { ArnText } from './patterns/arn-text.ts';
import { Budget } from './budget.ts';
import type { DecisionRequest, Principal, RequestContext } from './types.ts';

export class Asked {
  readonly action: string;
  readonly resource: ArnText;
  readonly principal: Principal;
  readonly context: RequestContext;
  /** Whether the caller has a permissions boundary, which NotPrincipal looks at. */
  readonly hasBoundary: boolean;
  readonly budget: Budget = new Budget();
  #vocabulary: ActionVocabulary | undefined;
  #known: KnownAction | undefined;

  constructor({ action, resource, principal, context }: DecisionRequest, hasBoundary: boolean) {
    this.action = action;
    this.resource = new ArnText(resource);
    this.principal = principal;
    this.context = context;
    this.hasBoundary = hasBoundary;
  }

  /** The action as a vocabulary knows it; policies share one as a rule. */
  actionIn(vocabulary: ActionVocabulary): KnownAction {
    if (this.#known && this.#vocabulary === vocabulary) return this.#known;
    this.#vocabulary = vocabulary;
    return (this.#known = vocabulary.find(this.action));
  }
}
