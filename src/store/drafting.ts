/** Runs one draft on what is pending, and makes of it the group that is appended. */
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import { encodeEntry, type Entry } from './entry.ts';
import type { Group, Head } from './journal.ts';
import { Overlay } from './overlay.ts';
import type { PendingLayer } from './pending.ts';
import { partitionStream } from './store.ts';
import type { Cause, Draft } from './store.ts';
import { draftOf } from './views.ts';

export interface Drafting { readonly clock: Clock; readonly random: RandomBytes }

export interface DraftedChange { readonly account: string; readonly cause: Cause; readonly draft: (draft: Draft) => unknown }

/** What a draft came to, and the group that makes it true or, where it changed nothing, shows that what it saw is so. */
export interface Drafted {
  readonly group: Group;
  readonly entries: readonly Entry[];
  /** The account's, once the group is appended. */
  readonly revision: number;
  readonly result: { readonly value: unknown } | { readonly thrown: unknown };
}

/** A stream as one draft sees it: its own changes over the layer of its append. */
class Seen {
  readonly layer: PendingLayer;
  readonly overlay: Overlay;
  readonly head: Head;

  constructor(layer: PendingLayer) {
    this.layer = layer;
    this.overlay = new Overlay(layer.overlay);
    this.head = layer.head;
  }

  get standing() {
    return { overlay: this.overlay, revision: this.head.revision };
  }
}

/** A draft that throws has changed nothing. */
export function draftChange({ account, cause, draft }: DraftedChange, layerOf: (stream: string) => PendingLayer, drafting: Drafting): Drafted {
  const seen = [new Seen(layerOf(account))];
  const face = draftOf(account, seen[0]!.standing, () => {
    const partition = new Seen(layerOf(partitionStream));
    seen.push(partition);
    return partition.standing;
  });
  let result: Drafted['result'];
  try {
    result = { value: draft(face) };
  } catch (thrown) {
    result = { thrown };
  }
  const entries: Entry[] = [];
  for (const { layer, overlay, head } of seen) {
    const changes = 'value' in result ? overlay.changes() : [];
    overlay.close();
    if (changes.length === 0) continue;
    const { by, requestId, action } = cause;
    const entry: Entry = { stream: head.stream, revision: head.revision + 1, id: newEntryId(drafting.random), at: drafting.clock(), by, requestId, action, changes };
    layer.fold(entry);
    entries.push(entry);
  }
  const group = { expected: seen.map(({ head }) => head), entries: entries.map(encodeEntry) };
  return { group, entries, revision: seen[0]!.layer.head.revision, result };
}

const newEntryId = (random: RandomBytes): string => Buffer.from(random(16)).toString('base64url');
