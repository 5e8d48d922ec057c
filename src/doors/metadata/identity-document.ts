/** The instance identity document, by what an instance shows which one it is. Source: "Instance identity documents" (EC2 User Guide). */
import { isoSeconds } from '../../base/clock.ts';
import type { DocumentProof } from '../../services/instance-identity.ts';
import type { InstanceFacts } from './facts.ts';
import type { MetadataParts } from './parts.ts';
import { text, value } from './tree.ts';
import type { Entry } from './tree.ts';

/** What `dynamic/instance-identity/` holds of one instance; what was signed once is not signed again. */
export class IdentityProofs {
  readonly #parts: Pick<MetadataParts, 'instanceIdentity'>;
  #proven: { readonly document: string; readonly proof: Promise<DocumentProof> } | undefined;

  constructor(parts: Pick<MetadataParts, 'instanceIdentity'>) {
    this.#parts = parts;
  }

  /** AWS signs `pkcs7` by DSA and `rsa2048` by RSA; here both are by RSA, and nothing is `dsa2048`. */
  entries(facts: InstanceFacts): Readonly<Record<string, Entry | undefined>> {
    const document = identityDocument(facts);
    const pkcs7 = value(async () => (await this.#proof(document)).pkcs7);
    return { document: text(document), pkcs7, rsa2048: pkcs7, signature: value(async () => (await this.#proof(document)).signature) };
  }

  #proof(document: string): Promise<DocumentProof> {
    if (this.#proven?.document === document) return this.#proven.proof;
    const proof = this.#parts.instanceIdentity().then((identity) => identity.prove(document));
    const proven = { document, proof };
    this.#proven = proven;
    // What went wrong is asked for again.
    proof.catch(() => {
      if (this.#proven === proven) this.#proven = undefined;
    });
    return proof;
  }
}

/** The text, as it is signed: members in order, null where there is nothing. */
export function identityDocument({ account, instance }: InstanceFacts): string {
  return JSON.stringify({
    accountId: account,
    architecture: 'x86_64',
    availabilityZone: instance.AvailabilityZone,
    billingProducts: null,
    devpayProductCodes: null,
    marketplaceProductCodes: null,
    imageId: instance.ImageId,
    instanceId: instance.InstanceId,
    instanceType: instance.InstanceType,
    kernelId: null,
    pendingTime: isoSeconds(instance.LaunchTime),
    privateIp: instance.PrivateIpAddress,
    ramdiskId: null,
    region: instance.Region,
    version: '2017-09-30',
  }, null, 2);
}
