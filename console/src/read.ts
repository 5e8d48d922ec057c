/** Reading from the API: one value, or a list of however many pages; loading, ready or failed, and asked again on demand. */
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { DependencyList } from 'react';
import type { Clients } from './clients.ts';
import { useClients } from './identity.tsx';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { settleOver } from './session-over.ts';

/** `loading` and `failed` may still have the value that was there before, which is shown meanwhile. */
export type Read<Value> = { readonly refresh: () => void } & (
  | { readonly state: 'loading'; readonly value: Value | undefined; readonly problem: undefined }
  | { readonly state: 'ready'; readonly value: Value; readonly problem: undefined }
  | { readonly state: 'failed'; readonly value: Value | undefined; readonly problem: Problem });

export type Ask<Value> = (clients: Clients, signal: AbortSignal) => Promise<Value>;

/** Asks once, and again when a dependency changes or `refresh` is called. */
export function useRead<Value>(ask: Ask<Value>, dependencies: DependencyList): Read<Value> {
  const clients = useClients();
  const [turn, setTurn] = useState(0);
  const [held, setHeld] = useState<{ readonly value?: Value; readonly problem?: Problem; readonly isLoading: boolean }>({ isLoading: true });
  const refresh = useCallback(() => setTurn((turn) => turn + 1), []);
  const asked = useRef(turn);
  useEffect(() => {
    const controller = new AbortController();
    // What was there stays while the same is asked again, and goes when something else is.
    const isAgain = asked.current !== turn;
    asked.current = turn;
    setHeld((before) => ({ ...(isAgain && before.value !== undefined && { value: before.value }), isLoading: true }));
    ask(clients, controller.signal).then(
      (value) => { if (!controller.signal.aborted) setHeld({ value, isLoading: false }); },
      (thrown: unknown) => { if (!controller.signal.aborted) setHeld((before) => ({ ...(before.value !== undefined && { value: before.value }), problem: settleOver(problemOf(thrown)), isLoading: false })); },
    );
    return () => controller.abort();
    // What `ask` reads from outside stands in the dependencies.
  }, [clients, turn, ...dependencies]);
  const { value, problem, isLoading } = held;
  if (isLoading) return { state: 'loading', value, problem: undefined, refresh };
  if (problem) return { state: 'failed', value, problem, refresh };
  // Neither loading nor failed: it has come.
  return { state: 'ready', value: value as Value, problem: undefined, refresh };
}

export interface ListRead<Item> {
  readonly items: readonly Item[];
  /** Whether the last page has come. */
  readonly isComplete: boolean;
  readonly problem: Problem | undefined;
  readonly refresh: () => void;
}

/** Items of a list as they come, page after page; of a long one the first are there while the rest is under way. */
export function useList<Item>(pagesOf: (clients: Clients, signal: AbortSignal) => AsyncIterable<readonly Item[]>, dependencies: DependencyList): ListRead<Item> {
  const clients = useClients();
  const [turn, setTurn] = useState(0);
  const [held, setHeld] = useState<Omit<ListRead<Item>, 'refresh'>>({ items: [], isComplete: false, problem: undefined });
  const refresh = useCallback(() => setTurn((turn) => turn + 1), []);
  const asked = useRef(turn);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const isAgain = asked.current !== turn;
    asked.current = turn;
    const gather = async (): Promise<void> => {
      const items: Item[] = [];
      for await (const page of pagesOf(clients, signal)) {
        if (signal.aborted) return;
        items.push(...page);
        const shown = items.slice();
        // The list grows without holding up what the person does. Asked again, what is shown stays until as much has come.
        startTransition(() => setHeld((before) => (shown.length < before.items.length ? before : { items: shown, isComplete: false, problem: undefined })));
      }
      if (!signal.aborted) setHeld({ items, isComplete: true, problem: undefined });
    };
    setHeld((before) => ({ items: isAgain ? before.items : [], isComplete: false, problem: undefined }));
    gather().catch((thrown: unknown) => { if (!signal.aborted) setHeld((before) => ({ ...before, isComplete: true, problem: settleOver(problemOf(thrown)) })); });
    return () => controller.abort();
  }, [clients, turn, ...dependencies]);
  return { ...held, refresh };
}

interface MarkedPage { readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }

/** The pages of an operation of IAM that is paged by markers: `markedPages((Marker) => iam.send(new ListUsersCommand({ Marker, MaxItems: 1000 })), ({ Users }) => Users)`. */
export async function* markedPages<Page extends MarkedPage, Item>(ask: (marker: string | undefined) => Promise<Page>, itemsOf: (page: Page) => readonly Item[] | undefined): AsyncGenerator<readonly Item[]> {
  let marker: string | undefined;
  do {
    const page: Page = await ask(marker);
    yield itemsOf(page) ?? [];
    marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (marker !== undefined);
}

/** All items of all pages, for where a page needs them at once. */
export async function allOf<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}
