/** What options of the commands of an authority read. */
import { parseAlternativeName } from '../credentials/authority/certificate-extensions.ts';
import type { AlternativeName } from '../credentials/authority/certificate-extensions.ts';
import { BadValue } from './option.ts';

/** A line each. */
export function readAlternativeNames(text: string): readonly AlternativeName[] {
  return text.split('\n').map((line) => {
    const name = parseAlternativeName(line);
    if (!name) throw new BadValue('DNS:host, URI:…, IP:address or email:address');
    return name;
  });
}

export function readDays(text: string): number {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > 36_500) throw new BadValue('a number of days from 1 to 36500');
  return days;
}
