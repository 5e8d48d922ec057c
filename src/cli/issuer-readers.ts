/** Reads the texts of flags about token issuers: each reader returns a value or says what the text must be. */
import { BadValue } from './option.ts';

/** An issuer as a token names it. Source: OpenID Connect Core 1.0, section 2: https, without query or fragment. */
export function readIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '' || text.length > issuerLengthMax) throw new BadValue('an https URL without query');
  return text;
}

/** Source: CreateOpenIDConnectProvider, Url (IAM API Reference). */
const issuerLengthMax = 255;

/** Pairs of an issuer and the address that its documents are fetched from, on lines or parted by commas. */
export function readIssuerAddresses(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(/[\n,]/).map((pair) => {
    const at = pair.indexOf('=');
    if (at < 0) throw new BadValue('ISSUER=ADDRESS');
    return [readIssuer(pair.slice(0, at).trim()), readAddress(pair.slice(at + 1).trim())] as const;
  });
  const addresses = new Map(pairs);
  if (addresses.size !== pairs.length) throw new BadValue('one address for each issuer');
  return addresses;
}

/** In the clear only from this machine itself, named by its address: between machines a key could be exchanged on the way. */
function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOfThisMachine = url?.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === '[::1]');
  if (url === undefined || (url.protocol !== 'https:' && !isOfThisMachine) || url.search !== '' || url.hash !== '' || url.username !== '') throw new BadValue('ISSUER=ADDRESS, the address an https URL, or http://127.0.0.1:PORT');
  return text;
}

export function readProject(text: string): string {
  if (!/^[\w.-]+(?:\/[\w.-]+)+$/.test(text)) throw new BadValue('OWNER/NAME');
  return text;
}

export function readRef(text: string): string {
  if (!/^refs\/(?:heads|tags|pull)\/[^\s]+$/.test(text)) throw new BadValue('refs/heads/BRANCH or refs/tags/TAG');
  return text;
}

/** Claims on lines, NAME=VALUE: a value that is JSON is what it says, any other is text. A name may be a URL. */
export function readClaims(text: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(text.split('\n').map((line) => {
    const at = line.indexOf('=');
    if (at < 1) throw new BadValue('NAME=VALUE');
    return [line.slice(0, at), valueOf(line.slice(at + 1))];
  }));
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
