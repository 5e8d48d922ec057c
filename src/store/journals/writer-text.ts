/** What the writer's thread is asked and answers, as texts (see mailbox.ts): one value a line. */
import type { Group, Head, JournalEntry, SnapshotChunk } from '../journal.ts';

/** To append groups, to write a part of a snapshot, to make a whole one the newest. */
export type WriterTask =
  | { readonly groups: readonly Group[] }
  | { readonly snapshot: Head; readonly part: number; readonly chunk: SnapshotChunk }
  | { readonly snapshot: Head; readonly parts: number };

/** Of an append: the indexes of the groups that conflict, and the first and the last line that its commit wrote, 0 where it wrote none. */
export interface WriterResult { readonly conflicts: readonly number[]; readonly firstSeq: number; readonly lastSeq: number }

/** INVARIANT: no value holds a line break (see JournalEntry), but for what a chunk holds, which comes last. */
export function writeTask(task: WriterTask): string {
  if ('groups' in task) return task.groups.reduce(addGroup, 'groups');
  const { snapshot: { stream, revision, id } } = task;
  return 'chunk' in task ? ['part', stream, revision, id, task.part, task.chunk.table, task.chunk.body].join('\n') : ['parts', stream, revision, id, task.parts].join('\n');
}

function addGroup(before: string, { expected, entries }: Group): string {
  let text = `${before}\n${expected.length}`;
  for (const { stream, revision, id } of expected) text += `\n${stream}\n${revision}\n${id}`;
  text += `\n${entries.length}`;
  for (const { stream, revision, id, body } of entries) text += `\n${stream}\n${revision}\n${id}\n${body}`;
  return text;
}

export function readTask(text: string): WriterTask {
  const lines = text.split('\n');
  let at = 0;
  const next = (): string => lines[at++]!;
  const head = (): Head => ({ stream: next(), revision: Number(next()), id: next() });
  const kind = next();
  if (kind !== 'groups') {
    const snapshot = head();
    if (kind === 'parts') return { snapshot, parts: Number(next()) };
    return { snapshot, part: Number(next()), chunk: { table: next(), body: lines.slice(at).join('\n') } };
  }
  const groups: Group[] = [];
  while (at < lines.length) {
    const expected: Head[] = [];
    for (let n = Number(next()); n > 0; n--) expected.push(head());
    const entries: JournalEntry[] = [];
    for (let n = Number(next()); n > 0; n--) entries.push({ ...head(), body: next() });
    groups.push({ expected, entries });
  }
  return { groups };
}

export const writeResult = ({ conflicts, firstSeq, lastSeq }: WriterResult): string => [firstSeq, lastSeq, ...conflicts].join(' ');

export function readResult(text: string): WriterResult {
  const [firstSeq = 0, lastSeq = 0, ...conflicts] = text.split(' ').map(Number);
  return { conflicts, firstSeq, lastSeq };
}
