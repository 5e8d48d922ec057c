/** What the processes of one start ask each other, so that any of them can speak for all. */
import type { DoorAddresses } from './doors.ts';
import type { ProcessMetrics } from './metrics.ts';

/** Whether a process can serve, and what goes wrong all the same. */
export interface Readiness { readonly reason: string | undefined; readonly troubles: readonly string[] }

/** By question, what a process answers. */
export interface Words { readonly readiness: Readiness; readonly metrics: ProcessMetrics }
export type Question = keyof Words;
export type OwnWord = <Q extends Question>(question: Q) => Words[Q];

export interface Peers {
  /** Every process's own word, the asking one's among them; undefined of one that did not answer in time. */
  gather<Q extends Question>(question: Q): Promise<readonly (Words[Q] | undefined)[]>;
}

/** A process's own word, from a table that answers every question. */
export const ownWord = (words: { readonly [Q in Question]: () => Words[Q] }): OwnWord => (question) => words[question]();

/** Of a start that is one process. */
export const alone = (own: OwnWord): Peers => ({ gather: async (question) => [own(question)] });

/** What a process of several is to the others. */
export type ProcessRole =
  /** It listens, and what must exist once is elsewhere. */
  | { readonly kind: 'worker'; readonly doors: DoorAddresses; readonly connect: (own: OwnWord) => Peers }
  /** It does not listen for the API: it makes what the workers stand on, and has what must exist once. */
  | { readonly kind: 'primary'; readonly url: string; readonly connect: (own: OwnWord) => Peers };

/** One reason is enough to send requests elsewhere. */
export function readinessOf(words: readonly (Readiness | undefined)[]): Readiness {
  const reason = words.map((word) => (word ? word.reason : 'a process does not answer')).find((one) => one !== undefined);
  return { reason, troubles: [...new Set(words.flatMap((word) => word?.troubles ?? []))] };
}
