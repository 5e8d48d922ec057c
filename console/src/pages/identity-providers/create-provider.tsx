/** Adding an identity provider: an OpenID Connect issuer, or SAML 2.0 by its metadata. */
import { CreateOpenIDConnectProviderCommand, CreateSAMLProviderCommand } from '@aws-sdk/client-iam';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Tiles from '@cloudscape-design/components/tiles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Clients } from '../../clients.ts';
import { ProblemAlert } from '../../problem-alert.tsx';
import { follow, href, navigate } from '../../router.ts';
import { TagFields, noTags, tagsOf } from '../../tags/tag-fields.tsx';
import type { TagDraft } from '../../tags/tag-fields.tsx';
import { useWrite } from '../../write.ts';
import type { Write } from '../../write.ts';
import { linesOf } from './lines.ts';
import { providerPaths } from './providers.ts';
import type { ProviderKind } from './providers.ts';
import { TextFile } from './text-file.tsx';

const choices: readonly { readonly value: ProviderKind; readonly label: string; readonly description: string }[] = [
  { value: 'saml', label: 'SAML', description: 'Trust between this account and a SAML 2.0 identity provider of your organization, by its metadata.' },
  { value: 'oidc', label: 'OpenID Connect', description: 'Trust in the tokens of an OpenID Connect issuer: of a CI service, a Kubernetes cluster, or of a place where people sign in.' },
];

interface Fields { readonly kind: ProviderKind; readonly url: string; readonly audiences: string; readonly thumbprints: string; readonly name: string; readonly metadata: string; readonly tags: TagDraft }
const empty: Fields = { kind: 'saml', url: '', audiences: '', thumbprints: '', name: '', metadata: '', tags: noTags };

/** Whether all is there that the API needs; what is wrong with it the API says. */
const isWhole: Readonly<Record<ProviderKind, (fields: Fields) => boolean>> = {
  oidc: ({ url, audiences }) => url.trim() !== '' && linesOf(audiences).length > 0,
  saml: ({ name, metadata }) => name.trim() !== '' && metadata !== '',
};

const creations: Readonly<Record<ProviderKind, (clients: Clients, fields: Fields) => Promise<unknown>>> = {
  oidc: async ({ iam }, { url, audiences, thumbprints, tags }) => iam.send(new CreateOpenIDConnectProviderCommand({ Url: url.trim(), ClientIDList: linesOf(audiences), ThumbprintList: linesOf(thumbprints), Tags: tagsOf(tags) })),
  saml: async ({ iam }, { name, metadata, tags }) => iam.send(new CreateSAMLProviderCommand({ Name: name.trim(), SAMLMetadataDocument: metadata, Tags: tagsOf(tags) })),
};

export function CreateProviderPage(): ReactNode {
  const write = useWrite();
  const [fields, setFields] = useState(empty);
  const set = (changed: Partial<Fields>): void => setFields({ ...fields, ...changed });
  const { kind } = fields;
  const shown = kind === 'oidc' ? fields.url.trim().replace(/^https:\/\//, '') : fields.name.trim();
  const create = async (): Promise<void> => {
    if (await write.run({ act: (clients) => creations[kind](clients, fields), done: `${shown} was added.` })) navigate(href(providerPaths[kind](shown)));
  };
  return (
    <ContentLayout header={<Header variant="h1">Add an identity provider</Header>}>
      <form onSubmit={(event) => { event.preventDefault(); void create(); }}>
        <Form actions={<SpaceBetween direction="horizontal" size="xs"><Button variant="link" formAction="none" href={href('identity-providers')} onFollow={follow}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={!isWhole[kind](fields) || !fields.tags.isValid}>Add provider</Button></SpaceBetween>}>
          <SpaceBetween size="l">
            <ProblemAlert problem={write.problem} />
            <Container header={<Header variant="h2">Provider</Header>}>
              <SpaceBetween size="l">
                <FormField label="Type"><Tiles ariaLabel="Type" value={kind} items={choices} onChange={({ detail }) => { const chosen = choices.find(({ value }) => value === detail.value); if (chosen) set({ kind: chosen.value }); }} /></FormField>
                {kind === 'oidc' ? <OidcFields fields={fields} set={set} write={write} /> : <SamlFields fields={fields} set={set} write={write} />}
              </SpaceBetween>
            </Container>
            <Container header={<Header variant="h2" description="For policies that ask for them, and to find things again">Tags <i>– optional</i></Header>}><TagFields draft={fields.tags} onChange={(tags) => set({ tags })} /></Container>
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}

interface FieldsProps { readonly fields: Fields; readonly set: (changed: Partial<Fields>) => void; readonly write: Write }

function OidcFields({ fields, set, write }: FieldsProps): ReactNode {
  return (
    <SpaceBetween size="m">
      <FormField label="Provider URL" description="The issuer, as its tokens name it" constraintText="Begins with https:// and has no query." errorText={write.fieldError('Url')}><Input value={fields.url} placeholder="https://" onChange={({ detail }) => set({ url: detail.value })} ariaRequired /></FormField>
      <FormField label="Audiences" description="What tokens are made for: client IDs, as the issuer has them" constraintText="One on each line, 100 at most." errorText={write.fieldError('ClientIDList')}><Textarea value={fields.audiences} rows={2} placeholder="sts.amazonaws.com" onChange={({ detail }) => set({ audiences: detail.value })} ariaRequired /></FormField>
      <FormField label={<span>Thumbprints <i>– optional</i></span>} description="SHA-1 of the certificates at the top of the chains that the issuer's server shows, where no public authority signs them" constraintText="40 hexadecimal characters each, one on each line, five at most." errorText={write.fieldError('ThumbprintList')}><Textarea value={fields.thumbprints} rows={2} onChange={({ detail }) => set({ thumbprints: detail.value })} /></FormField>
    </SpaceBetween>
  );
}

function SamlFields({ fields, set, write }: FieldsProps): ReactNode {
  return (
    <SpaceBetween size="m">
      <FormField label="Provider name" constraintText="Up to 128 letters, numbers and the characters . _ -" errorText={write.fieldError('Name')}><Input value={fields.name} onChange={({ detail }) => set({ name: detail.value })} ariaRequired /></FormField>
      <TextFile label="Metadata document" constraintText="The XML file that the identity provider gives out, 10 MB at most." accept=".xml,text/xml,application/xml" errorText={write.fieldError('SAMLMetadataDocument')} onChange={(metadata) => set({ metadata })} />
    </SpaceBetween>
  );
}
