/** Reads the texts of flags and variables: each reader returns a value or says what the text must be. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { BadValue, UsageError } from './option.ts';
import type { GivenAccessKey, TlsPair } from './start-options.ts';

export function readSwitch(text: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new BadValue('true, false, 1 or 0');
}

export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new BadValue('a port from 0 to 65535');
  return port;
}

/** Up to a year. */
export function readHours(text: string): number {
  const hours = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(hours >= 1 && hours <= 8_760)) throw new BadValue('a number of hours from 1 to 8760');
  return hours;
}

/** A whole number from 1 on. */
export function readCount(max: number): (text: string) => number {
  return (text) => {
    const count = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
    if (!(count >= 1 && count <= max)) throw new BadValue(`a number from 1 to ${max}`);
    return count;
  };
}

/** A whole number of seconds. */
export function readSeconds(min: number, max: number): (text: string) => number {
  return (text) => {
    const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (!(seconds >= min && seconds <= max)) throw new BadValue(`a number of seconds from ${min} to ${max}`);
    return seconds;
  };
}

/** An address and not a name, so that what was checked to be loopback is what is listened on. */
export function readHost(text: string): string {
  if (text !== 'localhost' && isIP(text) === 0) throw new BadValue('an IP address or localhost');
  return text;
}

/** Host names, parted by commas. Source: RFC 1123, section 2.1. */
export function readHostNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (!names.every((name) => name.length <= 253 && hostName.test(name))) throw new BadValue('host names, parted by commas, without ports');
  return names;
}

const hostName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

/** A URL that others can trust for its certificate, or that nobody else can reach; the slash at its end is taken off. */
export function readPublicUrl(text: string): string {
  const url = URL.parse(text);
  const isTrusted = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname.replaceAll(/[[\]]/g, '')));
  if (!url || !isTrusted || url.username !== '' || url.password !== '' || /[?#]/.test(text)) throw new BadValue('an https URL (or http to this machine itself) of a host, perhaps a port and a path');
  return url.href.replace(/\/+$/, '');
}

export function readAccountId(text: string): string {
  if (!/^\d{12}$/.test(text) || text === '000000000000') throw new BadValue('an account id: twelve digits, not all zero');
  return text;
}

/** As far as AWS looks: something, an @, something, 6 to 64 characters. Source: "CreateAccount" (AWS Organizations API Reference). */
export function readEmail(text: string): string {
  if (text.length < 6 || text.length > 64 || !/^[^\s@]+@[^\s@]+$/.test(text)) throw new BadValue('an e-mail address of 6 to 64 characters');
  return text;
}

export function readText(text: string): string {
  if (text === '') throw new BadValue('not empty');
  return text;
}

/** One of some words. */
export function readOneOf<const Words extends readonly string[]>(words: Words): (text: string) => Words[number] {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new BadValue(`one of ${words.join(', ')}`);
    return word;
  };
}

/** The master key: 32 bytes, in base64. The text is a secret, so a mistake in it is not shown. */
export function readMasterKey(text: string, source: string): Uint8Array {
  const trimmed = text.trim();
  const bytes = /^[A-Za-z0-9+/]{43}=$/.test(trimmed) ? Buffer.from(trimmed, 'base64') : undefined;
  if (bytes?.length !== 32) throw new UsageError(`${source} must hold 32 bytes in base64 (44 characters), as \`openssl rand -base64 32\` writes them`);
  return bytes;
}

/** The usual ones, for which no list need be made. */
const usualLoopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  if (usualLoopback.has(host)) return true;
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}

/** The file's bytes; a file that cannot be read is the user's to put right. */
export function readGivenFile(path: string, source: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${source}: cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Reads a certificate chain and its key and sees that they belong together, so that a wrong pair stops the start and not the first client. */
export function readTlsPair(certFile: string, keyFile: string): TlsPair {
  const cert = readGivenFile(certFile, '--tls-cert');
  const key = readGivenFile(keyFile, '--tls-key');
  let isPair: boolean;
  try {
    isPair = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (error) {
    throw new UsageError(`--tls-cert ${certFile} and --tls-key ${keyFile} must be a PEM certificate and its unencrypted PEM key`, { cause: error });
  }
  if (!isPair) throw new UsageError(`the key in ${keyFile} does not belong to the certificate in ${certFile}`);
  return { cert, key };
}

/** Root's given access key, of AWS's own form; a temporary id (ASIA…) is none. The secret is never shown. Source: "AccessKey" (IAM API Reference), pattern and length. */
export function readGivenAccessKey(accessKeyId: string | undefined, secretAccessKey: string | undefined): GivenAccessKey | undefined {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new UsageError('GATEHOUSE_ROOT_ACCESS_KEY_ID and GATEHOUSE_ROOT_SECRET_ACCESS_KEY go together: only one of them is set');
  }
  if (!/^\w{16,128}$/.test(accessKeyId) || accessKeyId.startsWith('ASIA')) {
    throw new UsageError('GATEHOUSE_ROOT_ACCESS_KEY_ID must be 16 to 128 letters, digits or underscores, and not begin with ASIA');
  }
  if (!/^[A-Za-z0-9/+=]{40,128}$/.test(secretAccessKey)) {
    throw new UsageError('GATEHOUSE_ROOT_SECRET_ACCESS_KEY must be 40 to 128 characters of A-Z a-z 0-9 / + =');
  }
  return { accessKeyId, secretAccessKey };
}
