/** The life of the keys that sign an account's tokens: made, published before they sign, published for as long as what they signed is good, and gone. */
import type { Timestamp } from '../base/clock.ts';
import type { Seal } from '../base/seal.ts';
import { newSigningKey, openSigner, signingAlgorithms } from '../credentials/token-signing-key.ts';
import type { TokenSigner } from '../credentials/token-signing-key.ts';
import type { AccountView, Draft } from '../store/store.ts';
import type { TokenAlgorithm, TokenSigningKeyDoc } from '../store/token-signing-key-doc.ts';

const hourMs = 3_600_000;

export const tokenKeyTimes = {
  /** No token lasts longer. Source: GetWebIdentityToken, DurationSeconds (STS API Reference). */
  tokenMs: hourMs,
  /** How long a key is published before it signs: whoever keeps the key set for less has it in time. */
  noticeMs: hourMs,
  /** A key stays published this much longer than its last token, for clocks that are behind. */
  lingerMs: 5 * 60_000,
  /** A key that has signed for so long is succeeded by the first request that notices. */
  signingMsMax: 90 * 24 * hourMs,
} as const;

/** The keys of one algorithm, in the order in which they sign. */
function keysOf(view: AccountView, algorithm: TokenAlgorithm): readonly TokenSigningKeyDoc[] {
  return [...view.tokenSigningKeys.all()].filter(({ Algorithm }) => Algorithm === algorithm).toSorted((a, b) => a.SignsFrom - b.SignsFrom);
}

/** The key that signs now; undefined where none was made. */
export function signingKeyOf(view: AccountView, algorithm: TokenAlgorithm, now: Timestamp): TokenSigningKeyDoc | undefined {
  return keysOf(view, algorithm).findLast(({ SignsFrom }) => SignsFrom <= now);
}

/** What a key does now. */
export type KeyState = 'next' | 'signing' | 'retired';

export interface PublishedKey { readonly key: TokenSigningKeyDoc; readonly state: KeyState }

/** Every key that a token which is still good may name, and those that are about to sign. */
export function publishedKeys(view: AccountView, now: Timestamp): readonly PublishedKey[] {
  return signingAlgorithms.flatMap((algorithm) => {
    const keys = keysOf(view, algorithm);
    return keys.flatMap((key, index): readonly PublishedKey[] => {
      const successor = keys[index + 1];
      if (successor !== undefined && isOver(successor, now)) return [];
      if (key.SignsFrom > now) return [{ key, state: 'next' }];
      return [{ key, state: successor !== undefined && successor.SignsFrom <= now ? 'retired' : 'signing' }];
    });
  });
}

/** Whether nothing that the key before `successor` signed can be good any more. */
const isOver = ({ SignsFrom }: TokenSigningKeyDoc, now: Timestamp): boolean => SignsFrom + tokenKeyTimes.tokenMs + tokenKeyTimes.lingerMs <= now;

/** Whether a key has signed for so long that the next is to be made. */
export function isRotationDue(view: AccountView, algorithm: TokenAlgorithm, now: Timestamp): boolean {
  const keys = keysOf(view, algorithm);
  const newest = keys.at(-1);
  return newest !== undefined && newest.SignsFrom + tokenKeyTimes.signingMsMax <= now;
}

/** A key that stands in no account yet: when it begins to sign is decided in the draft. */
export type MadeKey = Omit<TokenSigningKeyDoc, 'SignsFrom'>;

/** Makes keys, off the event loop. */
export function makeKeys(algorithms: readonly TokenAlgorithm[], { account, seal, now }: { readonly account: string; readonly seal: Seal; readonly now: Timestamp }): Promise<readonly MadeKey[]> {
  return Promise.all(algorithms.map(async (algorithm) => {
    const { keyId, publicJwk, privateKey } = await newSigningKey(algorithm);
    return { KeyId: keyId, Algorithm: algorithm, CreateDate: now, PublicKey: publicJwk, PrivateKey: seal.seal(privateKey, placeOf(account, keyId)) };
  }));
}

const placeOf = (account: string, key: string) => ({ account, table: 'tokenSigningKeys', key, field: 'PrivateKey' });

/** Adds those of the keys whose algorithm has none. */
export function addFirstKeys(draft: Draft, made: readonly MadeKey[], now: Timestamp): void {
  for (const key of made) if (keysOf(draft, key.Algorithm).length === 0) draft.tokenSigningKeys.insert({ ...key, SignsFrom: now });
}

/** Adds each key as the next of its algorithm, unless one is waiting already, and removes those that are over. */
export function addNextKeys(draft: Draft, made: readonly MadeKey[], now: Timestamp): void {
  for (const key of made) {
    const keys = keysOf(draft, key.Algorithm);
    keys.forEach(({ KeyId }, index) => {
      const successor = keys[index + 1];
      if (successor !== undefined && isOver(successor, now)) draft.tokenSigningKeys.remove(KeyId);
    });
    if (!keys.some(({ SignsFrom }) => SignsFrom > now)) draft.tokenSigningKeys.insert({ ...key, SignsFrom: keys.length === 0 ? now : now + tokenKeyTimes.noticeMs });
  }
}

/** Puts the keys in the place of all that there are: what those signed cannot be verified any more. */
export function replaceKeys(draft: Draft, made: readonly MadeKey[], now: Timestamp): void {
  // A copy: removing changes the table.
  const before = Array.from(draft.tokenSigningKeys.all());
  for (const { KeyId } of before) draft.tokenSigningKeys.remove(KeyId);
  for (const key of made) draft.tokenSigningKeys.insert({ ...key, SignsFrom: now });
}

/** Keys that were opened hang off the immutable document they came from. */
const signers = new WeakMap<TokenSigningKeyDoc, TokenSigner>();

/** The key, ready to sign. */
export function signerOf(key: TokenSigningKeyDoc, { account, seal }: { readonly account: string; readonly seal: Seal }): TokenSigner {
  let signer = signers.get(key);
  if (!signer) signers.set(key, (signer = openSigner(key.Algorithm, key.KeyId, seal.open(key.PrivateKey, placeOf(account, key.KeyId)))));
  return signer;
}
