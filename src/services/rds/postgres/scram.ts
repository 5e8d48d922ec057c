/** SCRAM-SHA-256, as PostgreSQL speaks it: the client's side, and what a server keeps of a password. Source: RFC 5802; RFC 7677; PostgreSQL documentation, "SASL Authentication". */
import { createHmac, hash, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

export const scramMechanism = 'SCRAM-SHA-256';

/** A server that asks for more would only keep us busy. */
const iterationsMax = 1_000_000;
/** PostgreSQL's own number. */
const iterations = 4_096;

const derive = promisify(pbkdf2);
const hmac = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** One exchange. Passwords here are ours, of ASCII: SASLprep leaves them as they are. */
export class ScramClient {
  readonly #password: string;
  readonly #nonce: string;
  #serverSignature: Buffer | undefined;

  /** `nonce`: random, of printable characters without a comma. */
  constructor(password: string, nonce: string) {
    this.#password = password;
    this.#nonce = nonce;
  }

  /** `n,,`: without channel binding. */
  first(): string {
    return `n,,${this.#firstBare}`;
  }

  /** Answers the server's first message. Throws where that is not one that answers ours. */
  async final(serverFirst: string): Promise<string> {
    const [, nonce = '', salt = '', count = ''] = /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=(\d{1,7})$/.exec(serverFirst) ?? [];
    const rounds = Number(count);
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce || rounds < 1 || rounds > iterationsMax) throw new Error('the server does not answer as SCRAM-SHA-256 asks');
    const salted = await derive(this.#password, Buffer.from(salt, 'base64'), rounds, 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const withoutProof = `c=biws,r=${nonce}`;
    const authMessage = `${this.#firstBare},${serverFirst},${withoutProof}`;
    const clientSignature = hmac(hash('sha256', clientKey, 'buffer'), authMessage);
    this.#serverSignature = hmac(hmac(salted, 'Server Key'), authMessage);
    const proof = Buffer.from(clientKey.map((byte, i) => byte ^ clientSignature[i]!));
    return `${withoutProof},p=${proof.toString('base64')}`;
  }

  /** Whether the server knows the password, too. */
  isServerProven(serverFinal: string): boolean {
    const given = Buffer.from(/^v=([A-Za-z0-9+/=]+)$/.exec(serverFinal)?.[1] ?? '', 'base64');
    return this.#serverSignature !== undefined && given.length === this.#serverSignature.length && timingSafeEqual(given, this.#serverSignature);
  }

  get #firstBare(): string {
    return `n=,r=${this.#nonce}`;
  }
}

/** What a server keeps of a password, in PostgreSQL's own form: the password itself is never sent. */
export async function scramVerifier(password: string, salt: Uint8Array): Promise<string> {
  const salted = await derive(password, salt, iterations, 32, 'sha256');
  const storedKey = hash('sha256', hmac(salted, 'Client Key'), 'base64');
  return `SCRAM-SHA-256$${iterations}:${Buffer.from(salt).toString('base64')}$${storedKey}:${hmac(salted, 'Server Key').toString('base64')}`;
}
