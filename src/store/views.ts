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
interface Standing { readonly overlay: Overlay; readonly revision: number }

/** Tables are laid over only when a draft asks for them. */
const accountFace = faceOf(Object.keys(accountTables));
const partitionFace = faceOf(Object.keys(partitionTables));

/** What a draft function is given. `partition` is called when the draft asks for the partition, and only then does it count as read. */
export function draftOf(account: string, own: Standing, partition: () => Standing): Draft {
  const face = Object.create(accountFace, { overlay: { value: own.overlay }, account: { value: account, enumerable: true }, revision: { value: own.revision, enumerable: true } });
  let partitionDraft: object | undefined;
  Object.defineProperty(face, 'partition', {
    get: () => {
      if (partitionDraft === undefined) {
        const { overlay, revision } = partition();
        partitionDraft = Object.create(partitionFace, { overlay: { value: overlay }, revision: { value: revision, enumerable: true } }) as object;
      }
      return partitionDraft;
    },
    enumerable: true,
  });
  // An edge: see accountView.
  return face as Draft;
}

/** A prototype with a getter for each table, which finds it in the overlay of the object that inherits it. */
function faceOf(names: readonly string[]): object {
  const face = {};
  for (const name of names) {
    Object.defineProperty(face, name, { get(this: { overlay: Overlay }) { return this.overlay.table(name); }, enumerable: true });
  }
  return face;
}
