/** What drafts have made of the streams and is not durable yet: for each stream a layer an append in flight, each on the one before it. */
import type { Entry } from './entry.ts';
import { headOf } from './entry.ts';
import type { Head } from './journal.ts';
import { Overlay } from './overlay.ts';
import type { StreamState } from './stream-state.ts';

/** What the drafts of one append have made of one stream. */
export class PendingLayer {
  /** The number of the append. */
  readonly append: number;
  readonly overlay: Overlay;
  #head: Head;

  constructor(append: number, overlay: Overlay, head: Head) {
    this.append = append;
    this.overlay = overlay;
    this.#head = head;
  }

  /** The head that the next draft stands on. */
  get head(): Head {
    return this.#head;
  }

  fold(entry: Entry): void {
    this.overlay.fold(entry.changes);
    this.#head = headOf(entry);
  }
}

/** The layers over one durable state, the oldest first. */
interface PendingStream { readonly state: StreamState; base: Head; readonly layers: PendingLayer[] }

export class Pending {
  readonly #state: (stream: string) => StreamState | undefined;
  readonly #streams = new Map<string, PendingStream>();

  constructor(state: (stream: string) => StreamState | undefined) {
    this.#state = state;
  }

  /** The layer of an append over a stream, which must be in memory. Appends are numbered upwards. */
  layer(stream: string, append: number): PendingLayer {
    let pending = this.#streams.get(stream);
    if (!pending) {
      const state = this.#state(stream);
      if (!state) throw new Error(`the stream ${stream} is not in memory`);
      pending = { state, base: state.head, layers: [] };
      this.#streams.set(stream, pending);
    }
    const top = pending.layers.at(-1);
    if (top?.append === append) return top;
    const layer = new PendingLayer(append, new Overlay(top?.overlay ?? pending.state), top?.head ?? pending.base);
    pending.layers.push(layer);
    return layer;
  }

  /**
   * Whether every layer stands on what is durable now. Not so when an entry was folded in from outside, also when it was one of
   * an append in flight: then what is here must not be built upon, and is forgotten when nothing is in flight.
   */
  isCurrent(): boolean {
    for (const [stream, { state, base }] of this.#streams) {
      if (this.#state(stream) !== state || state.head.id !== base.id) return false;
    }
    return true;
  }

  /** The oldest append is durable and folded into the states: the layers above it stand on those now. */
  settle(append: number): void {
    for (const [stream, pending] of this.#streams) {
      const { layers, state } = pending;
      if (layers[0]?.append !== append) continue;
      pending.base = layers.shift()!.head;
      if (layers.length === 0) this.#streams.delete(stream);
      else layers[0]!.overlay.rest(state);
    }
  }

  forget(): void {
    this.#streams.clear();
  }
}
