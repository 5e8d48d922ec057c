/** All identity providers of the account. */
import { GetOpenIDConnectProviderCommand } from '@aws-sdk/client-iam';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useHelp } from '../../help.tsx';
import { List } from '../../list.tsx';
import type { ListRead } from '../../read.ts';
import { useList } from '../../read.ts';
import { follow, href, navigate } from '../../router.ts';
import { RowCell, useRowReads } from '../../row-reads.tsx';
import { Ago } from '../../times.tsx';
import { DeleteProvider } from './delete-provider.tsx';
import { kinds, providerPaths } from './providers.ts';
import type { Provider, ProviderKind } from './providers.ts';

const help = { header: 'Identity providers', content: <p>Whoever signs in elsewhere – at an OpenID Connect issuer or with SAML 2.0 – gets credentials of roles whose trust policies name that provider.</p> };

const useProviders = (kind: ProviderKind): ListRead<Provider> => useList(async function* ({ iam }, signal) { yield await kinds[kind].list(iam, signal); }, [kind]);

/** Each kind is asked for by itself: who may see one sees it. */
function useAllProviders(): ListRead<Provider> {
  const oidc = useProviders('oidc');
  const saml = useProviders('saml');
  return { items: [...oidc.items, ...saml.items], isComplete: oidc.isComplete && saml.isComplete, problem: oidc.problem ?? saml.problem, refresh: () => { oidc.refresh(); saml.refresh(); } };
}

export function IdentityProvidersPage(): ReactNode {
  useHelp(help);
  const { list, reads } = useRowReads(useAllProviders());
  const [deleted, setDeleted] = useState<Provider>();
  return (
    <>
      <List<Provider>
        list={list} title="Identity providers" noun="identity provider" selection="single" keyOf={({ name }) => name} idOf={({ arn }) => arn}
        description="Who signs in elsewhere and acts as a role here"
        actions={([selected]) => (
          <>
            <Button disabled={!selected} onClick={() => setDeleted(selected)}>Delete</Button>
            <Button variant="primary" onClick={() => navigate(href('identity-providers/create'))}>Add provider</Button>
          </>
        )}
        columns={[
          { id: 'name', header: 'Provider', cell: ({ kind, name }) => <Link href={href(providerPaths[kind](name))} onFollow={follow}>{name}</Link>, value: ({ name }) => name, width: 420 },
          { id: 'kind', header: 'Type', cell: ({ kind }) => kinds[kind].title, value: ({ kind }) => kinds[kind].title },
          { id: 'created', header: 'Created', cell: (provider) => provider.createdAt ? <Ago time={provider.createdAt} /> : <RowCell reads={reads} name={provider.arn} ask={async ({ iam }) => (await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider.arn }))).CreateDate}>{(time) => <Ago time={time} />}</RowCell> },
        ]}
      />
      {deleted ? <DeleteProvider provider={deleted} onDone={() => { setDeleted(undefined); list.refresh(); }} onDismiss={() => setDeleted(undefined)} /> : undefined}
    </>
  );
}
