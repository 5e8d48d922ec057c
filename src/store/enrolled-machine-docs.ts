/** Machines that enrolled with a code that was good once, or are to, and what issues their certificates. */
import type { Timestamp } from '../base/clock.ts';

/** What issues certificates for the machines of a region: a trust anchor of Roles Anywhere whose key is here. */
export interface MachineAuthorityDoc {
  readonly Region: string;
  readonly TrustAnchorId: string;
  readonly Certificate: string;
  /** Sealed. */
  readonly PrivateKey: string;
}

export interface EnrolledMachineDoc {
  readonly MachineName: string;
  readonly Region: string;
  /** The one profile and the one role that it has. */
  readonly ProfileArn: string;
  readonly RoleArn: string;
  readonly CreateDate: Timestamp;
  /** The code that it enrols with; what it is, only its SHA-256 says, in hexadecimal. */
  readonly Invitation: { readonly CodeId: string; readonly CodeHash: string; readonly ExpireDate: Timestamp };
  /** Absent until the code was used. */
  readonly Enrollment?: { /** The SHA-256 of its certificate, in hexadecimal. */ readonly Fingerprint: string; readonly EnrollDate: Timestamp } | undefined;
}
