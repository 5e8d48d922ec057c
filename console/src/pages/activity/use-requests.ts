/** The latest requests of the account: those that are kept at first, then what comes, as long as somebody watches. */
import { useCallback, useEffect, useState } from 'react';
import type { RequestRecord } from '../../../../models/gatehouse.ts';
import type { Clients } from '../../clients.ts';
import { useClients } from '../../identity.tsx';
import { problemOf } from '../../problem.ts';
import type { ListRead } from '../../read.ts';
import { settleOver } from '../../session-over.ts';

/** Between two looks, milliseconds. */
const pauseMs = 2_000;
/** As many stay on the page, the oldest go first. */
const shownMax = 2_000;

export interface RequestsRead extends ListRead<RequestRecord> {
  /** From when on none is missing. */
  readonly keptSince: number | undefined;
}

interface Held { readonly items: readonly RequestRecord[]; readonly since: string | undefined; readonly keptSince: number | undefined }
const nothing: Held = { items: [], since: undefined, keptSince: undefined };

export function useRequests(isLive: boolean): RequestsRead {
  const clients = useClients();
  const [turn, setTurn] = useState(0);
  const [held, setHeld] = useState(nothing);
  const [state, setState] = useState<Pick<ListRead<RequestRecord>, 'isComplete' | 'problem'>>({ isComplete: false, problem: undefined });
  const refresh = useCallback(() => setTurn((turn) => turn + 1), []);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = held;
    const look = async (): Promise<void> => {
      try {
        // Nobody sees a page that is in the background.
        if (document.visibilityState === 'visible' || current.since === undefined) {
          current = await lookFor(current, clients, signal);
          if (signal.aborted) return;
          setHeld(current);
          setState({ isComplete: true, problem: undefined });
        }
        if (isLive) timer = setTimeout(() => void look(), pauseMs);
      } catch (thrown) {
        // It is told, and looked for again when the person says so.
        if (!signal.aborted) setState({ isComplete: true, problem: settleOver(problemOf(thrown)) });
      }
    };
    void look();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
    // What is held is carried on, and no reason to look.
  }, [clients, turn, isLive]);
  return { items: held.items, keptSince: held.keptSince, refresh, ...state };
}

/** What is held with what is newer before it. */
async function lookFor({ items, since }: Held, { gatehouse }: Clients, abortSignal: AbortSignal): Promise<Held> {
  const { Requests, Since, KeptSince } = await gatehouse.send('ListRequests', { MaxItems: 1000, ...(since !== undefined && { Since: since }) }, { abortSignal });
  // A server that was started again tells all that it has.
  const known = new Set(items.map(({ RequestId }) => RequestId));
  const fresh = Requests.filter(({ RequestId }) => !known.has(RequestId));
  return { items: fresh.length === 0 ? items : [...fresh, ...items].slice(0, shownMax), since: Since, keptSince: KeptSince };
}
