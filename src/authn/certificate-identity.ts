/** Who signs with the key of a certificate: proven by the signature, by a chain to an authority that the account trusts, and by none of the lists of what was revoked. */
import { ApiError } from '../base/api-error.ts';
import type { CertificateCaller, PresentedCertificate } from '../base/caller.ts';
import type { Clock } from '../base/clock.ts';
import { showName } from '../base/distinguished-name.ts';
import { proveCertificateKey } from '../proof/sigv4/certificate-signature.ts';
import type { ProvenCertificates } from '../proof/sigv4/certificate-signature.ts';
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import { signatureDialects } from '../proof/sigv4/dialect.ts';
import { skewSecondsMax } from '../proof/sigv4/freshness.ts';
import { refusals, SignatureRefusal } from '../proof/sigv4/refusal.ts';
import { checkClaim } from '../proof/sigv4/verify.ts';
import type { SignedRequest } from '../proof/signed-request.ts';
import { chainFindings, findChain } from '../proof/x509/chain.ts';
import { mapAttributes } from '../proof/x509/mapped-attributes.ts';
import { readCertificatePems, readRevocationListPem, toCertificatePem } from '../proof/x509/pem.ts';
import type { Certificate } from '../proof/x509/certificate.ts';
import type { RevocationList } from '../proof/x509/revocation-list.ts';
import type { RevocationListDoc, RolesAnywhereProfileDoc, TrustAnchorDoc } from '../store/roles-anywhere-docs.ts';
import type { AccountView, GuardStore, Store } from '../store/store.ts';
import { pairKey } from '../store/tables.ts';

/** The request that presents it, and what it says of its signature. */
export interface SignedBy { readonly claim: SignatureClaim | undefined; readonly request: SignedRequest; readonly remoteAddress: string }

/** Resolves to the caller that the certificate proves. Rejects with an ApiError. */
export type ProveCertificate = (presented: PresentedCertificate, by: SignedBy) => Promise<CertificateCaller>;

interface Options { readonly store: Pick<Store, 'account'>; readonly guard: GuardStore; readonly clock: Clock }

/** The service that such requests are signed for, and as which it acts. */
const signingName = 'rolesanywhere';
const service = 'rolesanywhere.amazonaws.com';

export function createCertificateProver({ store, guard, clock }: Options): ProveCertificate {
  return async ({ account, region, trustAnchorId, profileId }, { claim, request, remoteAddress }) => {
    if (!claim) throw refusals.missing();
    const proven = proveKey(claim, request, clock());
    if (claim.region !== region) throw denied('The request was signed for another region than that of the trust anchor.');
    const view = await store.account(account);
    const anchor = view?.trustAnchors.find(pairKey(region, trustAnchorId));
    const profile = view?.rolesAnywhereProfiles.find(pairKey(region, profileId));
    // GUESS: the words. Whoever is trusted by nobody is not told what there is.
    if (!view || !anchor?.Enabled) throw untrusted('the trust anchor is not there, or disabled');
    checkChain(proven, view, anchor, clock());
    if (!profile?.Enabled) throw denied('The profile is not there, or disabled.');
    const caller = callerOf(proven.leaf, profile);
    // Last, so that nobody uses up a signature that proves nothing; until after it is too old to be taken.
    if (!(await isFirstOrTwin(guard, claim, proven.signatureId, remoteAddress, clock()))) throw denied('The request was made before: each needs a signature of its own.');
    return caller;
  };
}

/** RSA signs the same text the same way: programs of one host that ask for the same in one second send the same bytes. Milliseconds from the signing, and how many. */
const twinMs = 5_000;
const twinsMax = 16;

/**
 * Whether the request was not made before; or was, a moment ago, by a twin of whoever makes it now: signed by RSA, from the same address and from no other. An ECDSA signature is never made
 * twice. GUESS: nobody has told whether AWS takes a repeated request at all; its own helper sends such twins where a host starts it twice in a second.
 */
async function isFirstOrTwin(guard: GuardStore, { algorithm, signedAt }: SignatureClaim, signatureId: string, remoteAddress: string, now: number): Promise<boolean> {
  const key = `x509/${signatureId}`;
  const isFirst = await guard.consume(key, signedAt + (skewSecondsMax + 1) * 1_000);
  if (algorithm !== 'AWS4-X509-RSA-SHA256' || Math.abs(now - signedAt) > twinMs) return isFirst;
  const windowMs = 3 * twinMs;
  const times = await guard.count(key, windowMs);
  const timesFromThere = await guard.count(`${key}/${remoteAddress}`, windowMs);
  return isFirst || (times === timesFromThere && times <= twinsMax);
}

const denied = (message: string, cause?: unknown): ApiError => new ApiError('AccessDenied', message, { cause });
/** AWS: seen in public, April 2025. */
const untrusted = (why: string): ApiError => denied(`Untrusted signing certificate: ${why}.`);

function proveKey(claim: SignatureClaim, request: SignedRequest, now: number): ProvenCertificates {
  try {
    checkClaim(claim, signingName, now, signatureDialects.standard);
    return proveCertificateKey(claim, request);
  } catch (thrown) {
    // AWS: "Invalid signature", seen in public, July 2025. GUESS: the others are denied in the words that other services have.
    if (thrown instanceof SignatureRefusal) throw denied(thrown.kind === 'mismatch' ? 'Invalid signature' : thrown.message, thrown);
    throw thrown;
  }
}

function checkChain({ leaf, intermediates }: ProvenCertificates, view: AccountView, anchor: TrustAnchorDoc, now: number): void {
  const lists = view.revocationLists.listBy('anchor', pairKey(anchor.Region, anchor.TrustAnchorId)).filter(({ Enabled }) => Enabled);
  const answer = findChain({ leaf, intermediates, anchors: authoritiesOf(anchor), revocationLists: lists.map(listOf), now });
  if ('finding' in answer) throw untrusted(chainFindings[answer.finding]);
}

/** What documents hold, read once for each: they never change in place. */
const authorities = new WeakMap<TrustAnchorDoc, readonly Certificate[]>();
const revocationLists = new WeakMap<RevocationListDoc, RevocationList>();

function authoritiesOf(anchor: TrustAnchorDoc): readonly Certificate[] {
  let read = authorities.get(anchor);
  if (!read) authorities.set(anchor, (read = readCertificatePems(anchor.Certificates)));
  return read;
}

function listOf(doc: RevocationListDoc): RevocationList {
  let read = revocationLists.get(doc);
  if (!read) revocationLists.set(doc, (read = readRevocationListPem(doc.List)));
  return read;
}

function callerOf(leaf: Certificate, { AttributeMappings }: RolesAnywhereProfileDoc): CertificateCaller {
  const mapped = mapAttributes(leaf, AttributeMappings.map(({ Field, Specifiers }) => ({ field: Field, specifiers: Specifiers })));
  if ('unmappable' in mapped) throw denied(`The certificate cannot be given a session: ${mapped.unmappable}.`);
  return {
    kind: 'certificate', service, arn: service, userId: leaf.serialNumber, tags: mapped.tags, sourceIdentity: mapped.sourceIdentity,
    certificate: { serialNumber: leaf.serialNumber, subject: showName(leaf.subject), issuer: showName(leaf.issuer), pem: toCertificatePem(leaf) },
  };
}
