/** The NOTICE file: one section for each thing in the repository that others made, rewritten by the script that fetches it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../NOTICE', import.meta.url);
const opening = 'Gatehouse\n\nThis product contains material made by others:\n';
const heading = (name: string): string => `\n---- ${name} ----\n`;

/** Replaces the section of that name, or adds it; sections stand in order of name. */
export function writeNotice(name: string, text: string): void {
  const sections = existsSync(file) ? readSections(readFileSync(file, 'utf8')) : new Map<string, string>();
  sections.set(name, text.trim());
  const ordered = [...sections].sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, opening + ordered.map(([section, body]) => `${heading(section)}\n${body}\n`).join(''));
}

function readSections(notice: string): Map<string, string> {
  const [, ...parts] = notice.split(/\n---- (.+) ----\n/);
  const sections = new Map<string, string>();
  for (let i = 0; i + 1 < parts.length; i += 2) sections.set(parts[i]!, parts[i + 1]!.trim());
  return sections;
}
