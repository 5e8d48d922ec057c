/** What a primary and its workers say to each other: one table of kinds for each direction, and nothing that a client said. */
import type { DoorAddresses } from './doors.ts';
import type { Question, Words } from './peers.ts';

type Word = Words[Question];

/** A worker says that it listens to messages, that it serves, asks for everybody's word, or gives its own. */
export type FromWorker =
  | { readonly kind: 'hello' }
  | { readonly kind: 'serving' }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'word'; readonly id: number; readonly word: Word };

/** The primary says what there is once, asks for a worker's word, or gives everybody's. */
export type FromPrimary =
  | { readonly kind: 'begin'; readonly port: number; readonly doors: DoorAddresses }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'words'; readonly id: number; readonly words: readonly (Word | null)[] };

/** Questions that wait for their answers, each under a number of its own. */
export class Asked<Answer> {
  readonly #waiting = new Map<number, (answer: Answer | undefined) => void>();
  #last = 0;

  /** Undefined when no answer comes in time. */
  ask(send: (id: number) => void, withinMs: number): Promise<Answer | undefined> {
    const id = ++this.#last;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.answer(id, undefined), withinMs);
      this.#waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      send(id);
    });
  }

  answer(id: number, answer: Answer | undefined): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }
}
