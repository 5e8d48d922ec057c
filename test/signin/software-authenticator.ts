/** An authenticator in software: makes keys, signs with them and counts, and puts it all into the forms that browsers hand on. Source: W3C Web Authentication, section 6.1; RFC 8949 (CBOR); RFC 9052 (COSE). */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

interface CreationOptions { readonly challenge: string; readonly rp: { readonly id: string }; readonly excludeCredentials?: readonly { readonly id: string }[] }
interface RequestOptions { readonly challenge: string; readonly rpId: string; readonly allowCredentials?: readonly { readonly id: string }[] }
interface Credential { readonly id: Buffer; readonly rpId: string; readonly privateKey: KeyObject }

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

/** As much of CBOR as an authenticator writes: whole numbers, texts, byte strings, maps. */
function cbor(value: number | string | Buffer | ReadonlyMap<number | string, unknown>): Buffer {
  const head = (major: number, n: number): Buffer => (n < 24 ? Buffer.of((major << 5) | n) : n < 256 ? Buffer.of((major << 5) | 24, n) : Buffer.of((major << 5) | 25, n >> 8, n & 255));
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item as number)])]);
}

const flags = { userPresent: 1, userVerified: 4, attestedData: 64 } as const;

export class SoftwareAuthenticator {
  readonly credentials: Credential[] = [];
  counter = 0;
  /** Where the page is that uses it. */
  origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** `navigator.credentials.create(…).toJSON()` */
  create({ challenge, rp }: CreationOptions): object {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const id = sha256(`credential ${this.credentials.length} ${x}`);
    this.credentials.push({ id, rpId: rp.id, privateKey });
    const cose = cbor(new Map<number, number | Buffer>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]));
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(id.length >> 8, id.length & 255), id, cose]);
    const authData = Buffer.concat([this.#data(rp.id, flags.userPresent | flags.userVerified | flags.attestedData), attested]);
    return this.#response(id, { clientDataJSON: this.#clientData('webauthn.create', challenge), attestationObject: cbor(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]])).toString('base64url'), transports: ['internal'] });
  }

  /** `navigator.credentials.get(…).toJSON()`; counts one more signature. */
  get({ challenge, rpId, allowCredentials = [] }: RequestOptions): object {
    const credential = this.credentials.find(({ id, rpId: own }) => own === rpId && allowCredentials.some((allowed) => allowed.id === id.toString('base64url')));
    if (!credential) throw new Error('the authenticator has no key for this site');
    this.counter++;
    const authData = this.#data(rpId, flags.userPresent | flags.userVerified);
    const clientDataJSON = this.#clientData('webauthn.get', challenge);
    const signature = sign('sha256', Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]), credential.privateKey);
    return this.#response(credential.id, { clientDataJSON, authenticatorData: authData.toString('base64url'), signature: signature.toString('base64url') });
  }

  #data(rpId: string, bits: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.of(bits), count]);
  }

  #clientData(type: string, challenge: string): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false })).toString('base64url');
  }

  #response(id: Buffer, response: object): object {
    return { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {}, response };
  }
}
