/** Writing to the API: one write at a time, told when it is done, with what is wrong with which field when it is refused. */
import { useCallback, useState } from 'react';
import type { Clients } from './clients.ts';
import { useClients } from './identity.tsx';
import { useNotifications } from './notifications.tsx';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { settleOver } from './session-over.ts';

export interface Writing<Value> {
  /** What is done; several calls, one after the other, are one write for the person. */
  readonly act: (clients: Clients) => Promise<Value>;
  /** Said when it is done: `User alice created.` Absent, nothing is said. */
  readonly done?: string | ((value: Value) => string);
}

export interface Write {
  readonly isBusy: boolean;
  /** Of the last write, until the next; shown by <ProblemAlert>. */
  readonly problem: Problem | undefined;
  /** What is wrong with a field, by the API's name of the member: `write.fieldError('UserName')`. */
  readonly fieldError: (member: string) => string | undefined;
  /** The value; undefined when it failed, which is told by `problem`. */
  readonly run: <Value>(writing: Writing<Value>) => Promise<{ readonly value: Value } | undefined>;
  readonly forget: () => void;
}

export function useWrite(): Write {
  const clients = useClients();
  const { notify } = useNotifications();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run: Write['run'] = useCallback(async ({ act, done }) => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      const value = await act(clients);
      const text = typeof done === 'function' ? done(value) : done;
      if (text !== undefined) notify({ type: 'success', text });
      return { value };
    } catch (thrown) {
      setProblem(settleOver(problemOf(thrown)));
      return undefined;
    } finally {
      setIsBusy(false);
    }
  }, [clients, notify]);
  const fieldError = useCallback((member: string) => problem?.fields[member.toLowerCase()], [problem]);
  const forget = useCallback(() => setProblem(undefined), []);
  return { isBusy, problem, fieldError, run, forget };
}
