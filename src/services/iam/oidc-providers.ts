/** OpenID Connect identity providers: whose tokens a role's trust policy may name. Source: "CreateOpenIDConnectProvider" and its siblings (IAM API Reference). */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Iam } from '../../../models/iam.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccountView } from '../../store/store.ts';
import type { OidcProviderDoc } from '../../store/identity-provider-docs.ts';
import type { Operations } from '../operation.ts';
import { checkResourceArn, withContext } from './lookup.ts';
import { claim, claimAdjustable } from './quotas.ts';
import { tagPage } from './resource-tags.ts';
import { mergeTags, removeTags, requestTagContext, resourceTagContext, tagKeysContext } from './tags.ts';

export const oidcProviders = {
  CreateOpenIDConnectProvider: {
    access({ Url, Tags }, { account }) {
      const ask = { resource: arn.oidcProvider(account, withoutScheme(Url)), context: requestTagContext(Tags) };
      return Tags?.length ? [ask, { ...ask, action: 'iam:TagOpenIDConnectProvider' }] : [ask];
    },
    async run({ Url, ClientIDList = [], ThumbprintList = [], Tags = [] }, { account, write, now, error }) {
      checkUrl(Url, error);
      const provider: OidcProviderDoc = {
        Url: withoutScheme(Url), CreateDate: now,
        ClientIDList: checkClientIds(distinct(ClientIDList), error),
        ThumbprintList: checkThumbprints(ThumbprintList, error),
        ...(Tags.length > 0 && { Tags: mergeTags('oidcProvider', undefined, Tags, error) }),
      };
      return write((draft) => {
        claimAdjustable(draft, 'OpenIdConnectProvidersPerAccount', draft.oidcProviders.size + 1, error);
        if (!draft.oidcProviders.insert(provider)) throw error('EntityAlreadyExists', `Provider with url ${Url} already exists.`);
        return { OpenIDConnectProviderArn: arn.oidcProvider(account, provider.Url), ...(provider.Tags && { Tags: provider.Tags }) };
      });
    },
  },

  GetOpenIDConnectProvider: {
    access: ({ OpenIDConnectProviderArn }, { view, error }) => [providerAsk(view, OpenIDConnectProviderArn, error)],
    run({ OpenIDConnectProviderArn }, { view, error }) {
      const { Url, ClientIDList, ThumbprintList, CreateDate, Tags = [] } = getProvider(view, OpenIDConnectProviderArn, error);
      return { Url, ClientIDList, ThumbprintList, CreateDate, Tags };
    },
  },

  ListOpenIDConnectProviders: {
    // AWS: a denial names `oidc-provider/*` (seen in 2026).
    access: (_input, { account }) => [{ resource: arn.oidcProvider(account, '*') }],
    run: (_input, { account, view }) => ({ OpenIDConnectProviderList: Array.from(view.oidcProviders.all(), ({ Url }) => ({ Arn: arn.oidcProvider(account, Url) })) }),
  },

  DeleteOpenIDConnectProvider: {
    access: ({ OpenIDConnectProviderArn }, { view, error }) => [providerAsk(view, OpenIDConnectProviderArn, error)],
    // To delete what is not there succeeds: the page says so.
    run: ({ OpenIDConnectProviderArn }, { write }) => write((draft) => {
      const provider = findProvider(draft, OpenIDConnectProviderArn);
      if (provider) draft.oidcProviders.remove(provider.Url);
    }),
  },

  AddClientIDToOpenIDConnectProvider: {
    access: ({ OpenIDConnectProviderArn }, { view, error }) => [providerAsk(view, OpenIDConnectProviderArn, error)],
    // Adding what is there succeeds: the page says so. So does removing what is not.
    run: ({ OpenIDConnectProviderArn, ClientID }, { write, error }) => write((draft) => {
      const provider = getProvider(draft, OpenIDConnectProviderArn, error);
      draft.oidcProviders.update({ ...provider, ClientIDList: checkClientIds(distinct([...provider.ClientIDList, ClientID]), error) });
    }),
  },

  RemoveClientIDFromOpenIDConnectProvider: {
    access: ({ OpenIDConnectProviderArn }, { view, error }) => [providerAsk(view, OpenIDConnectProviderArn, error)],
    run: ({ OpenIDConnectProviderArn, ClientID }, { write, error }) => write((draft) => {
      const provider = getProvider(draft, OpenIDConnectProviderArn, error);
      draft.oidcProviders.update({ ...provider, ClientIDList: provider.ClientIDList.filter((id) => id !== ClientID) });
    }),
  },

  UpdateOpenIDConnectProviderThumbprint: {
    access: ({ OpenIDConnectProviderArn }, { view, error }) => [providerAsk(view, OpenIDConnectProviderArn, error)],
    run: ({ OpenIDConnectProviderArn, ThumbprintList }, { write, error }) => write((draft) => {
      const provider = getProvider(draft, OpenIDConnectProviderArn, error);
      draft.oidcProviders.update({ ...provider, ThumbprintList: checkThumbprints(ThumbprintList, error) });
    }),
  },

  TagOpenIDConnectProvider: {
    access: ({ OpenIDConnectProviderArn, Tags }, { view, error }) => [withContext(providerAsk(view, OpenIDConnectProviderArn, error), requestTagContext(Tags))],
    run: ({ OpenIDConnectProviderArn, Tags }, { write, error }) => write((draft) => {
      const provider = getProvider(draft, OpenIDConnectProviderArn, error);
      draft.oidcProviders.update({ ...provider, Tags: mergeTags('oidcProvider', provider.Tags, Tags, error) });
    }),
  },

  UntagOpenIDConnectProvider: {
    access: ({ OpenIDConnectProviderArn, TagKeys }, { view, error }) => [withContext(providerAsk(view, OpenIDConnectProviderArn, error), tagKeysContext(TagKeys))],
    run: ({ OpenIDConnectProviderArn, TagKeys }, { write, error }) => write((draft) => {
      const provider = getProvider(draft, OpenIDConnectProviderArn, error);
      draft.oidcProviders.update({ ...provider, Tags: removeTags('oidcProvider', provider.Tags, TagKeys) });
    }),
  },

  ListOpenIDConnectProviderTags: {
    access: ({ OpenIDConnectProviderArn }, { view, error }) => [providerAsk(view, OpenIDConnectProviderArn, error)],
    run: ({ OpenIDConnectProviderArn, ...page }, { view, marker, error }) => tagPage(getProvider(view, OpenIDConnectProviderArn, error).Tags, page, marker),
  },
} satisfies Operations<Iam, `${'Create' | 'Get' | 'Delete' | 'Tag' | 'Untag'}OpenIDConnectProvider` | 'ListOpenIDConnectProviders' | 'ListOpenIDConnectProviderTags' | 'AddClientIDToOpenIDConnectProvider' | 'RemoveClientIDFromOpenIDConnectProvider' | 'UpdateOpenIDConnectProviderThumbprint'>;

const scheme = 'https://';
/** IAM keeps and shows an issuer without its scheme. */
const withoutScheme = (Url: string): string => (Url.startsWith(scheme) ? Url.slice(scheme.length) : Url);

/**
 * An issuer is an https URL of host and path: its comparison with a token's `iss` is letter by letter, so nothing is normalised. A port is
 * let through, though AWS asks for none: issuers on one's own machine have them. GUESS: the words.
 */
function checkUrl(Url: string, error: Raise<never>): void {
  const isSound = Url.startsWith(scheme) && URL.canParse(Url) && /^[\x21-\x7e]+$/.test(Url);
  const parsed = isSound ? new URL(Url) : undefined;
  if (!parsed || parsed.search !== '' || parsed.hash !== '' || Url.includes('?') || Url.includes('#') || Url.includes('*') || parsed.username !== '' || parsed.password !== '') {
    throw error('ValidationError', 'Invalid Open ID Connect Provider URL');
  }
}

function checkClientIds(ids: readonly string[], error: Raise<'LimitExceeded'>): readonly string[] {
  claim('ClientIdsPerOpenIdConnectProvider', ids.length, error);
  return ids;
}

/** Thumbprints that a provider may have. Source: "IAM and AWS STS quotas" (IAM User Guide). */
const thumbprintsMax = 5;

function checkThumbprints(thumbprints: readonly string[], error: Raise<'InvalidInput'>): readonly string[] {
  // AWS: the message speaks of fewer than 5 where 5 are accepted.
  if (thumbprints.length > thumbprintsMax) throw error('InvalidInput', 'Thumbprint list must contain fewer than 5 entries.');
  const folded = thumbprints.map((thumbprint) => thumbprint.toLowerCase());
  // GUESS: the words.
  if (!folded.every((thumbprint) => /^[0-9a-f]{40}$/.test(thumbprint))) throw error('InvalidInput', 'Thumbprint must be 40 hexadecimal characters.');
  return distinct(folded);
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** The provider of that ARN, which must be its own letter by letter. */
export function findProvider(view: AccountView, providerArn: string): OidcProviderDoc | undefined {
  const prefix = arn.oidcProvider(view.account, '');
  return providerArn.startsWith(prefix) ? view.oidcProviders.find(providerArn.slice(prefix.length)) : undefined;
}

function getProvider(view: AccountView, providerArn: string, error: Raise<'NoSuchEntity'>): OidcProviderDoc {
  const provider = findProvider(view, providerArn);
  if (!provider) throw error('NoSuchEntity', `OpenIDConnect Provider not found for arn ${providerArn}`);
  return provider;
}

function providerAsk(view: AccountView, providerArn: string, error: Raise<'InvalidInput'>): Ask {
  checkResourceArn(providerArn, 'oidc-provider', error);
  return { resource: providerArn, context: resourceTagContext('oidcProvider', findProvider(view, providerArn)?.Tags) };
}
