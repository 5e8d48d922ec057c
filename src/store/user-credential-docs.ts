/** The documents of what users and accounts prove themselves with besides access keys: SSH keys, certificates, passwords for single services. */
import type { Timestamp } from '../base/clock.ts';
import type { TagDoc } from './tables.ts';

export interface SshPublicKeyDoc {
  readonly SSHPublicKeyId: string;
  /** The user's unique id. */
  readonly PrincipalId: string;
  readonly Status: 'Active' | 'Inactive';
  readonly UploadDate: Timestamp;
  /** MD5 of the key as SSH sends it, in pairs of digits with colons between. */
  readonly Fingerprint: string;
  /** The key on one line, in OpenSSH's form. */
  readonly PublicKey: string;
}

export interface SigningCertificateDoc {
  readonly CertificateId: string;
  /** The owner's unique id; of a certificate of root, the account id. */
  readonly PrincipalId: string;
  readonly Status: 'Active' | 'Inactive';
  readonly UploadDate: Timestamp;
  /** The text as it was uploaded. */
  readonly CertificateBody: string;
  /** SHA-256 of the certificate. */
  readonly Fingerprint: string;
}

export interface ServerCertificateDoc {
  readonly ServerCertificateId: string;
  readonly ServerCertificateName: string;
  readonly Path: string;
  readonly UploadDate: Timestamp;
  readonly Expiration: Timestamp;
  readonly CertificateBody: string;
  readonly CertificateChain?: string | undefined;
  /** Sealed. */
  readonly PrivateKey: string;
  readonly Tags?: readonly TagDoc[] | undefined;
}

export interface ServiceSpecificCredentialDoc {
  readonly ServiceSpecificCredentialId: string;
  /** The user's unique id. */
  readonly PrincipalId: string;
  readonly ServiceName: string;
  readonly Status: 'Active' | 'Inactive';
  readonly CreateDate: Timestamp;
  readonly ExpirationDate?: Timestamp | undefined;
  /** ServiceUserName or ServiceCredentialAlias, as the service has it: what the secret is presented with. */
  readonly PublicName: string;
  /** SHA-256 of the secret. It is of 44 random bytes, which no guessing reaches, so that a slow hash would only slow the rightful user. */
  readonly SecretHash: string;
}
