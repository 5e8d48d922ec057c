/** Asks before an identity provider is deleted. */
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { useWrite } from '../../write.ts';
import { kinds } from './providers.ts';
import type { Provider } from './providers.ts';

export function DeleteProvider({ provider: { kind, name, arn }, onDone, onDismiss }: { readonly provider: Pick<Provider, 'kind' | 'name' | 'arn'>; readonly onDone: () => void; readonly onDismiss: () => void }): ReactNode {
  const write = useWrite();
  const remove = async (): Promise<void> => { if (await write.run({ act: ({ iam }) => kinds[kind].remove(iam, arn), done: `${name} was deleted.` })) onDone(); };
  return <Confirm title={`Delete ${name}?`} verb="Delete" word={name} write={write} onConfirm={() => void remove()} onDismiss={onDismiss}>Nobody from there assumes a role any more. Roles whose trust policies name it stay as they are; sessions that began before go on until they end.</Confirm>;
}
