/** The policy simulator: what would be decided, for an entity's policies or for one in hand, without asking for the thing itself. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { EntityPicker } from '../../entity-picker.tsx';
import { PolicyEditor } from '../../policy-editor/policy-editor.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useAddress } from '../../router.ts';
import { ServiceActionsPicker } from '../../service-actions-picker.tsx';
import { useWrite } from '../../write.ts';
import { ContextEntries, entriesOf, keyNamed } from './context-entries.tsx';
import type { GivenKey } from './context-entries.tsx';
import { Results, outcomesOf } from './results.tsx';
import type { Outcome } from './results.tsx';
import { findKeys, simulate } from './simulation.ts';
import type { Simulated } from './simulation.ts';

const example = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }] }, null, 4);

export function SimulatorPage(): ReactNode {
  const { query } = useAddress();
  const [source, setSource] = useState<'entity' | 'policy'>('entity');
  const [principal, setPrincipal] = useState(query.get('principal') ?? '');
  const [policy, setPolicy] = useState(example);
  const [actions, setActions] = useState<readonly string[]>(() => query.get('action')?.split(',') ?? []);
  const [resources, setResources] = useState(query.get('resource') ?? '*');
  const [resourcePolicy, setResourcePolicy] = useState('');
  const [caller, setCaller] = useState('');
  const [keys, setKeys] = useState<readonly GivenKey[]>([]);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>();
  const running = useWrite();
  const looking = useWrite();
  const simulated: Simulated = {
    ...(source === 'entity' ? { principal } : { policy }), actions, entries: entriesOf(keys), resourcePolicy: resourcePolicy.trim(), caller,
    resources: resources.split('\n').map((line) => line.trim()).filter((line) => line !== ''),
  };
  const isAsked = actions.length > 0 && (source === 'policy' || principal !== '');
  const run = async (): Promise<void> => {
    const found = await running.run({ act: ({ iam }) => simulate(iam, simulated) });
    if (found) setOutcomes(outcomesOf(found.value));
  };
  const find = async (): Promise<void> => {
    const found = await looking.run({ act: ({ iam }) => findKeys(iam, simulated) });
    if (found) setKeys((before) => [...before, ...found.value.filter((name) => !before.some((key) => key.name.toLowerCase() === name.toLowerCase())).map(keyNamed)]);
  };
  return (
    <ContentLayout header={<Header variant="h1" description="What the policies would decide. Nothing is done, and nothing is changed.">Policy simulator</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Policies</Header>}>
          <SpaceBetween size="m">
            <SegmentedControl label="Whose policies" selectedId={source} options={[{ id: 'entity', text: 'Of a user, group or role' }, { id: 'policy', text: 'One in hand' }]} onChange={({ detail }) => setSource(detail.selectedId === 'policy' ? 'policy' : 'entity')} />
            {source === 'entity' ? <EntityPicker label="User, group or role" kinds={['user', 'role', 'group']} value={principal} onChange={setPrincipal} /> : <PolicyEditor kind="identity" value={policy} onChange={setPolicy} />}
          </SpaceBetween>
        </Container>
        <Container header={<Header variant="h2">Request</Header>}>
          <SpaceBetween size="m">
            <ServiceActionsPicker actions={actions} onChange={setActions} errorText={running.fieldError('ActionNames')} />
            <FormField label="Resources" description="An ARN a line, or * for any."><Textarea value={resources} rows={3} onChange={({ detail }) => setResources(detail.value)} /></FormField>
            <ExpandableSection headerText="Condition keys" defaultExpanded={keys.length > 0}>
              <SpaceBetween size="m">
                <Button loading={looking.isBusy} disabled={source === 'entity' && principal === ''} onClick={() => void find()}>Find the keys that the policies look at</Button>
                <ProblemAlert problem={looking.problem} />
                <ContextEntries keys={keys} onChange={setKeys} />
              </SpaceBetween>
            </ExpandableSection>
            <ExpandableSection headerText="A policy of the resource">
              <SpaceBetween size="m">
                <FormField label="Resource policy" description="As the resource has it: a bucket policy, for one."><Textarea value={resourcePolicy} rows={6} spellcheck={false} onChange={({ detail }) => setResourcePolicy(detail.value)} /></FormField>
                <FormField label="Caller (optional)" description="The ARN of the user that the request is supposed to come from."><Input value={caller} placeholder="arn:aws:iam::111122223333:user/alice" onChange={({ detail }) => setCaller(detail.value.trim())} /></FormField>
              </SpaceBetween>
            </ExpandableSection>
            <Button variant="primary" disabled={!isAsked} loading={running.isBusy} onClick={() => void run()}>Run the simulation</Button>
          </SpaceBetween>
        </Container>
        <ProblemAlert problem={running.problem} />
        {outcomes === undefined ? <Alert type="info">Choose policies and actions, and run it.</Alert> : <Results outcomes={outcomes} isBusy={running.isBusy} onAgain={() => void run()} />}
      </SpaceBetween>
    </ContentLayout>
  );
}
