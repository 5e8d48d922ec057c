/** A virtual MFA device: what it shows codes from, and whose it is. */
import type { Timestamp } from '../base/clock.ts';

export interface MfaDeviceDoc {
  /** Its ARN. */
  readonly SerialNumber: string;
  /** Random, so that the codes of a device that is made again under its name are others' codes. */
  readonly DeviceId: string;
  readonly CreateDate: Timestamp;
  /** Base64url of the seed, sealed. */
  readonly Seed: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  /** Whose codes count as its codes. */
  readonly Owner?: MfaDeviceOwner | undefined;
}

export interface MfaDeviceOwner {
  /** A user's unique id; the account id for root. */
  readonly PrincipalId: string;
  readonly EnableDate: Timestamp;
  /** How many steps its clock is ahead of ours, found when it was enabled or synchronized. */
  readonly DriftSteps: number;
}
