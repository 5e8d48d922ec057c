/** The key by which a Gatehouse vouches for its instances, one for all of them, and its certificate: made when the first is asked to show who it is. Source: "Instance identity documents" (EC2 User Guide). */
import { createPrivateKey, createPublicKey, generateKeyPair, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../base/clock.ts';
import { encodeUnsigned } from '../base/der.ts';
import { encodeName } from '../base/distinguished-name.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { Seal } from '../base/seal.ts';
import { issueCertificate, newSerialNumber, toPem } from '../credentials/authority/issue.ts';
import { signedData } from '../credentials/authority/signed-data.ts';
import { identityKeyId } from '../store/instance-docs.ts';
import type { IdentityKeyDoc } from '../store/instance-docs.ts';
import type { Store } from '../store/store.ts';

export interface InstanceIdentityParts { readonly store: Store; readonly seal: Seal; readonly random: RandomBytes; readonly clock: Clock }

/** What proves a document, in the two forms of AWS's: base64 in lines of 64. */
export interface DocumentProof {
  /** By RSA and SHA-256, of the document as it stands. */
  readonly signature: string;
  /** PKCS #7 with the document in it. */
  readonly pkcs7: string;
}

const place = { account: 'partition', table: 'identityKeys', key: identityKeyId, field: 'PrivateKey' };
const subject = [{ type: 'O', value: 'Gatehouse' }, { type: 'CN', value: 'Instance identity' }];
/** Certificates of AWS's last for decades too: a document is verified long after it was signed. */
const certificateMs = 20 * 365 * 86_400_000;

export class InstanceIdentity {
  readonly #parts: InstanceIdentityParts;
  #making: Promise<IdentityKeyDoc> | undefined;
  readonly #keys = new WeakMap<IdentityKeyDoc, KeyObject>();

  constructor(parts: InstanceIdentityParts) {
    this.#parts = parts;
  }

  /** The certificate, in PEM. */
  async certificate(): Promise<string> {
    return (await this.#doc()).Certificate;
  }

  async prove(document: string): Promise<DocumentProof> {
    const doc = await this.#doc();
    const bytes = Buffer.from(document);
    const signature = sign('sha256', bytes, this.#key(doc));
    return { signature: inLines(signature), pkcs7: inLines(signedData(bytes, signature, { issuer: encodeName(subject), serialNumber: encodeUnsigned(Buffer.from(doc.SerialNumber, 'hex')) })) };
  }

  async #doc(): Promise<IdentityKeyDoc> {
    const found = this.#parts.store.partition.identityKeys.find(identityKeyId);
    if (found) return found;
    return (this.#making ??= this.#make().finally(() => (this.#making = undefined)));
  }

  /** Of several processes that make one at once, all take that of the first. */
  async #make(): Promise<IdentityKeyDoc> {
    const { store, seal, random, clock } = this.#parts;
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const now = clock();
    const serialNumber = newSerialNumber(random);
    const certificate = issueCertificate({ subject, publicKey: createPublicKey(privateKey), serialNumber, notBefore: now, notAfter: now + certificateMs, profile: { kind: 'endEntity' } }, { name: subject, key: privateKey });
    const made: IdentityKeyDoc = {
      KeyId: identityKeyId, CreateDate: now, SerialNumber: Buffer.from(serialNumber).toString('hex'), Certificate: toPem('CERTIFICATE', certificate),
      PrivateKey: seal.seal(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), place),
    };
    // It is nobody's: it is put down to the account that the Gatehouse began with.
    const [account] = store.partition.accounts.all();
    const { value } = await store.write(account!.AccountId, { by: 'gatehouse', requestId: 'instance-identity', action: 'gatehouse:MakeIdentityKey' }, ({ partition }) => {
      const first = partition.identityKeys.find(identityKeyId);
      if (!first) partition.identityKeys.insert(made);
      return first ?? made;
    });
    return value;
  }

  #key(doc: IdentityKeyDoc): KeyObject {
    let key = this.#keys.get(doc);
    if (!key) this.#keys.set(doc, (key = createPrivateKey(this.#parts.seal.open(doc.PrivateKey, place))));
    return key;
  }
}

const inLines = (bytes: Uint8Array): string => (Buffer.from(bytes).toString('base64').match(/.{1,64}/g) ?? []).join('\n');
