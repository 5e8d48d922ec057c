/** The documents of identity providers: who outside the account may prove to it who somebody is. */
import type { Timestamp } from '../base/clock.ts';
import type { TagDoc } from './tables.ts';

export interface OidcProviderDoc {
  /** The issuer without `https://`, which also ends the provider's ARN. */
  readonly Url: string;
  readonly CreateDate: Timestamp;
  /** The audiences whose tokens are accepted. */
  readonly ClientIDList: readonly string[];
  /** SHA-1 of certificates, 40 hexadecimal digits each, in lower case. */
  readonly ThumbprintList: readonly string[];
  readonly Tags?: readonly TagDoc[] | undefined;
}

/** A key that encrypted assertions are opened with; the key itself is sealed. */
export interface SamlPrivateKeyDoc { readonly KeyId: string; readonly Timestamp: Timestamp; readonly PrivateKey: string }

export interface SamlProviderDoc {
  /** It ends the provider's ARN. */
  readonly Name: string;
  readonly SAMLProviderUUID: string;
  readonly CreateDate: Timestamp;
  readonly ValidUntil: Timestamp;
  /** The text as it was uploaded. */
  readonly SAMLMetadataDocument: string;
  readonly AssertionEncryptionMode?: 'Required' | 'Allowed' | undefined;
  readonly PrivateKeys: readonly SamlPrivateKeyDoc[];
  readonly Tags?: readonly TagDoc[] | undefined;
}
