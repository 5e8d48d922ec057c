/** The two forms of time in certificates and revocation lists. Source: RFC 5280, section 4.1.2.5. */
import type { Timestamp } from '../../base/clock.ts';
import { DerBroken, tags } from '../../base/der.ts';
import type { DerValue } from '../../base/der.ts';

/** Reads `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`, as the tag says. Throws DerBroken. */
export function readTime({ tag, content }: DerValue): Timestamp {
  const text = Buffer.from(content).toString('latin1');
  if (tag === tags.utcTime && /^\d{12}Z$/.test(text)) return toTimestamp(`${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}`);
  if (tag === tags.generalizedTime && /^\d{14}Z$/.test(text)) return toTimestamp(text);
  throw new DerBroken('no time');
}

function toTimestamp(text: string): Timestamp {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
  const at = Date.parse(iso);
  // A day that there is not would be read as the day after.
  if (Number.isNaN(at) || new Date(at).toISOString() !== iso) throw new DerBroken('a time that there is not');
  return at;
}
