/** The faces of the state: what operations read, and what drafts change. */
import type { Overlay } from './overlay.ts';
import type { StreamState } from './stream-state.ts';
import type { AccountView, Draft, PartitionView } from './store.ts';
import { accountTables, partitionTables } from './tables.ts';

export function accountView(state: StreamState): AccountView {
  // An edge: the tables carry the names and the definitions of the set, which is what the view's type says.
  return view(state, { account: state.stream }) as unknown as AccountView;
}

export function partitionView(state: StreamState): PartitionView {
  return view(state, {}) as unknown as PartitionView;
}

function view(state: StreamState, own: object): object {
  const face = { ...own, ...Object.fromEntries(state.tables) };
  Object.defineProperty(face, 'revision', { get: () => state.revision, enumerable: true });
  return Object.freeze(face);
}

/** An overlay and the revision that it stands on. */
export interface Standing { readonly overlay: Overlay; readonly revision: number }

/** What a draft function is given. `partition` is called when the draft asks for the partition, and only then does it count as read. */
export function draftOf(account: string, own: Standing, partition: () => Standing): Draft {
  // An edge: see accountView.
  return new AccountDraft(account, own, partition) as unknown as Draft;
}

class AccountDraft {
  readonly account: string;
  readonly revision: number;
  readonly #overlay: Overlay;
  readonly #standing: () => Standing;
  #partition: PartitionDraft | undefined;

  static {
    defineTables(this.prototype, Object.keys(accountTables), (draft: AccountDraft) => draft.#overlay);
  }

  constructor(account: string, { overlay, revision }: Standing, partition: () => Standing) {
    this.account = account;
    this.revision = revision;
    this.#overlay = overlay;
    this.#standing = partition;
  }

  get partition(): PartitionDraft {
    this.#partition ??= new PartitionDraft(this.#standing());
    return this.#partition;
  }
}

class PartitionDraft {
  readonly revision: number;
  readonly #overlay: Overlay;

  static {
    defineTables(this.prototype, Object.keys(partitionTables), (draft: PartitionDraft) => draft.#overlay);
  }

  constructor({ overlay, revision }: Standing) {
    this.revision = revision;
    this.#overlay = overlay;
  }
}

/** A getter for each table of a set: a table is laid over only when a draft asks for it. */
function defineTables<Face>(prototype: object, names: readonly string[], overlayOf: (face: Face) => Overlay): void {
  for (const name of names) {
    Object.defineProperty(prototype, name, { get(this: Face) { return overlayOf(this).table(name); }, enumerable: true });
  }
}
