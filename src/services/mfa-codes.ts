/** Codes of MFA devices: each is good once, whichever process it is shown to, and none is to be found by trying. */
import type { Timestamp } from '../base/clock.ts';
import type { Seal } from '../base/seal.ts';
import { findSecondStep, findStep, stepAt, stepMs } from '../proof/totp.ts';
import type { CodeDeviceDoc } from '../store/mfa-device-doc.ts';
import type { GuardStore } from '../store/store.ts';

/** What is needed to check a code: an operation's context has it. */
export interface CodeCheck { readonly account: string; readonly now: Timestamp; readonly seal: Seal; readonly guard: GuardStore }

/** Steps that a code may be early or late: a delay on the way, and a person who types. Source: RFC 6238, section 5.2. */
const reachSteps = 1;
/** Steps that a device's clock may be wrong when it is enabled or synchronized: ten minutes. GUESS: how far AWS looks. Source: RFC 6238, section 6. */
const synchronizingReachSteps = 20;
/** A code that was used is remembered until no check can find it any more. */
const rememberedMs = 2 * (synchronizingReachSteps + 1) * stepMs;

/** How many codes of one device are looked at within the window. Who tries all day long, guesses right once in a year. */
export const attemptsMax = 10;
const attemptsWindowMs = 15 * 60_000;

/** Where a device's seed is sealed to. */
export const seedPlace = (account: string, SerialNumber: string) => ({ account, table: 'mfaDevices', key: SerialNumber, field: 'Seed' });

/** Whether the code is the device's now and was not used before. It is used then. */
export async function spendCode(device: CodeDeviceDoc, code: string, check: CodeCheck): Promise<boolean> {
  if ((await check.guard.count(`mfa/${device.DeviceId}`, attemptsWindowMs)) > attemptsMax) return false;
  const step = findStep(code, seedOf(device, check), stepAt(check.now) + (device.Owner?.DriftSteps ?? 0), reachSteps);
  return step !== undefined && consume(device, step, check);
}

/** How many steps the device's clock is ahead, told by two codes that follow one another and were not used before; undefined where they do not. They are used then. */
export async function spendTwoCodes(device: CodeDeviceDoc, first: string, second: string, check: CodeCheck): Promise<number | undefined> {
  const now = stepAt(check.now);
  const step = findSecondStep(first, second, seedOf(device, check), now, synchronizingReachSteps);
  if (step === undefined || !(await consume(device, step - 1, check)) || !(await consume(device, step, check))) return undefined;
  return step - now;
}

function seedOf({ Seed, SerialNumber }: CodeDeviceDoc, { account, seal }: CodeCheck): Buffer {
  return Buffer.from(seal.open(Seed, seedPlace(account, SerialNumber)), 'base64url');
}

const consume = ({ DeviceId }: CodeDeviceDoc, step: number, { guard, now }: CodeCheck): Promise<boolean> => guard.consume(`mfa/${DeviceId}/${step}`, now + rememberedMs);
