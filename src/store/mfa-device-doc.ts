/** MFA devices: virtual ones and hardware tokens, which show codes, and passkeys, which sign; and whose each of them is. */
import type { Timestamp } from '../base/clock.ts';

interface AnyDeviceDoc {
  /** Of a virtual device and of a passkey its ARN, of a hardware token what is printed on it. */
  readonly SerialNumber: string;
  /** Random, so that the codes of a device that is made again under its name are others' codes. */
  readonly DeviceId: string;
  readonly CreateDate: Timestamp;
}

/** Whose a device is. */
export interface MfaDeviceOwner {
  /** A user's unique id; the account id for root. */
  readonly PrincipalId: string;
  readonly EnableDate: Timestamp;
}

export interface CodeDeviceOwner extends MfaDeviceOwner {
  /** How many steps the device's clock is ahead of ours, found when it was enabled or synchronized. */
  readonly DriftSteps: number;
}

interface AnyCodeDeviceDoc extends AnyDeviceDoc {
  /** Base64url of the seed, sealed. */
  readonly Seed: string;
  /** Whose codes count as its codes. */
  readonly Owner?: CodeDeviceOwner | undefined;
}

/** A virtual device, made by its account. It has no `Kind`. */
export interface VirtualDeviceDoc extends AnyCodeDeviceDoc {
  readonly Kind?: undefined;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
}

/** A hardware token, whose seed its maker told and an operator imported. */
export interface HardwareTokenDoc extends AnyCodeDeviceDoc { readonly Kind: 'hardware' }

/** A passkey or security key. It is somebody's for as long as it is there. Source: W3C Web Authentication, section 4, "credential record". */
export interface PasskeyDoc extends AnyDeviceDoc {
  readonly Kind: 'passkey';
  /** Base64url. */
  readonly CredentialId: string;
  /** Base64url of the key in COSE's form. Not secret. */
  readonly PublicKey: string;
  /** The last count of signatures that the authenticator told; 0 for one that does not count. */
  readonly SignCount: number;
  /** Which model of authenticator it is, as a UUID; all zeros for one that does not say. */
  readonly Aaguid: string;
  /** How a browser reaches it: `usb`, `internal`, `hybrid`, … */
  readonly Transports: readonly string[];
  readonly Owner: MfaDeviceOwner;
}

/** What shows codes of six digits. */
export type CodeDeviceDoc = VirtualDeviceDoc | HardwareTokenDoc;
export type MfaDeviceDoc = CodeDeviceDoc | PasskeyDoc;

export const isPasskey = (device: MfaDeviceDoc): device is PasskeyDoc => device.Kind === 'passkey';
export const isVirtual = (device: MfaDeviceDoc): device is VirtualDeviceDoc => device.Kind === undefined;
export const showsCodes = (device: MfaDeviceDoc): device is CodeDeviceDoc => !isPasskey(device);
