/** Shows what is read: a spinner, the problem, or the value. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';
import type { Read } from './read.ts';

/** `<Reading read={read} what="password policy">{(policy) => …}</Reading>`; a value that was there before stays under the problem of asking again. */
export function Reading<Value>({ read, what, children }: { readonly read: Read<Value>; readonly what: string; readonly children: (value: Value) => ReactNode }): ReactNode {
  if (read.state === 'ready') return children(read.value);
  if (read.state === 'loading') return read.value === undefined ? <Box color="text-body-secondary"><Spinner /> Loading {what}</Box> : children(read.value);
  return <SpaceBetween size="m"><ProblemAlert problem={read.problem} what={what} onRetry={read.refresh} />{read.value === undefined ? null : children(read.value)}</SpaceBetween>;
}
