/** Choosing whom a new role trusts: the types of AWS's console, each with what belongs to it. */
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import { GetOpenIDConnectProviderCommand, ListOpenIDConnectProvidersCommand, ListSAMLProvidersCommand } from '@aws-sdk/client-iam';
import type { ReactNode } from 'react';
import { useIdentity } from '../../identity.tsx';
import { PolicyEditor } from '../../policy-editor/policy-editor.tsx';
import { newPolicy } from '../../policy-editor/statement-edits.ts';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { servicePrincipals } from './service-principals.ts';
import { keyPrefixOf } from './trusted-entities.ts';
import type { Trust, TrustKind } from './trusted-entities.ts';

const kinds: readonly { readonly value: TrustKind; readonly label: string; readonly description: string }[] = [
  { value: 'service', label: 'AWS service', description: 'EC2, Lambda and others act in the account.' },
  { value: 'account', label: 'AWS account', description: 'Users and roles of this account or of another one.' },
  { value: 'webIdentity', label: 'Web identity', description: 'Whoever an OpenID Connect provider vouches for.' },
  { value: 'saml', label: 'SAML 2.0 federation', description: 'Whoever a corporate directory vouches for.' },
  { value: 'custom', label: 'Custom trust policy', description: 'Anything that a trust policy can say.' },
];

/** AWS's own audience of SAML sign-in. */
const samlAudience = 'https://signin.aws.amazon.com/saml';

const firstOf: { readonly [Kind in TrustKind]: (account: string) => Extract<Trust, { kind: Kind }> } = {
  service: () => ({ kind: 'service', service: '' }),
  account: (account) => ({ kind: 'account', account, externalId: '', isMfaWanted: false }),
  webIdentity: () => ({ kind: 'webIdentity', providerArn: '', audience: '', subject: '' }),
  saml: () => ({ kind: 'saml', providerArn: '', audience: samlAudience }),
  custom: () => ({ kind: 'custom', document: newPolicy(true) }),
};

export const firstTrust: Trust = firstOf.service('');

const accountForm = /^\d{12}$/;

/** Whether it says enough to make a role of. */
export function isWhole(trust: Trust): boolean {
  switch (trust.kind) {
    case 'service': return /^[\w.-]+\.[\w.-]+$/.test(trust.service);
    case 'account': return accountForm.test(trust.account);
    case 'webIdentity': return trust.providerArn !== '' && trust.audience !== '';
    case 'saml': return trust.providerArn !== '' && trust.audience !== '';
    case 'custom': return trust.document.trim() !== '';
  }
}

interface FieldsProps<Kind extends TrustKind = TrustKind> { readonly trust: Extract<Trust, { kind: Kind }>; readonly onChange: (trust: Trust) => void }

export function TrustFields({ trust, onChange }: FieldsProps): ReactNode {
  const { session } = useIdentity();
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Trusted entity type</Header>}>
        <Tiles value={trust.kind} columns={3} ariaLabel="Trusted entity type" items={kinds.map((kind) => ({ ...kind }))} onChange={({ detail }) => onChange(firstOf[kinds.find(({ value }) => value === detail.value)?.value ?? 'service'](session.account))} />
      </Container>
      <Container header={<Header variant="h2">{kinds.find(({ value }) => value === trust.kind)?.label}</Header>}>
        {trust.kind === 'service' ? <ServiceFields trust={trust} onChange={onChange} /> : undefined}
        {trust.kind === 'account' ? <AccountFields trust={trust} onChange={onChange} /> : undefined}
        {trust.kind === 'webIdentity' ? <WebIdentityFields trust={trust} onChange={onChange} /> : undefined}
        {trust.kind === 'saml' ? <SamlFields trust={trust} onChange={onChange} /> : undefined}
        {trust.kind === 'custom' ? <PolicyEditor kind="trust" label="Trust policy" value={trust.document} onChange={(document) => onChange({ kind: 'custom', document })} /> : undefined}
      </Container>
    </SpaceBetween>
  );
}

function ServiceFields({ trust: { service }, onChange }: FieldsProps<'service'>): ReactNode {
  return (
    <FormField label="Service" constraintText="By its principal: ec2.amazonaws.com">
      <Autosuggest value={service} ariaLabel="Service" placeholder="Choose or type a service" enteredTextLabel={(value) => `Use “${value}”`} empty="None of these; type its principal." onChange={({ detail }) => onChange({ kind: 'service', service: detail.value.trim() })} options={servicePrincipals.map(({ service, name, description }) => ({ value: service, label: service, tags: [name], description }))} />
    </FormField>
  );
}

function AccountFields({ trust, onChange }: FieldsProps<'account'>): ReactNode {
  const { session } = useIdentity();
  const isOwn = trust.account === session.account;
  return (
    <SpaceBetween size="m">
      <FormField label="Account"><RadioGroup value={isOwn ? 'own' : 'other'} items={[{ value: 'own', label: `This account (${session.account})` }, { value: 'other', label: 'Another AWS account' }]} onChange={({ detail }) => onChange({ ...trust, account: detail.value === 'own' ? session.account : '' })} /></FormField>
      {isOwn ? undefined : <FormField label="Account ID" constraintText="12 digits. Its administrator decides which of its users and roles may assume this role."><Input value={trust.account} inputMode="numeric" onChange={({ detail }) => onChange({ ...trust, account: detail.value.trim() })} ariaRequired /></FormField>}
      <FormField label="External ID – optional" constraintText="A third party that acts for many must name it, so that nobody else’s order reaches your role. With it the role cannot be switched to in the console."><Input value={trust.externalId} onChange={({ detail }) => onChange({ ...trust, externalId: detail.value })} /></FormField>
      <Checkbox checked={trust.isMfaWanted} onChange={({ detail }) => onChange({ ...trust, isMfaWanted: detail.checked })}>Require MFA</Checkbox>
    </SpaceBetween>
  );
}

function WebIdentityFields({ trust, onChange }: FieldsProps<'webIdentity'>): ReactNode {
  const providers = useRead(async ({ iam }) => ((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList ?? []).map(({ Arn }) => Arn!), []);
  const provider = useRead(async ({ iam }) => trust.providerArn === '' ? [] : (await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: trust.providerArn }))).ClientIDList ?? [], [trust.providerArn]);
  return (
    <SpaceBetween size="m">
      <Reading read={providers} what="identity providers">{(arns) => <ProviderField arns={arns} chosen={trust.providerArn} onChoose={(providerArn) => onChange({ ...trust, providerArn, audience: '' })} />}</Reading>
      <Reading read={provider} what="audiences">{(audiences) => <FormField label="Audience" constraintText="The client ID of the application."><Autosuggest value={trust.audience} ariaLabel="Audience" placeholder="Choose or type an audience" enteredTextLabel={(value) => `Use “${value}”`} options={audiences.map((value) => ({ value }))} onChange={({ detail }) => onChange({ ...trust, audience: detail.value })} /></FormField>}</Reading>
      <FormField label="Subject – optional" constraintText="Who of the provider’s: repo:octo-org/octo-repo:ref:refs/heads/main, system:serviceaccount:default:app. * and ? stand for anything. Without it, everybody with a token for the audience."><Input value={trust.subject} onChange={({ detail }) => onChange({ ...trust, subject: detail.value })} /></FormField>
    </SpaceBetween>
  );
}

function SamlFields({ trust, onChange }: FieldsProps<'saml'>): ReactNode {
  const providers = useRead(async ({ iam }) => ((await iam.send(new ListSAMLProvidersCommand({}))).SAMLProviderList ?? []).map(({ Arn }) => Arn!), []);
  return (
    <SpaceBetween size="m">
      <Reading read={providers} what="identity providers">{(arns) => <ProviderField arns={arns} chosen={trust.providerArn} onChoose={(providerArn) => onChange({ ...trust, providerArn })} />}</Reading>
      <FormField label="Audience (SAML:aud)"><Input value={trust.audience} onChange={({ detail }) => onChange({ ...trust, audience: detail.value })} /></FormField>
    </SpaceBetween>
  );
}

function ProviderField({ arns, chosen, onChoose }: { readonly arns: readonly string[]; readonly chosen: string; readonly onChoose: (arn: string) => void }): ReactNode {
  const options = arns.map((value) => ({ value, label: keyPrefixOf(value) }));
  return <FormField label="Identity provider" constraintText={arns.length === 0 ? 'There is none yet: add one under Identity providers.' : undefined}><Select selectedOption={options.find(({ value }) => value === chosen) ?? null} options={options} placeholder="Choose a provider" empty="No providers" onChange={({ detail }) => onChoose(detail.selectedOption.value ?? '')} /></FormField>;
}
