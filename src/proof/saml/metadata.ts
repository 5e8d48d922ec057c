/** SAML metadata of an identity provider: read strictly, so that what an administrator uploads is known to be usable. Source: "Metadata for the OASIS Security Assertion Markup Language (SAML) V2.0". */
import { X509Certificate } from 'node:crypto';
import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';
import type { Timestamp } from '../../base/clock.ts';

/** What of the metadata matters to whoever verifies an assertion. */
export interface SamlMetadata {
  readonly entityId: string;
  /** The certificates whose keys sign, DER in base64, in the order of the document; at least one. */
  readonly signingCertificates: readonly string[];
  /** Where the metadata says how long it holds. */
  readonly validUntil: Timestamp | undefined;
}

/** Metadata that cannot be used, and why. */
export class SamlMetadataError extends Error {
  override readonly name = 'SamlMetadataError';
}

const metadataNamespace = 'urn:oasis:names:tc:SAML:2.0:metadata';
const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** Elements within elements; real metadata has about ten. */
const depthMax = 64;

/** Reads the metadata of one identity provider. Throws SamlMetadataError. */
export function readSamlMetadata(text: string): SamlMetadata {
  const reader = new MetadataReader();
  const parser = new SaxesParser({ xmlns: true });
  // A document type could define entities, of which a few lines stand for gigabytes.
  parser.on('doctype', () => { throw new SamlMetadataError('a document type is not allowed'); });
  parser.on('error', (error) => { throw new SamlMetadataError(error.message); });
  parser.on('opentag', (tag) => reader.open(tag));
  parser.on('text', (chars) => reader.text(chars));
  parser.on('closetag', () => reader.close());
  parser.write(text).close();
  return reader.metadata();
}

class MetadataReader {
  /** The names of the open elements; those of other namespaces are empty. */
  readonly #path: string[] = [];
  #entityId: string | undefined;
  #validUntil: Timestamp | undefined;
  #isForSigning = false;
  #certificate: string | undefined;
  readonly #certificates: string[] = [];

  open(tag: SaxesTagNS): void {
    const name = tag.uri === metadataNamespace || tag.uri === signatureNamespace ? tag.local : '';
    if (this.#path.length >= depthMax) throw new SamlMetadataError('its elements are nested too deep');
    this.#path.push(name);
    if (this.#path.length === 1) this.#openRoot(tag, name);
    else if (this.#isAt('EntityDescriptor/IDPSSODescriptor/KeyDescriptor')) this.#isForSigning = (attribute(tag, 'use') ?? 'signing') === 'signing';
    else if (this.#isCertificate()) this.#certificate = '';
  }

  text(chars: string): void {
    if (this.#certificate !== undefined) this.#certificate += chars;
  }

  close(): void {
    if (this.#certificate !== undefined && this.#isCertificate()) {
      this.#certificates.push(readCertificate(this.#certificate));
      this.#certificate = undefined;
    }
    this.#path.pop();
  }

  metadata(): SamlMetadata {
    if (this.#certificates.length === 0) throw new SamlMetadataError('it has no IDPSSODescriptor with a certificate for signing');
    // INVARIANT: a document without a root that fits was refused when it was opened.
    return { entityId: this.#entityId!, signingCertificates: this.#certificates, validUntil: this.#validUntil };
  }

  #openRoot(tag: SaxesTagNS, name: string): void {
    if (name !== 'EntityDescriptor' || tag.uri !== metadataNamespace) throw new SamlMetadataError('its root is not an EntityDescriptor');
    this.#entityId = attribute(tag, 'entityID');
    if (!this.#entityId) throw new SamlMetadataError('its EntityDescriptor has no entityID');
    const until = attribute(tag, 'validUntil');
    if (until === undefined) return;
    this.#validUntil = Date.parse(until);
    if (Number.isNaN(this.#validUntil)) throw new SamlMetadataError('its validUntil is no time');
  }

  #isAt(path: string): boolean {
    return this.#path.join('/') === path;
  }

  #isCertificate(): boolean {
    return this.#isForSigning && this.#isAt('EntityDescriptor/IDPSSODescriptor/KeyDescriptor/KeyInfo/X509Data/X509Certificate');
  }
}

/** An attribute without a prefix. */
const attribute = (tag: SaxesTagNS, name: string): string | undefined => tag.attributes[name]?.value;

function readCertificate(text: string): string {
  const base64 = text.replaceAll(/\s+/g, '');
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).raw.toString('base64');
  } catch (cause) {
    throw new SamlMetadataError('a certificate of it cannot be read', { cause });
  }
}
