/** Identity providers of both kinds, as the console lists and names them. */
import { DeleteOpenIDConnectProviderCommand, DeleteSAMLProviderCommand, ListOpenIDConnectProvidersCommand, ListSAMLProvidersCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { pathOf } from '../../router.ts';

export type ProviderKind = 'oidc' | 'saml';

export interface Provider {
  readonly kind: ProviderKind;
  /** An issuer without its scheme, or the name of a SAML provider. */
  readonly name: string;
  readonly arn: string;
  /** Of a SAML provider; an OpenID Connect provider tells it when it is asked for. */
  readonly createdAt: Date | undefined;
}

interface KindRow {
  readonly title: string;
  /** What stands before the name in its ARN. */
  readonly resource: string;
  readonly list: (iam: IAMClient, abortSignal: AbortSignal) => Promise<readonly Provider[]>;
  readonly remove: (iam: IAMClient, arn: string) => Promise<unknown>;
}

/** An ARN's name is what follows the type of resource; an issuer's has slashes of its own. */
const nameIn = (arn: string): string => arn.slice(arn.indexOf('/') + 1);

export const kinds: Readonly<Record<ProviderKind, KindRow>> = {
  oidc: {
    title: 'OpenID Connect', resource: 'oidc-provider',
    list: async (iam, abortSignal) => ((await iam.send(new ListOpenIDConnectProvidersCommand({}), { abortSignal })).OpenIDConnectProviderList ?? []).map(({ Arn = '' }) => ({ kind: 'oidc', name: nameIn(Arn), arn: Arn, createdAt: undefined })),
    remove: async (iam, OpenIDConnectProviderArn) => iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
  },
  saml: {
    title: 'SAML', resource: 'saml-provider',
    list: async (iam, abortSignal) => ((await iam.send(new ListSAMLProvidersCommand({}), { abortSignal })).SAMLProviderList ?? []).map(({ Arn = '', CreateDate }) => ({ kind: 'saml', name: nameIn(Arn), arn: Arn, createdAt: CreateDate })),
    remove: async (iam, SAMLProviderArn) => iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn })),
  },
};

export const providerArn = (kind: ProviderKind, account: string, name: string): string => `arn:aws:iam::${account}:${kinds[kind].resource}/${name}`;

export const providerPaths: Readonly<Record<ProviderKind, (name: string) => string>> = {
  oidc: (url) => pathOf('identity-providers/oidc/:url', { url }),
  saml: (name) => pathOf('identity-providers/saml/:name', { name }),
};
