/** Programs of the host, and what of them is missing. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** In words, with Debian's package of each; undefined where all are there. */
export function absentPrograms(programs: Readonly<Record<string, string>>): string | undefined {
  const absent = Object.entries(programs).filter(([name]) => !hasProgram(name));
  return absent.length === 0 ? undefined : `programs are missing on the host: ${absent.map(([name, debian]) => `${name} (Debian: ${debian})`).join(', ')}`;
}

export const hasProgram = (name: string): boolean => ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)].some((folder) => isProgram(join(folder, name)));

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
