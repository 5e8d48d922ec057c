/** The folder of a repository that was deleted: it goes with the repository, and where a crash came between, at the next start. */
import type { Cause, Draft } from '../../store/store.ts';
import type { Effect, Intent, Intents } from '../../store/intents.ts';
import type { GitFolder } from './git/git-folder.ts';

type Removal = { readonly RepositoryId: string };

export class RepositoryRemoval {
  readonly #intents: Intents;
  readonly #effect: Effect<Removal>;

  /** Known from the start on, so that what an earlier process left is settled. */
  constructor(intents: Intents, git: Pick<GitFolder, 'remove'>) {
    this.#intents = intents;
    this.#effect = {
      kind: 'codecommit:RemoveRepository',
      perform: ({ payload: { RepositoryId } }) => git.remove(RepositoryId),
      finish() {},
      abandon() {},
    };
    intents.register(this.#effect);
  }

  /** In the draft that deletes the repository. */
  record(draft: Draft, RepositoryId: string): Intent<Removal> {
    const intent = this.#intents.plan(draft.account, { RepositoryId });
    this.#intents.record(draft, this.#effect, intent);
    return intent;
  }

  /** Once that is durable. */
  carryOut(intent: Intent<Removal>, cause: Cause): Promise<void> {
    return this.#intents.carryOut(this.#effect, intent, cause);
  }
}
