/** What the organization's management account may do about root of its member accounts. Source: "Centralize root access for member accounts" (IAM User Guide). */
import {
  AccountNotManagementOrDelegatedAdministratorException, DisableOrganizationsRootCredentialsManagementCommand, DisableOrganizationsRootSessionsCommand, EnableOrganizationsRootCredentialsManagementCommand, EnableOrganizationsRootSessionsCommand,
  ListOrganizationsFeaturesCommand, OrganizationNotFoundException,
} from '@aws-sdk/client-iam';
import type { FeatureType, IAMClient } from '@aws-sdk/client-iam';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { useWrite } from '../../write.ts';

interface Feature { readonly title: string; readonly description: string; readonly enable: (iam: IAMClient) => Promise<unknown>; readonly disable: (iam: IAMClient) => Promise<unknown> }

const features: Readonly<Record<FeatureType, Feature>> = {
  RootCredentialsManagement: {
    title: 'Root credentials management', description: 'Passwords, keys and devices of root of member accounts are looked at and taken away from here.',
    enable: (iam) => iam.send(new EnableOrganizationsRootCredentialsManagementCommand({})), disable: (iam) => iam.send(new DisableOrganizationsRootCredentialsManagementCommand({})),
  },
  RootSessions: {
    title: 'Privileged root actions in member accounts', description: 'Short sessions of root for single tasks, by sts:AssumeRoot.',
    enable: (iam) => iam.send(new EnableOrganizationsRootSessionsCommand({})), disable: (iam) => iam.send(new DisableOrganizationsRootSessionsCommand({})),
  },
};

/** Which features are on, or why this account has none to switch. */
type State = { readonly enabled: readonly FeatureType[] } | { readonly absent: string };

async function readState(iam: IAMClient, abortSignal: AbortSignal): Promise<State> {
  try {
    return { enabled: (await iam.send(new ListOrganizationsFeaturesCommand({}), { abortSignal })).EnabledFeatures ?? [] };
  } catch (thrown) {
    if (thrown instanceof OrganizationNotFoundException) return { absent: 'This account is in no organization.' };
    if (thrown instanceof AccountNotManagementOrDelegatedAdministratorException) return { absent: "The organization's management account manages this." };
    throw thrown;
  }
}

export function RootAccessCard(): ReactNode {
  const write = useWrite();
  const state = useRead(({ iam }, signal) => readState(iam, signal), []);
  const toggle = async (name: FeatureType, isOn: boolean): Promise<void> => {
    const { title, enable, disable } = features[name];
    if (await write.run({ act: ({ iam }) => (isOn ? enable : disable)(iam), done: `${title} is ${isOn ? 'on' : 'off'}.` })) state.refresh();
  };
  return (
    <Container header={<Header variant="h2" description="What the management account may do about root of the organization's other accounts">Root access management</Header>}>
      <SpaceBetween size="m">
        <ProblemAlert problem={write.problem} />
        <Reading read={state} what="root access management">
          {(now) => 'absent' in now ? <Box>{now.absent}</Box> : <SpaceBetween size="s">{Object.entries(features).map(([name, { title, description }]) => <Toggle key={name} checked={now.enabled.some((one) => one === name)} disabled={write.isBusy} description={description} onChange={({ detail }) => void toggle(name as FeatureType, detail.checked)}>{title}</Toggle>)}</SpaceBetween>}
        </Reading>
      </SpaceBetween>
    </Container>
  );
}
