/** Passwords: hashed with argon2id and compared in constant time. Source: RFC 9106, section 4 (second recommended option). */
import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ApiError } from '../base/api-error.ts';
import { Turnstile } from '../base/turnstile.ts';

/** 64 MiB, three passes, four lanes. */
const cost = { memory: 65_536, passes: 3, parallelism: 4 } as const;
const tagBytes = 32;

export const passwordSaltBytes = 16;

/** Hashing takes memory, and a thread of the four that file and DNS work shares: so many at a time, so many in the queue. */
const turnstile = new Turnstile(2, 200);
const tooMany = (): Error => new ApiError('Throttling', 'Rate exceeded');

const derive = promisify(argon2);

function argon2id(password: string, salt: Uint8Array, { memory, passes, parallelism }: { readonly memory: number; readonly passes: number; readonly parallelism: number }, tagLength: number): Promise<Buffer> {
  return turnstile.pass(() => derive('argon2id', { message: Buffer.from(password.normalize('NFC')), nonce: salt, memory, passes, parallelism, tagLength }), tooMany);
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The hash in the PHC string format, which names its own cost. `salt` is `passwordSaltBytes` of randomness. Raises Throttling where too many hashes are waited for. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  const tag = await argon2id(password, salt, cost, tagBytes);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** A hash that costs as much as any to compare with and that no password has: to do the same work where there is no password. */
export const unmatchedHash = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(new Uint8Array(passwordSaltBytes))}$${base64(new Uint8Array(tagBytes))}`;

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{1,64})\$([A-Za-z0-9+/]{1,128})$/;

/** Whether `password` is the one that was hashed. A hash that cannot be read matches nothing. Raises Throttling as hashing does. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const parts = phc.exec(hash);
  if (!parts) return false;
  const [, memory, passes, parallelism, salt, tag] = parts;
  const expected = Buffer.from(tag!, 'base64');
  const actual = await argon2id(password, Buffer.from(salt!, 'base64'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }, expected.length);
  return timingSafeEqual(actual, expected);
}
