/** Who presents an assertion to AssumeRoleWithSAML: proven by the signature of a provider that the account has, once for each assertion. */
import { ApiError } from '../base/api-error.ts';
import * as arn from '../base/arn.ts';
import type { PresentedAssertion, ProvidedCaller } from '../base/caller.ts';
import type { Clock } from '../base/clock.ts';
import type { Seal } from '../base/seal.ts';
import { AssertionRefused, nameQualifier, readAssertion } from '../proof/saml/assertion.ts';
import type { AssertionFault } from '../proof/saml/assertion.ts';
import { readSamlMetadata } from '../proof/saml/metadata.ts';
import type { SamlMetadata } from '../proof/saml/metadata.ts';
import { samlClaims } from '../proof/saml/provided-claims.ts';
import { provenAssertion, ResponseRefused } from '../proof/saml/response.ts';
import type { ResponseFault } from '../proof/saml/response.ts';
import type { SamlProviderDoc } from '../store/identity-provider-docs.ts';
import type { GuardStore, Store } from '../store/store.ts';

/** Resolves to the caller that the assertion proves. Rejects with an ApiError in STS's words. */
export type ProveAssertion = (presented: PresentedAssertion) => Promise<ProvidedCaller>;

interface Options { readonly store: Pick<Store, 'account'>; readonly seal: Seal; readonly guard: GuardStore; readonly clock: Clock }

/** Where assertions for AWS are addressed to, and whom they are for. Source: "Configure SAML assertions for the authentication response" (IAM User Guide). */
const signIn = 'https://signin.aws.amazon.com/saml';
const regionalSignIn = /^https:\/\/[a-z0-9-]+\.signin\.aws\.amazon\.com\/(?:platform\/)?saml(?:\/acs\/[\w-]+)?$/;
const audience = 'urn:amazon:webservices';

/** The sign-in addresses of all regions, without a list of regions. */
const signInAddresses = { has: (address: string): boolean => address === signIn || regionalSignIn.test(address) } as ReadonlySet<string>;
const audiences = { has: (name: string): boolean => name === audience || signInAddresses.has(name) } as ReadonlySet<string>;

export function createSamlProver({ store, seal, guard, clock }: Options): ProveAssertion {
  /** Metadata is read once for each document, which never changes in place. */
  const metadataOf = new WeakMap<SamlProviderDoc, SamlMetadata>();

  return async ({ account, token, providerArn, roleArn }) => {
    const provider = await findProvider(store, account, providerArn);
    if (!provider) throw new ApiError('InvalidIdentityToken', 'Specified provider doesn\'t exist');
    let metadata = metadataOf.get(provider);
    if (!metadata) metadataOf.set(provider, (metadata = readSamlMetadata(provider.SAMLMetadataDocument)));
    const now = clock();
    if (provider.ValidUntil <= now) throw new ApiError('InvalidIdentityToken', 'The metadata of the provider has expired.');
    try {
      const decrypting = provider.PrivateKeys.map(({ KeyId, PrivateKey }) => seal.open(PrivateKey, { account, table: 'samlProviders', key: `${provider.Name}/${KeyId}`, field: 'PrivateKey' }));
      const { assertion: element, inResponseTo } = provenAssertion(token, { signing: metadata.signingCertificates, decrypting, isEncryptionRequired: provider.AssertionEncryptionMode === 'Required' });
      const assertion = readAssertion(element, { issuer: metadata.entityId, recipients: signInAddresses, audiences, inResponseTo, now });
      const qualifier = nameQualifier(assertion.issuer, account, provider.Name);
      const claims = samlClaims(assertion, { account, providerName: provider.Name, providerArn, roleArn, nameQualifier: qualifier });
      if (!(await guard.consume(`saml/${account}/${provider.Name}/${assertion.id}`, assertion.presentBefore))) throw new AssertionRefused('invalid', 'it was presented before');
      const { subject, subjectType, issuer, recipient, sessionEnds } = assertion;
      return {
        kind: 'saml', federated: providerArn, arn: providerArn, userId: `${qualifier}:${subject}`, subject, audience: recipient, ...claims,
        saml: { subjectType, issuer, nameQualifier: qualifier, sessionEnds },
      };
    } catch (thrown) {
      throw refusal(thrown);
    }
  };
}

async function findProvider(store: Options['store'], account: string, providerArn: string): Promise<SamlProviderDoc | undefined> {
  const prefix = arn.samlProvider(account, '');
  return providerArn.startsWith(prefix) ? (await store.account(account))?.samlProviders.find(providerArn.slice(prefix.length)) : undefined;
}

type Wording = readonly [code: string, message: string];

/** What each fault is answered. Source: AssumeRoleWithSAML (STS API Reference), and answers seen in public. GUESS: the words of those that are not. */
const responseRefusals: Record<ResponseFault, Wording> = {
  base64: ['InvalidIdentityToken', 'Invalid base64 SAMLResponse'],
  form: ['InvalidIdentityToken', 'Invalid SAML response'],
  signature: ['InvalidIdentityToken', 'Response signature invalid'],
  status: ['IDPRejectedClaim', 'The identity provider did not authenticate the user'],
  unencrypted: ['InvalidIdentityToken', 'The provider requires encrypted assertions'],
};

const assertionRefusals: Record<AssertionFault, Wording> = {
  invalid: ['InvalidIdentityToken', 'Invalid SAML assertion'],
  tooOld: ['ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance'],
  expired: ['ExpiredTokenException', 'The assertion has expired'],
  notYetValid: ['InvalidIdentityToken', 'The assertion is not valid yet'],
  audience: ['InvalidIdentityToken', 'Invalid audience in SAML assertion'],
  recipient: ['InvalidIdentityToken', 'Invalid recipient in SAML assertion'],
  roleSessionName: ['InvalidIdentityToken', 'RoleSessionName is required in AuthnResponse'],
  rolePair: ['InvalidIdentityToken', 'SAML Assertion doesn\'t contain the requested Role and Metadata in the attributes'],
};

function refusal(thrown: unknown): unknown {
  const wording = thrown instanceof ResponseRefused ? responseRefusals[thrown.fault] : thrown instanceof AssertionRefused ? assertionRefusals[thrown.fault] : undefined;
  return wording ? new ApiError(wording[0], wording[1], { cause: thrown }) : thrown;
}
