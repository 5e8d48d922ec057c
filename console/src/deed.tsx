/** A deed of several calls, one after the other: what is done, what is not yet, and at which step it stopped. */
import LiveRegion from '@cloudscape-design/components/live-region';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import type { Clients } from './clients.ts';
import { useClients } from './identity.tsx';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { settleOver } from './session-over.ts';

export interface Step {
  /** `Delete access key AKIA…`; no other step is called so. */
  readonly what: string;
  readonly act: (clients: Clients) => Promise<unknown>;
  /** What it takes away may be gone already, which is as good. */
  readonly mayBeGone?: boolean;
}

export interface Deed {
  readonly steps: readonly Step[];
  /** How many are done. */
  readonly done: number;
  readonly isBusy: boolean;
  /** What the step after them was refused with. */
  readonly problem: Problem | undefined;
  /** Does them in order; says whether all are done. A refused one is the last that is tried. */
  readonly run: (steps: readonly Step[]) => Promise<boolean>;
  /** Goes on from the step that was refused. */
  readonly goOn: () => Promise<boolean>;
}

const goneNames: ReadonlySet<string> = new Set(['NoSuchEntity', 'NoSuchEntityException']);

export function useDeed(): Deed {
  const clients = useClients();
  const [held, setHeld] = useState<Omit<Deed, 'run' | 'goOn'>>({ steps: [], done: 0, isBusy: false, problem: undefined });
  const go = useCallback(async (steps: readonly Step[], from: number): Promise<boolean> => {
    for (let done = from; done < steps.length; done += 1) {
      setHeld({ steps, done, isBusy: true, problem: undefined });
      const { act, mayBeGone } = steps[done]!;
      try {
        await act(clients);
      } catch (thrown) {
        if (mayBeGone === true && thrown instanceof Error && goneNames.has(thrown.name)) continue;
        setHeld({ steps, done, isBusy: false, problem: settleOver(problemOf(thrown)) });
        return false;
      }
    }
    setHeld({ steps, done: steps.length, isBusy: false, problem: undefined });
    return true;
  }, [clients]);
  const run = useCallback(async (steps: readonly Step[]) => go(steps, 0), [go]);
  const goOn = useCallback(async () => go(held.steps, held.done), [go, held]);
  return { ...held, run, goOn };
}

/** More steps than these are shown around the one that is being done. */
const shownMax = 14;

/** Where a deed stands, step by step. */
export function DeedSteps({ deed }: { readonly deed: Deed }): ReactNode {
  const { steps, done, problem, isBusy } = deed;
  if (steps.length === 0) return null;
  const stateOf = (i: number): StatusIndicatorProps.Type => i < done ? 'success' : i > done ? 'pending' : problem ? 'error' : isBusy ? 'in-progress' : 'pending';
  const from = Math.max(0, Math.min(done - shownMax + 4, steps.length - shownMax));
  return (
    <>
      <LiveRegion>{done} of {steps.length} steps are done.</LiveRegion>
      <ul className="steps">{steps.slice(from, from + shownMax).map(({ what }, i) => <li key={what}><StatusIndicator type={stateOf(from + i)}>{what}</StatusIndicator></li>)}</ul>
    </>
  );
}
