/** Switching to a role: the form, which a link may have filled in, and the roles that this browser switched to last. Source: "Switching to a role (console)" (IAM User Guide). */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useHelp } from '../../help.tsx';
import { useIdentity } from '../../identity.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { follow, href, navigate, useAddress } from '../../router.ts';
import { askDoor } from '../../session.ts';
import type { SwitchedRole } from '../../session.ts';
import { useWrite } from '../../write.ts';
import { Swatch, roleColors } from '../../role-colors.tsx';

const help = { header: 'Switching roles', content: <p>You give up your own permissions for those of the role, until you switch back. Whoever signed in asks for the role, also when another one is acted as. The role's trust policy must name you, and your policies must allow sts:AssumeRole.</p> };

export function SwitchRolePage(): ReactNode {
  useHelp(help);
  const { session, become } = useIdentity();
  const write = useWrite();
  const switchTo = async (role: SwitchedRole): Promise<void> => {
    const { displayName, ...rest } = role;
    const switched = await write.run({ act: () => askDoor(session, 'switch-role', { ...rest, ...(displayName !== '' && { displayName }) }), done: ({ role: now }) => `You act as ${now?.displayName ?? role.roleName}.` });
    if (!switched) return;
    // Another role's page would be of another account: the first page is everybody's.
    navigate(href(''));
    become(switched.value);
  };
  return (
    <ContentLayout header={<Header variant="h1" description="Act with the permissions of a role, in this account or another">Switch role</Header>}>
      {session.kind === 'root' ? <Alert type="info">Root cannot switch to a role. Sign in as a user.</Alert> : (
        <SpaceBetween size="l">
          <ProblemAlert problem={write.problem} />
          <RoleForm onSwitch={switchTo} isBusy={write.isBusy} />
          {session.recentRoles.length === 0 ? undefined : <Recent roles={session.recentRoles} onSwitch={switchTo} isBusy={write.isBusy} />}
        </SpaceBetween>
      )}
    </ContentLayout>
  );
}

interface SwitchProps { readonly onSwitch: (role: SwitchedRole) => Promise<void>; readonly isBusy: boolean }

function RoleForm({ onSwitch, isBusy }: SwitchProps): ReactNode {
  const { query } = useAddress();
  const proposed = (name: string): string => query.get(name) ?? '';
  const [role, setRole] = useState<SwitchedRole>(() => ({ account: proposed('account'), roleName: proposed('roleName'), displayName: proposed('displayName'), color: proposed('color').replace('#', '') || roleColors[0].value }));
  const set = (changed: Partial<SwitchedRole>): void => setRole({ ...role, ...changed });
  const isWhole = role.account.trim() !== '' && role.roleName.trim() !== '';
  // A link may bring a colour of its own.
  const choices = roleColors.some(({ value }) => value === role.color) ? roleColors : [...roleColors, { value: role.color, label: `#${role.color}` }];
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (isWhole) void onSwitch(role); }}>
      <Form actions={<SpaceBetween direction="horizontal" size="xs"><Button variant="link" formAction="none" href={href('')} onFollow={follow}>Cancel</Button><Button variant="primary" loading={isBusy} disabled={!isWhole}>Switch role</Button></SpaceBetween>}>
        <Container header={<Header variant="h2">Role</Header>}>
          <SpaceBetween size="m">
            <FormField label="Account ID" description="12 digits, or the account's alias"><Input value={role.account} onChange={({ detail }) => set({ account: detail.value })} ariaRequired /></FormField>
            <FormField label="IAM role name" description="With its path, if it has one"><Input value={role.roleName} onChange={({ detail }) => set({ roleName: detail.value })} ariaRequired /></FormField>
            <FormField label={<span>Display name <i>– optional</i></span>} description="What the bar at the top shows; 64 characters at most"><Input value={role.displayName} onChange={({ detail }) => set({ displayName: detail.value })} /></FormField>
            <FormField label="Display colour"><RadioGroup direction="horizontal" ariaLabel="Display colour" value={role.color} items={choices.map(({ value, label }) => ({ value, label: <><Swatch color={value} /> {label}</> }))} onChange={({ detail }) => set({ color: detail.value })} /></FormField>
          </SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}

const Recent = ({ roles, onSwitch, isBusy }: SwitchProps & { readonly roles: readonly SwitchedRole[] }): ReactNode => (
  <Container header={<Header variant="h2" description="Of this browser, five at most">Recent roles</Header>}>
    <SpaceBetween size="xs">
      {roles.map((role) => <SpaceBetween key={`${role.account} ${role.roleName}`} direction="horizontal" size="xs" alignItems="center"><Button disabled={isBusy} ariaLabel={`Switch to ${role.displayName}`} onClick={() => void onSwitch(role)}><Swatch color={role.color} /> {role.displayName}</Button><Box color="text-body-secondary">{role.roleName} in {role.account}</Box></SpaceBetween>)}
    </SpaceBetween>
  </Container>
);
