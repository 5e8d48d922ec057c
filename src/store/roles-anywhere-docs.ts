/** What IAM Roles Anywhere keeps: whom it trusts, which roles it hands out and how, what was revoked, and who came. */
import type { Timestamp } from '../base/clock.ts';
import type { CertificateField } from '../base/certificate-fields.ts';
import type { TagDoc } from './tables.ts';

/** When somebody wants to hear that a certificate ends. */
export interface NotificationDoc { readonly Event: 'CA_CERTIFICATE_EXPIRY' | 'END_ENTITY_CERTIFICATE_EXPIRY'; readonly Enabled: boolean; readonly ThresholdDays?: number | undefined }

export interface TrustAnchorDoc {
  /** A UUID, which never returns; of all four kinds. */
  readonly TrustAnchorId: string;
  readonly Region: string;
  readonly Name: string;
  /** The authorities' certificates in PEM, as they were given. */
  readonly Certificates: string;
  readonly Enabled: boolean;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  /** Those that the account has set; the others are the service's. */
  readonly Notifications?: readonly NotificationDoc[] | undefined;
  readonly Tags?: readonly TagDoc[] | undefined;
}

/** Which data of a field of certificates become session tags. */
export interface AttributeMappingDoc { readonly Field: CertificateField; readonly Specifiers: readonly string[] }

export interface RolesAnywhereProfileDoc {
  readonly ProfileId: string;
  readonly Region: string;
  readonly Name: string;
  readonly RoleArns: readonly string[];
  readonly SessionPolicy?: string | undefined;
  readonly ManagedPolicyArns?: readonly string[] | undefined;
  /** Seconds. */
  readonly Duration: number;
  readonly AcceptRoleSessionName: boolean;
  readonly RequireInstanceProperties: boolean;
  /** All of them; a field without an entry gives no tags. */
  readonly AttributeMappings: readonly AttributeMappingDoc[];
  readonly Enabled: boolean;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  readonly Tags?: readonly TagDoc[] | undefined;
}

export interface RevocationListDoc {
  readonly CrlId: string;
  readonly Region: string;
  readonly Name: string;
  readonly TrustAnchorId: string;
  /** In PEM, as it was given. */
  readonly List: string;
  readonly Enabled: boolean;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  readonly Tags?: readonly TagDoc[] | undefined;
}

/** A certificate that was shown; when last, the marks of uses say (see certificateUse). */
export interface SeenCertificateDoc { readonly SerialNumber: string; readonly Issuer: string; /** In PEM. */ readonly Certificate: string }

/** Whoever has shown certificates of one subject and was given a session. */
export interface CertificateSubjectDoc {
  readonly SubjectId: string;
  readonly Region: string;
  /** The distinguished name. */
  readonly Subject: string;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  /** The newest first. */
  readonly Certificates: readonly SeenCertificateDoc[];
  /** What it last said of the machine that it is. */
  readonly InstanceProperties?: { readonly SeenDate: Timestamp; readonly Properties: Readonly<Record<string, string>> } | undefined;
  readonly Tags?: readonly TagDoc[] | undefined;
}

/** What the use of a subject, and of a certificate of it, is marked as. */
export const subjectUse = (subjectId: string): string => `subject:${subjectId}`;
export const certificateUse = (subjectId: string, serialNumber: string): string => `subject:${subjectId}:${serialNumber}`;
