/** Texts that a browser keeps for us and can neither read nor make: the state of a sign-in under way, what makes a device known, tokens. */
import { SealBroken } from '../../base/seal.ts';
import type { Seal } from '../../base/seal.ts';

/** What a sealed text is for. One that was made for something else does not open. */
export type SealedFor = 'flow' | 'device' | 'passkey enrolment' | 'sign-in token' | 'authorization code' | 'refresh token';

const place = (purpose: SealedFor) => ({ account: '', table: 'signin', key: purpose, field: 'state' });

export const sealState = (seal: Seal, purpose: SealedFor, state: object): string => seal.seal(JSON.stringify(state), place(purpose));

/** The state; undefined for anything but a text that was sealed for that purpose. The type is what was sealed for it. */
export function openState<State>(seal: Seal, purpose: SealedFor, text: string): State | undefined {
  try {
    // Sealed here, so that it is what sealState was given.
    return JSON.parse(seal.open(text, place(purpose))) as State;
  } catch (thrown) {
    if (thrown instanceof SealBroken) return undefined;
    throw thrown;
  }
}
