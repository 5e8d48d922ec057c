/** SAML identity providers: whose assertions a role's trust policy may name. Source: "CreateSAMLProvider" and its siblings (IAM API Reference). */
import { createPrivateKey } from 'node:crypto';
import * as arn from '../../base/arn.ts';
import { newOpaqueId } from '../../base/ids.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Iam } from '../../../models/iam.ts';
import type { Ask } from '../../authz/ask.ts';
import { readSamlMetadata, type SamlMetadata, SamlMetadataError } from '../../proof/saml/metadata.ts';
import type { SamlPrivateKeyDoc, SamlProviderDoc } from '../../store/identity-provider-docs.ts';
import type { AccountView } from '../../store/store.ts';
import type { Operations, RunContext } from '../operation.ts';
import { checkResourceArn, withContext } from './lookup.ts';
import { claim } from './quotas.ts';
import { tagPage } from './resource-tags.ts';
import { mergeTags, removeTags, requestTagContext, resourceTagContext, tagKeysContext } from './tags.ts';

export const samlProviders = {
  CreateSAMLProvider: {
    access({ Name, Tags }, { account }) {
      const ask = { resource: arn.samlProvider(account, Name), context: requestTagContext(Tags) };
      return Tags?.length ? [ask, { ...ask, action: 'iam:TagSAMLProvider' }] : [ask];
    },
    async run({ Name, SAMLMetadataDocument, AssertionEncryptionMode, AddPrivateKey, Tags = [] }, context) {
      const { account, write, now, random, error } = context;
      const provider: SamlProviderDoc = {
        Name, SAMLProviderUUID: newOpaqueId(uuidLength, random), CreateDate: now, ValidUntil: validUntil(SAMLMetadataDocument, now, error), SAMLMetadataDocument, AssertionEncryptionMode,
        PrivateKeys: AddPrivateKey === undefined ? [] : [sealedKey(Name, AddPrivateKey, context)],
        ...(Tags.length > 0 && { Tags: mergeTags('samlProvider', undefined, Tags, error) }),
      };
      checkEncryption(provider, error);
      return write((draft) => {
        claim('SAMLProvidersPerAccount', draft.samlProviders.size + 1, error);
        // AWS: the words were seen in January 2021.
        if (!draft.samlProviders.insert(provider)) throw error('EntityAlreadyExists', `Provider with name ${Name} already exists.`);
        return { SAMLProviderArn: arn.samlProvider(account, Name), ...(provider.Tags && { Tags: provider.Tags }) };
      });
    },
  },

  GetSAMLProvider: {
    access: ({ SAMLProviderArn }, { view, error }) => [providerAsk(view, SAMLProviderArn, error)],
    run({ SAMLProviderArn }, { view, error }) {
      const { SAMLProviderUUID, SAMLMetadataDocument, CreateDate, ValidUntil, AssertionEncryptionMode, PrivateKeys, Tags = [] } = getProvider(view, SAMLProviderArn, error);
      return { SAMLProviderUUID, SAMLMetadataDocument, CreateDate, ValidUntil, Tags, AssertionEncryptionMode, PrivateKeyList: PrivateKeys.map(({ KeyId, Timestamp }) => ({ KeyId, Timestamp })) };
    },
  },

  ListSAMLProviders: {
    // GUESS: named as ListOpenIDConnectProviders is.
    access: (_input, { account }) => [{ resource: arn.samlProvider(account, '*') }],
    run: (_input, { account, view }) => ({ SAMLProviderList: Array.from(view.samlProviders.all(), ({ Name, ValidUntil, CreateDate }) => ({ Arn: arn.samlProvider(account, Name), ValidUntil, CreateDate })) }),
  },

  UpdateSAMLProvider: {
    access: ({ SAMLProviderArn }, { view, error }) => [providerAsk(view, SAMLProviderArn, error)],
    async run({ SAMLProviderArn, SAMLMetadataDocument, AssertionEncryptionMode, AddPrivateKey, RemovePrivateKey }, context) {
      const { view, write, now, error } = context;
      const ValidUntil = SAMLMetadataDocument === undefined ? undefined : validUntil(SAMLMetadataDocument, now, error);
      const added = AddPrivateKey === undefined ? [] : [sealedKey(getProvider(view, SAMLProviderArn, error).Name, AddPrivateKey, context)];
      return write((draft) => {
        const provider = getProvider(draft, SAMLProviderArn, error);
        if (RemovePrivateKey !== undefined && !provider.PrivateKeys.some(({ KeyId }) => KeyId === RemovePrivateKey)) {
          throw error('NoSuchEntity', `The private key with id ${RemovePrivateKey} cannot be found.`);
        }
        const changed: SamlProviderDoc = {
          ...provider,
          ...(SAMLMetadataDocument !== undefined && { SAMLMetadataDocument, ValidUntil: ValidUntil! }),
          ...(AssertionEncryptionMode !== undefined && { AssertionEncryptionMode }),
          PrivateKeys: [...provider.PrivateKeys.filter(({ KeyId }) => KeyId !== RemovePrivateKey), ...added],
        };
        claim('PrivateKeysPerSAMLProvider', changed.PrivateKeys.length, error);
        checkEncryption(changed, error);
        draft.samlProviders.update(changed);
        return { SAMLProviderArn };
      });
    },
  },

  DeleteSAMLProvider: {
    access: ({ SAMLProviderArn }, { view, error }) => [providerAsk(view, SAMLProviderArn, error)],
    run: ({ SAMLProviderArn }, { write, error }) => write((draft) => {
      draft.samlProviders.remove(getProvider(draft, SAMLProviderArn, error).Name);
    }),
  },

  TagSAMLProvider: {
    access: ({ SAMLProviderArn, Tags }, { view, error }) => [withContext(providerAsk(view, SAMLProviderArn, error), requestTagContext(Tags))],
    run: ({ SAMLProviderArn, Tags }, { write, error }) => write((draft) => {
      const provider = getProvider(draft, SAMLProviderArn, error);
      draft.samlProviders.update({ ...provider, Tags: mergeTags('samlProvider', provider.Tags, Tags, error) });
    }),
  },

  UntagSAMLProvider: {
    access: ({ SAMLProviderArn, TagKeys }, { view, error }) => [withContext(providerAsk(view, SAMLProviderArn, error), tagKeysContext(TagKeys))],
    run: ({ SAMLProviderArn, TagKeys }, { write, error }) => write((draft) => {
      const provider = getProvider(draft, SAMLProviderArn, error);
      draft.samlProviders.update({ ...provider, Tags: removeTags('samlProvider', provider.Tags, TagKeys) });
    }),
  },

  ListSAMLProviderTags: {
    access: ({ SAMLProviderArn }, { view, error }) => [providerAsk(view, SAMLProviderArn, error)],
    run: ({ SAMLProviderArn, ...page }, { view, marker, error }) => tagPage(getProvider(view, SAMLProviderArn, error).Tags, page, marker),
  },
} satisfies Operations<Iam, `${'Create' | 'Get' | 'Update' | 'Delete' | 'Tag' | 'Untag'}SAMLProvider` | 'ListSAMLProviders' | 'ListSAMLProviderTags'>;

/** Of the 22 to 64 characters that the model allows. */
const uuidLength = 24;
const privateKeyIdLength = 24;

/** Metadata that does not say how long it holds does so for a hundred years. AWS: recorded answers of GetSAMLProvider. */
function validUntil(metadata: string, now: Timestamp, error: Raise<'InvalidInput' | 'LimitExceeded'>): Timestamp {
  const { validUntil: stated, signingCertificates } = readMetadata(metadata, error);
  claim('KeysPerSAMLProvider', signingCertificates.length, error);
  const inHundredYears = new Date(now);
  inHundredYears.setUTCFullYear(inHundredYears.getUTCFullYear() + 100);
  return stated ?? inHundredYears.getTime();
}

function readMetadata(metadata: string, error: Raise<'InvalidInput'>): SamlMetadata {
  try {
    return readSamlMetadata(metadata);
  } catch (thrown) {
    if (!(thrown instanceof SamlMetadataError)) throw thrown;
    // GUESS: the words; the reason is ours.
    throw error('InvalidInput', `Could not parse metadata: ${thrown.message}`);
  }
}

/** An RSA key in PEM, sealed to its place. */
function sealedKey(Name: string, pem: string, { account, random, seal, now, error }: RunContext<'InvalidInput'>): SamlPrivateKeyDoc {
  const KeyId = newOpaqueId(privateKeyIdLength, random);
  if (!isRsaPrivateKey(pem)) throw error('InvalidInput', 'The private key must be an unencrypted RSA key in PEM format.');
  return { KeyId, Timestamp: now, PrivateKey: seal.seal(pem, { account, table: 'samlProviders', key: `${Name}/${KeyId}`, field: 'PrivateKey' }) };
}

function isRsaPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** Who demands encrypted assertions needs a key to open them. GUESS: the words. */
function checkEncryption({ AssertionEncryptionMode, PrivateKeys }: SamlProviderDoc, error: Raise<'InvalidInput'>): void {
  if (AssertionEncryptionMode === 'Required' && PrivateKeys.length === 0) throw error('InvalidInput', 'Assertion encryption cannot be required without a private key.');
}

/** The provider of that ARN, which must be its own letter by letter. */
function findProvider(view: AccountView, providerArn: string): SamlProviderDoc | undefined {
  const prefix = arn.samlProvider(view.account, '');
  return providerArn.startsWith(prefix) ? view.samlProviders.find(providerArn.slice(prefix.length)) : undefined;
}

function getProvider(view: AccountView, providerArn: string, error: Raise<'NoSuchEntity'>): SamlProviderDoc {
  const provider = findProvider(view, providerArn);
  if (!provider) throw error('NoSuchEntity', `Manifest not found for arn ${providerArn}`);
  return provider;
}

function providerAsk(view: AccountView, providerArn: string, error: Raise<'InvalidInput'>): Ask {
  checkResourceArn(providerArn, 'saml-provider', error);
  return { resource: providerArn, context: resourceTagContext('samlProvider', findProvider(view, providerArn)?.Tags) };
}
