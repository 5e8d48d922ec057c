/** Makes a user group, with users and policies. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { AddUserToGroupCommand, AttachGroupPolicyCommand, CreateGroupCommand } from '@aws-sdk/client-iam';
import type { Policy, User } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { DeedSteps, useDeed } from '../../deed.tsx';
import type { Step } from '../../deed.tsx';
import { useNotifications } from '../../notifications.tsx';
import { ChoosePolicies } from '../../permissions/choose-policies.tsx';
import { ChooseUsers } from '../../permissions/choose-users.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { href, navigate, pathOf } from '../../router.ts';

export function CreateGroupPage(): ReactNode {
  const [name, setName] = useState('');
  const [users, setUsers] = useState<readonly User[]>([]);
  const [policies, setPolicies] = useState<readonly Policy[]>([]);
  const deed = useDeed();
  const { notify } = useNotifications();
  const path = pathOf('groups/:groupName', { groupName: name });
  const create = async (): Promise<void> => {
    const steps: readonly Step[] = [
      { what: `Create group ${name}`, act: async ({ iam }) => iam.send(new CreateGroupCommand({ GroupName: name })) },
      ...policies.map(({ PolicyName, Arn }): Step => ({ what: `Attach policy ${PolicyName}`, act: async ({ iam }) => iam.send(new AttachGroupPolicyCommand({ GroupName: name, PolicyArn: Arn })) })),
      ...users.map(({ UserName }): Step => ({ what: `Add ${UserName}`, act: async ({ iam }) => iam.send(new AddUserToGroupCommand({ GroupName: name, UserName })) })),
    ];
    if (!await (deed.done > 0 ? deed.goOn() : deed.run(steps))) return;
    notify({ type: 'success', text: `User group ${name} is created.` });
    navigate(href(path));
  };
  const isBegun = deed.done > 0;
  return (
    <ContentLayout header={<Header variant="h1">Create user group</Header>}>
      <form onSubmit={(event) => { event.preventDefault(); void create(); }}>
        <Form actions={<SpaceBetween direction="horizontal" size="xs"><Button formAction="none" variant="link" onClick={() => navigate(href(isBegun ? path : 'groups'))}>{isBegun ? 'To the group' : 'Cancel'}</Button><Button variant="primary" disabled={name === ''} loading={deed.isBusy}>{isBegun ? 'Try the rest again' : 'Create user group'}</Button></SpaceBetween>}>
          <SpaceBetween size="l">
            <Container header={<Header variant="h2">Name the group</Header>}>
              <FormField label="User group name" constraintText="Up to 128 letters, digits and +=,.@-_" errorText={deed.problem?.fields['groupname']}><Input value={name} disabled={isBegun} onChange={({ detail }) => setName(detail.value)} ariaRequired autoComplete={false} /></FormField>
            </Container>
            <ChooseUsers chosen={users} onChoose={setUsers} />
            <ChoosePolicies chosen={policies} onChoose={setPolicies} />
            {deed.problem ? <DeedSteps deed={deed} /> : undefined}
            <ProblemAlert problem={deed.problem} what={deed.steps[deed.done]?.what ?? 'user group'} />
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}
