/** Codes that change with time, as MFA devices show them. Source: RFC 6238 (TOTP), with RFC 4226 section 5.3 (the six digits). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Timestamp } from '../base/clock.ts';

/** A code is shown for so long. */
export const stepMs = 30_000;
const digits = 6;

/** The step that a moment lies in. */
export const stepAt = (at: Timestamp): number => Math.floor(at / stepMs);

/** The code that a device with this seed shows during the step. */
export function totpCode(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', seed).update(counter).digest();
  const truncated = mac.readUInt32BE(mac[19]! & 0xf) & 0x7fff_ffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** The step nearest to `around`, at most `reach` steps from it, whose code this is; undefined where there is none. */
export function findStep(code: string, seed: Uint8Array, around: number, reach: number): number | undefined {
  return stepsAround(around, reach).find((step) => isCode(code, seed, step));
}

/** The same for two codes that follow one another: the step of the second. */
export function findSecondStep(first: string, second: string, seed: Uint8Array, around: number, reach: number): number | undefined {
  return stepsAround(around, reach).find((step) => isCode(second, seed, step) && isCode(first, seed, step - 1));
}

function isCode(code: string, seed: Uint8Array, step: number): boolean {
  const expected = Buffer.from(totpCode(seed, step));
  const given = Buffer.from(code);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function stepsAround(around: number, reach: number): readonly number[] {
  const steps = [around];
  for (let distance = 1; distance <= reach; distance++) steps.push(around - distance, around + distance);
  return steps;
}
