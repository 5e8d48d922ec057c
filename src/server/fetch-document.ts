/** Fetches small JSON documents from token issuers, by https only, within limits, and not from this network's own addresses unless the operator says so. */
import type { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { IssuerUnreachable, IssuerUntrusted } from '../authn/issuer-keys.ts';
import type { FetchDocument } from '../authn/issuer-keys.ts';
import { limits } from './limits.ts';

interface FetchOptions {
  /** Whether loopback, private and link-local addresses may be asked. Otherwise whoever may register a provider could make this server call what only it can reach. */
  readonly allowsPrivate: boolean;
}

export function createFetchDocument({ allowsPrivate }: FetchOptions): FetchDocument {
  return async (url, { thumbprints, isOperators = false, holdsSecret = false }) => {
    let location = new URL(url);
    // What the operator allowed is the place that was named, not where it redirects to.
    const { origin } = location;
    for (let redirects = 0; redirects <= limits.issuerRedirectsMax; redirects++) {
      const isNamed = isOperators && location.origin === origin;
      if (location.protocol !== 'https:' && !(isNamed && isOfThisMachine(location))) throw new IssuerUnreachable('it is not at an https address');
      const mayBePrivate = allowsPrivate || isNamed;
      if (!mayBePrivate && isPrivate(hostOf(location))) throw new IssuerUnreachable('it is at a private address');
      const answer = await get(location, thumbprints, mayBePrivate);
      if (typeof answer === 'object') return answer.document;
      if (holdsSecret) throw new IssuerUnreachable('it redirects what only it may see');
      location = new URL(answer, location);
    }
    throw new IssuerUnreachable('it redirects too often');
  };
}

/** The host without the brackets of an IPv6 address. */
const hostOf = ({ hostname }: URL): string => hostname.replaceAll(/[[\]]/g, '');

/** An address and not a name, which something else could answer for. */
const isOfThisMachine = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]');

/** What a GET is answered: a document, or another address to ask. */
type Got = { readonly document: unknown } | string;

function get(url: URL, thumbprints: readonly string[], allowsPrivate: boolean): Promise<Got> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(limits.issuerTimeoutMs);
    const asking = (url.protocol === 'http:' ? requestPlain : request)(url, {
      signal, agent: false, maxHeaderSize: limits.headerBytesMax, headers: { Accept: 'application/json', 'User-Agent': 'gatehouse' },
      lookup: guardedLookup(allowsPrivate),
      // Whether the certificate is trusted is decided below: AWS accepts one that an authority vouches for or whose thumbprint the provider names.
      rejectUnauthorized: false,
    });
    asking.once('error', (cause) => reject(cause instanceof IssuerUnreachable ? cause : new IssuerUnreachable('it cannot be reached', { isPassing: true, cause })));
    if (url.protocol === 'https:') asking.once('socket', (socket) => socket.once('secureConnect', () => {
      // Before anything is sent: an https request's socket is a TLS one.
      if (!isTrusted(socket as TLSSocket, hostOf(url), thumbprints)) {
        asking.destroy();
        reject(new IssuerUntrusted('its certificate is not trusted'));
      }
    }));
    asking.once('response', (response) => { read(response).then(resolve, reject); });
    asking.end();
  });
}

/**
 * Whether an authority that the machine trusts vouches for the certificate, or it is, or was signed by way of, one with a thumbprint that the
 * provider names. Source: "Obtain the thumbprint for an OpenID Connect identity provider" (IAM User Guide).
 */
function isTrusted(socket: TLSSocket, host: string, thumbprints: readonly string[]): boolean {
  if (socket.authorized) return true;
  const leaf = socket.getPeerX509Certificate();
  // An authority that signs for many hosts does not make each of them this one.
  if (thumbprints.length === 0 || !leaf || (isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host)) === undefined) return false;
  const now = Date.now();
  let certificate: X509Certificate | undefined = leaf;
  for (let length = 0; certificate && length < limits.issuerChainLengthMax; length++) {
    if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) return false;
    if (thumbprints.includes(certificate.fingerprint.replaceAll(':', '').toLowerCase())) return true;
    const issuer: X509Certificate | undefined = certificate.issuerCertificate;
    // What the other side sends beside its certificate is only its word: each link is verified.
    if (!issuer || issuer.fingerprint256 === certificate.fingerprint256 || !issuer.ca || !certificate.verify(issuer.publicKey)) return false;
    certificate = issuer;
  }
  return false;
}

async function read(response: IncomingMessage): Promise<Got> {
  const { statusCode = 0, headers } = response;
  if ([301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined) {
    response.destroy();
    return headers.location;
  }
  if (statusCode !== 200) throw new IssuerUnreachable(`it answers ${statusCode}`, { status: statusCode, isPassing: statusCode >= 500 || statusCode === 429 });
  const text = await readText(response);
  try {
    return { document: JSON.parse(text) };
  } catch (cause) {
    throw new IssuerUnreachable('its answer is no JSON', { cause });
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.issuerDocumentBytesMax) throw new IssuerUnreachable('its answer is too long');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (cause) {
    throw cause instanceof IssuerUnreachable ? cause : new IssuerUnreachable('its answer breaks off', { isPassing: true, cause });
  }
}

/** Looks names up once and hands on only addresses that may be asked, so that no second answer of a name server leads elsewhere. */
function guardedLookup(allowsPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const open = allowsPrivate ? addresses : addresses.filter(({ address }) => !isPrivate(address));
      if (open.length === 0) return callback(new IssuerUnreachable('it is at a private address'), []);
      return options.all ? callback(null, open) : callback(null, open[0]!.address, open[0]!.family);
    });
  };
}

/** Addresses that are not of the open Internet. Source: IANA IPv4 and IPv6 Special-Purpose Address Registries. */
const privateAddresses = new BlockList();
for (const [network, prefix] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) privateAddresses.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [['::', 128], ['::1', 128], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) privateAddresses.addSubnet(network, prefix, 'ipv6');

/** Whether the text is an address that is not of the open Internet; a name is none. */
export function isPrivate(host: string): boolean {
  const family = isIP(host);
  // An IPv4 address written as IPv6 is checked by the IPv4 rules, too: BlockList does so for mapped ones.
  return family !== 0 && privateAddresses.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
