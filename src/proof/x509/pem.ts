/** Certificates and revocation lists in PEM. Source: RFC 7468. */
import { DerBroken } from '../../base/der.ts';
import { readCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { readRevocationList } from './revocation-list.ts';
import type { RevocationList } from './revocation-list.ts';

/** All certificates that the text is; it holds nothing besides but comments between them. Throws DerBroken. */
export function readCertificatePems(text: string): readonly Certificate[] {
  return blocks(text, 'CERTIFICATE').map(readCertificate);
}

/** The one list that the text is. Throws DerBroken. */
export function readRevocationListPem(text: string): RevocationList {
  const [der, ...more] = blocks(text, 'X509 CRL');
  if (!der || more.length > 0) throw new DerBroken('no revocation list');
  return readRevocationList(der);
}

export function toCertificatePem({ bytes }: Pick<Certificate, 'bytes'>): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

/** Blocks of one label. Another label is refused: whoever uploads a key by mistake is to know. */
function blocks(text: string, label: string): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const begin = text.indexOf('-----BEGIN ', at);
    if (begin < 0) break;
    const head = `-----BEGIN ${label}-----`;
    const tail = `-----END ${label}-----`;
    const end = text.indexOf('-----END ', begin);
    if (!text.startsWith(head, begin) || end < 0 || !text.startsWith(tail, end)) throw new DerBroken(`something else than ${label}`);
    const body = text.slice(begin + head.length, end).replaceAll(/[\r\n\t ]/g, '');
    if (body === '' || body.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(body)) throw new DerBroken('no base64');
    found.push(Buffer.from(body, 'base64'));
    at = end + tail.length;
  }
  if (found.length === 0) throw new DerBroken(`no ${label}`);
  return found;
}
