/** The examples of a document: its ```console blocks, each command with the output that the document shows for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../imports.ts';

export interface ShownCommand {
  readonly command: string;
  /** The lines shown below it, without empty ones. `…` stands for anything. */
  readonly output: readonly string[];
}

export interface ConsoleBlock {
  /** The prose right before it. */
  readonly introduction: string;
  readonly commands: readonly ShownCommand[];
}

/** The text of a document of the checkout, from a heading to the next of the same depth. */
export function section(path: string, heading: string): string {
  const text = readFileSync(join(root, path), 'utf8');
  const start = text.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`${path} has no heading ${heading}`);
  const end = text.indexOf(`\n${/^#+/.exec(heading)![0]} `, start + heading.length + 1);
  return text.slice(start, end < 0 ? undefined : end);
}

/** The console blocks of a text, in order. A line that begins with `$ ` is a command, the others are what it shows. */
export function consoleBlocks(text: string): readonly ConsoleBlock[] {
  return [...text.matchAll(/([^\n]*)\n+```console\n([\s\S]*?)```/g)].map((match) => ({ introduction: match[1]!, commands: commandsOf(match[2]!) }));
}

function commandsOf(block: string): readonly ShownCommand[] {
  return block.split(/^\$ /m).slice(1).map((part) => {
    const [command, ...output] = part.split('\n');
    return { command: command!, output: output.filter((line) => line.trim() !== '') };
  });
}

/** Whether a line is what the document shows: spaces and tabs are alike, `…` stands for anything. */
export function isAsShown(line: string, shown: string): boolean {
  const parts = shown.replaceAll(/\s+/g, ' ').trim().split('…');
  const text = line.replaceAll(/\s+/g, ' ').trim();
  let at = 0;
  for (const [i, part] of parts.entries()) {
    const found = i === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return parts.at(-1) === '' || text.endsWith(parts.at(-1)!);
}
