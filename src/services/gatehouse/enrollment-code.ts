/** Codes that a machine enrols with: whose account's, which, and a secret of 130 bits. Only the hash of one is kept. */
import { hash, timingSafeEqual } from 'node:crypto';
import { newOpaqueId } from '../../base/ids.ts';
import type { RandomBytes } from '../../base/ids.ts';

const idLength = 12;
/** Characters of base32: nobody guesses it, and a hash of it needs no salt. */
const secretLength = 26;
const form = /^(\d{12})-([A-Z2-7]{12})-[A-Z2-7]{26}$/;

export function newEnrollmentCode(account: string, random: RandomBytes): { readonly codeId: string; readonly code: string } {
  const codeId = newOpaqueId(idLength, random);
  return { codeId, code: `${account}-${codeId}-${newOpaqueId(secretLength, random)}` };
}

/** What a code says of itself; undefined for any other text. */
export function readEnrollmentCode(code: string): { readonly account: string; readonly codeId: string } | undefined {
  const [, account, codeId] = form.exec(code) ?? [];
  return account === undefined || codeId === undefined ? undefined : { account, codeId };
}

export const hashOfCode = (code: string): string => hash('sha256', code);

/** In constant time. */
export const isCodeOf = (codeHash: string, code: string): boolean => timingSafeEqual(Buffer.from(hashOfCode(code), 'hex'), Buffer.from(codeHash, 'hex'));
