/** Passwords: hashed with argon2id and compared in constant time. Source: RFC 9106, section 4 (second recommended option). */
import { argon2Sync, timingSafeEqual } from 'node:crypto';

/** 64 MiB, three passes, four lanes. */
const cost = { memory: 65_536, passes: 3, parallelism: 4, tagLength: 32 } as const;

export const passwordSaltBytes = 16;

const argon2id = (password: string, salt: Uint8Array, { memory, passes, parallelism, tagLength }: { memory: number; passes: number; parallelism: number; tagLength: number }): Buffer =>
  argon2Sync('argon2id', { message: Buffer.from(password.normalize('NFC')), nonce: salt, memory, passes, parallelism, tagLength });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The hash in the PHC string format, which names its own cost. `salt` is `passwordSaltBytes` of randomness. */
export function hashPassword(password: string, salt: Uint8Array): string {
  const tag = argon2id(password, salt, cost);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(tag)}`;
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{1,64})\$([A-Za-z0-9+/]{1,128})$/;

/** Whether `password` is the one that was hashed. A hash that cannot be read matches nothing. */
export function isPassword(password: string, hash: string): boolean {
  const parts = phc.exec(hash);
  if (!parts) return false;
  const [, memory, passes, parallelism, salt, tag] = parts;
  const expected = Buffer.from(tag!, 'base64');
  const actual = argon2id(password, Buffer.from(salt!, 'base64'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: expected.length });
  return timingSafeEqual(actual, expected);
}
