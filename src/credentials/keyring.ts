/** The keyring: data keys, each itself sealed by the master key, and with them everything that is sealed. */
import type { Clock, Timestamp } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import { type Seal, SealBroken, type SealPlace } from '../base/seal.ts';
import { AeadKey, keyBytes, nonceBytes, tagBytes } from './aead.ts';

/** A data key as the partition stores it, sealed by the master key. */
export interface DataKey { readonly DataKeyId: string; readonly CreateDate: Timestamp; readonly SealedKey: string; /** When the operator ended every session that it sealed. */ readonly SessionsEndedAt?: Timestamp | undefined }

/** Seals with the newest data key, opens with any. Every sealed value begins with the id of its key. */
export interface Keyring extends Seal {
  /** A new data key, to be stored. It seals at once where the keyring has no other; else only when it was added, so that nothing that outlives the process is sealed with a key that does not. */
  newDataKey(): DataKey;
  /** Adds a data key that is stored. Throws MasterKeyWrong where the master key does not open it. */
  add(dataKey: DataKey): void;
  /** Seals bytes for a purpose, which is told only to those who seal and open. */
  sealBytes(plaintext: Uint8Array, purpose: string): Buffer;
  /** The bytes; undefined where they were not sealed for this purpose by one of the keys. */
  openBytes(sealed: Uint8Array, purpose: string): Buffer | undefined;
  /**
   * Whether what a key sealed at that time for a while counts now. A key that was succeeded vouches for nothing issued since, and for nothing at all once all that it
   * sealed before must have ended: whoever learns an old key can make no session with it.
   */
  vouches(keyId: string, issuedAt: Timestamp): boolean;
}

/** Which key sealed the bytes, by what they say: nothing of it proven. */
export const keyIdOf = (sealed: Uint8Array): string => Buffer.from(sealed.buffer, sealed.byteOffset, Math.min(idBytes, sealed.length)).toString('hex');

/** The longest that any session lasts. Source: GetSessionToken, DurationSeconds (STS API Reference): 129,600 seconds. */
const sessionMsMax = 129_600_000;
/** How far the clocks of processes may be apart, and how long one may go on sealing with a key that another has succeeded. */
const skewMs = 300_000;

/** The master key does not open the data keys: it belongs to another Gatehouse. */
export class MasterKeyWrong extends Error {
  override readonly name = 'MasterKeyWrong';
}

/** The data keys that are stored now, and the revision that this is true of: while it stays, so do they. */
export interface StoredDataKeys { readonly revision: number; all(): Iterable<DataKey> }

interface Options {
  readonly masterKey: Uint8Array;
  /** Asked again and again, so that a key that was added elsewhere – by whoever rotates them – seals here too, and what it sealed there opens here. */
  readonly stored: StoredDataKeys;
  readonly random: RandomBytes;
  readonly clock: Clock;
}

/** Opens the data keys with the master key. Throws MasterKeyWrong where it does not fit. */
export function openKeyring(options: Options): Keyring {
  return new OpenKeyring(options);
}

interface OpenKey {
  readonly id: string;
  readonly idBytes: Buffer;
  readonly createdAt: Timestamp;
  readonly key: AeadKey;
  /** When the next one was made. */
  succeededAt: Timestamp | undefined;
  hasSessions: boolean;
}

class OpenKeyring implements Keyring {
  readonly #master: AeadKey;
  readonly #random: RandomBytes;
  readonly #clock: Clock;
  readonly #keys = new Map<string, OpenKey>();
  /** Keys that are known to be stored. */
  readonly #stored = new Set<string>();
  #newest: OpenKey | undefined;
  readonly #storedKeys: StoredDataKeys;
  #revision: number | undefined;

  constructor({ masterKey, stored, random, clock }: Options) {
    this.#master = new AeadKey(masterKey);
    this.#random = random;
    this.#clock = clock;
    this.#storedKeys = stored;
    this.#catchUp();
  }

  #catchUp(): void {
    const { revision } = this.#storedKeys;
    if (revision === this.#revision) return;
    for (const dataKey of this.#storedKeys.all()) this.add(dataKey);
    this.#revision = revision;
  }

  newDataKey(): DataKey {
    const DataKeyId = Buffer.from(this.#random(idBytes)).toString('hex');
    const CreateDate = this.#clock();
    const key = this.#random(keyBytes);
    const SealedKey = this.#master.seal(key, keyPurpose(DataKeyId), this.#random(nonceBytes)).toString('base64url');
    const opened = this.#insert({ DataKeyId, CreateDate, SealedKey }, key);
    if (this.#stored.size === 0) this.#newest = opened;
    return { DataKeyId, CreateDate, SealedKey };
  }

  add(dataKey: DataKey): void {
    const { DataKeyId, SessionsEndedAt } = dataKey;
    const opened = this.#keys.get(DataKeyId) ?? this.#open(dataKey);
    if (SessionsEndedAt !== undefined) opened.hasSessions = false;
    if (this.#stored.has(DataKeyId)) return;
    if (this.#stored.size === 0 || !this.#newest || isNewer(opened, this.#newest)) this.#newest = opened;
    this.#stored.add(DataKeyId);
    this.#order();
  }

  /** Each stored key is succeeded by the one that was made next. */
  #order(): void {
    const keys = [...this.#stored].map((id) => this.#keys.get(id)!).toSorted((a, b) => (isNewer(a, b) ? 1 : -1));
    for (const [i, key] of keys.entries()) key.succeededAt = keys[i + 1]?.createdAt;
  }

  vouches(keyId: string, issuedAt: Timestamp): boolean {
    this.#catchUp();
    const { hasSessions = false, succeededAt } = this.#keys.get(keyId) ?? {};
    return hasSessions && (succeededAt === undefined || (issuedAt <= succeededAt + skewMs && this.#clock() < succeededAt + skewMs + sessionMsMax));
  }

  seal(secret: string, place: SealPlace): string {
    return this.sealBytes(Buffer.from(secret), placePurpose(place)).toString('base64url');
  }

  open(sealed: string, place: SealPlace): string {
    const bytes = Buffer.from(sealed, 'base64url');
    // The decoder reads over what is not base64url, so that several texts would stand for one value.
    const secret = bytes.toString('base64url') === sealed ? this.openBytes(bytes, placePurpose(place)) : undefined;
    if (secret === undefined) throw new SealBroken(`the ${place.field} of ${place.table} ${place.key} of account ${place.account} does not open`);
    return secret.toString();
  }

  sealBytes(plaintext: Uint8Array, purpose: string): Buffer {
    this.#catchUp();
    // INVARIANT: an account is made together with its first data key.
    if (!this.#newest) throw new Error('there is no data key to seal with');
    return Buffer.concat([this.#newest.idBytes, this.#newest.key.seal(plaintext, Buffer.from(purpose), this.#random(nonceBytes))]);
  }

  openBytes(sealed: Uint8Array, purpose: string): Buffer | undefined {
    const id = keyIdOf(sealed);
    if (!this.#keys.has(id)) this.#catchUp();
    const found = this.#keys.get(id);
    return found?.key.open(sealed.subarray(idBytes), Buffer.from(purpose));
  }

  #open(dataKey: DataKey): OpenKey {
    const key = this.#master.open(Buffer.from(dataKey.SealedKey, 'base64url'), keyPurpose(dataKey.DataKeyId));
    if (key === undefined) throw new MasterKeyWrong(`the master key does not open data key ${dataKey.DataKeyId}: it is not the one that this journal was written with`);
    return this.#insert(dataKey, key);
  }

  #insert({ DataKeyId, CreateDate }: DataKey, key: Uint8Array): OpenKey {
    const opened: OpenKey = { id: DataKeyId, idBytes: Buffer.from(DataKeyId, 'hex'), createdAt: CreateDate, key: new AeadKey(key), succeededAt: undefined, hasSessions: true };
    this.#keys.set(DataKeyId, opened);
    return opened;
  }
}

/** A data key's id is this many random bytes, in hexadecimal. */
const idBytes = 8;

/** How much longer sealing makes what is sealed. */
export const sealingBytes = idBytes + nonceBytes + tagBytes;

const isNewer = (a: OpenKey, b: OpenKey): boolean => a.createdAt > b.createdAt || (a.createdAt === b.createdAt && a.id > b.id);

// JSON keeps the parts apart: no two places have the same purpose, and none has that of a session token.
const keyPurpose = (id: string): Buffer => Buffer.from(JSON.stringify(['data key', id]));
const placePurpose = ({ account, table, key, field }: SealPlace): string => JSON.stringify([account, table, key, field]);
