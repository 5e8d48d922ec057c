/** Groups as one text, to be handed to the writer's thread: copying a string costs a fraction of cloning objects. */
import type { Group, Head, JournalEntry } from '../journal.ts';

/** One value a line; no value holds a line break (see JournalEntry). */
export function writeGroups(groups: readonly Group[]): string {
  const lines: (string | number)[] = [];
  for (const { expected, entries } of groups) {
    lines.push(expected.length);
    for (const { stream, revision, id } of expected) lines.push(stream, revision, id);
    lines.push(entries.length);
    for (const { stream, revision, id, body } of entries) lines.push(stream, revision, id, body);
  }
  return lines.join('\n');
}

export function readGroups(text: string): readonly Group[] {
  const lines = text.split('\n');
  const groups: Group[] = [];
  let at = 0;
  const next = (): string => lines[at++]!;
  while (at < lines.length) {
    const expected: Head[] = [];
    for (let n = Number(next()); n > 0; n--) expected.push({ stream: next(), revision: Number(next()), id: next() });
    const entries: JournalEntry[] = [];
    for (let n = Number(next()); n > 0; n--) entries.push({ stream: next(), revision: Number(next()), id: next(), body: next() });
    groups.push({ expected, entries });
  }
  return groups;
}
