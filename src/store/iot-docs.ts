/** What AWS IoT keeps of devices: things, the certificates that they show, what those may do, and the roles that they are given. */
import type { Timestamp } from '../base/clock.ts';
import type { TagDoc } from './tables.ts';

export interface ThingDoc {
  /** A UUID, which never returns. */
  readonly ThingId: string;
  readonly Region: string;
  readonly ThingName: string;
  readonly ThingTypeName?: string | undefined;
  readonly Attributes: Readonly<Record<string, string>>;
  /** One more with each change. */
  readonly Version: number;
}

export interface ThingTypeDoc {
  readonly ThingTypeId: string;
  readonly Region: string;
  readonly ThingTypeName: string;
  readonly Description?: string | undefined;
  readonly SearchableAttributes?: readonly string[] | undefined;
  readonly CreateDate: Timestamp;
  /** No thing is given it from then on. */
  readonly DeprecationDate?: Timestamp | undefined;
  readonly Tags?: readonly TagDoc[] | undefined;
}

export interface DeviceCertificateDoc {
  /** SHA-256 of the certificate, in hexadecimal. */
  readonly CertificateId: string;
  readonly Region: string;
  readonly Certificate: string;
  readonly Status: 'ACTIVE' | 'INACTIVE' | 'REVOKED';
  /** The registered authority that signed it, if any. */
  readonly CaCertificateId?: string | undefined;
  readonly Mode: 'DEFAULT' | 'SNI_ONLY';
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  readonly Version: number;
}

export interface CaCertificateDoc {
  readonly CertificateId: string;
  readonly Region: string;
  readonly Certificate: string;
  /** The subject's name in DER and hexadecimal, by which certificates name it. */
  readonly SubjectName: string;
  readonly Status: 'ACTIVE' | 'INACTIVE';
  readonly Mode: 'DEFAULT' | 'SNI_ONLY';
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  readonly Version: number;
  readonly Tags?: readonly TagDoc[] | undefined;
}

export interface DevicePolicyDoc {
  readonly PolicyId: string;
  readonly Region: string;
  readonly PolicyName: string;
  readonly DefaultVersionId: string;
  /** Numbers are not used again. */
  readonly LatestVersion: number;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  readonly Tags?: readonly TagDoc[] | undefined;
}

export interface DevicePolicyVersionDoc { readonly PolicyId: string; readonly VersionId: string; readonly Document: string; readonly CreateDate: Timestamp }

export interface DevicePolicyAttachmentDoc { readonly PolicyId: string; readonly CertificateId: string }

export interface ThingPrincipalDoc { readonly ThingId: string; readonly CertificateId: string; /** No other thing may have it. */ readonly IsExclusive: boolean }

export interface RoleAliasDoc {
  readonly RoleAlias: string;
  readonly Region: string;
  readonly RoleArn: string;
  /** Seconds. */
  readonly Duration: number;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  readonly Tags?: readonly TagDoc[] | undefined;
}

/** What issues certificates for devices in a region, and the code by which others prove that an authority is theirs. */
export interface DeviceAuthorityDoc {
  readonly Region: string;
  readonly RegistrationCode?: string | undefined;
  readonly Issuer?: { readonly Certificate: string; /** Sealed. */ readonly PrivateKey: string } | undefined;
}

/** Whose device shows a certificate: one is registered once, by whatever account, in whatever region. It stands in the partition. */
export interface RegisteredCertificateDoc { readonly CertificateId: string; readonly AccountId: string; readonly Region: string }
