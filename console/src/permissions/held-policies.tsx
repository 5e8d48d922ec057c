/** The permissions of a user, group or role: every policy it has and how it came by it; attaching, removing, and writing inline ones. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ListGroupsForUserCommand } from '@aws-sdk/client-iam';
import type { Policy } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Clients } from '../clients.ts';
import { Confirm } from '../confirm.tsx';
import { DeedSteps, useDeed } from '../deed.tsx';
import { heldPolicies, holderCalls } from '../holders.ts';
import type { HeldPolicy, Holder } from '../holders.ts';
import { List } from '../list.tsx';
import { useNotifications } from '../notifications.tsx';
import { ProblemAlert } from '../problem-alert.tsx';
import { markedPages, useList } from '../read.ts';
import { href, navigate } from '../router.ts';
import { useWrite } from '../write.ts';
import { ChoosePolicies, policyType } from './choose-policies.tsx';
import { HeldPolicyLink, HolderLink, newInlinePolicyPath } from './policy-link.tsx';

/** What the holder has itself, and of a user also what its groups give. */
async function* allHeld({ iam }: Clients, holder: Holder): AsyncGenerator<readonly HeldPolicy[]> {
  yield* heldPolicies(iam, holder);
  if (holder.kind !== 'user') return;
  for await (const groups of markedPages((Marker) => iam.send(new ListGroupsForUserCommand({ UserName: holder.name, Marker })), ({ Groups }) => Groups)) {
    for (const { GroupName } of groups) yield* heldPolicies(iam, { kind: 'group', name: GroupName! });
  }
}

const idOf = (policy: HeldPolicy): string => `${policy.from.kind} ${policy.from.name} ${policy.type === 'managed' ? policy.arn : `inline ${policy.name}`}`;
const typeOf = (policy: HeldPolicy): string => policy.type === 'managed' ? policyType(policy.arn) : 'Customer inline';

export function HeldPolicies({ holder }: { readonly holder: Holder }): ReactNode {
  const held = useList((clients) => allHeld(clients, holder), [holder.kind, holder.name]);
  const [dialog, setDialog] = useState<{ readonly removes: readonly HeldPolicy[] } | 'attach'>();
  const isOwn = ({ from }: HeldPolicy): boolean => from.kind === holder.kind && from.name === holder.name;
  const close = (): void => setDialog(undefined);
  const changed = (): void => { close(); held.refresh(); };
  return (
    <>
      <List<HeldPolicy>
        variant="container" list={held} title="Permissions policies" noun="policy" nouns="policies" selection="multi" keyOf={({ name }) => name} idOf={idOf}
        description={holder.kind === 'user' ? 'Attached to the user directly or through groups.' : `What this ${holderCalls[holder.kind].noun} is allowed and denied.`}
        empty={<Box>It has no policy, and so no permissions of its own.</Box>}
        columns={[
          { id: 'name', header: 'Policy name', cell: (policy) => <HeldPolicyLink policy={policy} />, value: ({ name }) => name, width: 340 },
          { id: 'type', header: 'Type', cell: typeOf, value: typeOf },
          ...(holder.kind === 'user' ? [{ id: 'via', header: 'Attached via', cell: (policy: HeldPolicy) => isOwn(policy) ? (policy.type === 'inline' ? 'Inline' : 'Directly') : <>Group <HolderLink kind="group" name={policy.from.name} /></>, value: (policy: HeldPolicy) => isOwn(policy) ? '' : policy.from.name }] : []),
        ]}
        actions={(selected, clear) => (
          <>
            <Button disabled={selected.length === 0 || !selected.every(isOwn)} disabledReason={selected.length > 0 ? 'What a group gives is removed from the group.' : undefined} onClick={() => { setDialog({ removes: selected }); clear(); }}>Remove</Button>
            <ButtonDropdown
              items={[{ id: 'attach', text: 'Attach policies' }, { id: 'inline', text: 'Create inline policy' }]}
              onItemClick={({ detail }) => { if (detail.id === 'attach') setDialog('attach'); else navigate(href(newInlinePolicyPath(holder.kind, holder.name))); }}
            >Add permissions</ButtonDropdown>
          </>
        )}
      />
      {dialog === 'attach' ? <AttachDialog holder={holder} without={new Set(held.items.flatMap((policy) => policy.type === 'managed' && isOwn(policy) ? [policy.arn] : []))} onDone={changed} onDismiss={close} /> : undefined}
      {typeof dialog === 'object' ? <RemoveDialog holder={holder} policies={dialog.removes} onDone={changed} onDismiss={close} /> : undefined}
    </>
  );
}

interface DialogProps { readonly holder: Holder; readonly onDone: () => void; readonly onDismiss: () => void }

function AttachDialog({ holder: { kind, name }, without, onDone, onDismiss }: DialogProps & { readonly without: ReadonlySet<string> }): ReactNode {
  const [chosen, setChosen] = useState<readonly Policy[]>([]);
  const deed = useDeed();
  const { notify } = useNotifications();
  const attach = async (): Promise<void> => {
    const isDone = await deed.run(chosen.map(({ Arn, PolicyName }) => ({ what: `Attach ${PolicyName}`, act: ({ iam }) => holderCalls[kind].attach(iam, name, Arn!) })));
    if (!isDone) return;
    notify({ type: 'success', text: `${chosen.length === 1 ? `Policy ${chosen[0]!.PolicyName} is` : `${chosen.length} policies are`} attached to ${holderCalls[kind].noun} ${name}.` });
    onDone();
  };
  return (
    <Modal visible size="large" header={`Attach policies to ${name}`} closeAriaLabel="Close" onDismiss={deed.done > 0 ? onDone : onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={deed.done > 0 ? onDone : onDismiss}>Cancel</Button><Button variant="primary" loading={deed.isBusy} disabled={chosen.length === 0} onClick={attach}>Attach policies</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <ProblemAlert problem={deed.problem} />
        {deed.problem ? <DeedSteps deed={deed} /> : undefined}
        <ChoosePolicies chosen={chosen} onChoose={setChosen} without={without} title="Policies" />
      </SpaceBetween>
    </Modal>
  );
}

function RemoveDialog({ holder: { kind, name }, policies, onDone, onDismiss }: DialogProps & { readonly policies: readonly HeldPolicy[] }): ReactNode {
  const write = useWrite();
  const remove = async (): Promise<void> => {
    const removed = await write.run({ done: `${policies.length === 1 ? `Policy ${policies[0]!.name} is` : `${policies.length} policies are`} removed from ${name}.`, act: async ({ iam }) => {
      for (const policy of policies) await (policy.type === 'managed' ? holderCalls[kind].detach(iam, name, policy.arn) : holderCalls[kind].deleteInline(iam, name, policy.name));
    } });
    if (removed) onDone();
  };
  const inline = policies.filter(({ type }) => type === 'inline');
  return (
    <Confirm title={`Remove ${policies.length === 1 ? policies[0]!.name : `${policies.length} policies`}?`} verb="Remove" write={write} onConfirm={remove} onDismiss={onDismiss}>
      <p>{name} loses what {policies.length === 1 ? 'it allows' : 'they allow'}, and is no longer kept from what {policies.length === 1 ? 'it denies' : 'they deny'}, with the next request.</p>
      {inline.length > 0 ? <p>Inline policies are deleted for good: {inline.map(({ name }) => name).join(', ')}.</p> : undefined}
    </Confirm>
  );
}
