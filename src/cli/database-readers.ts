/** Reads the texts of flags about databases: each reader returns a value or says what the text must be. */
import { BadValue } from './option.ts';
import type { StartOptions } from './start-options.ts';

const serverForm = /^([\w.-]{1,64})=(tls:)?([\w.-]{1,255}|\[[0-9a-fA-F:.]{2,45}\]):(\d{1,5})$/;

/** Names of servers and their addresses, on lines or parted by commas. */
export function readDatabaseServers(text: string): StartOptions['databaseServers'] {
  const servers = text.split(/[\n,]/).map((pair) => {
    const [, name, tls, host, port] = serverForm.exec(pair.trim()) ?? [];
    if (name === undefined || !isPort(Number(port))) throw new BadValue('NAME=HOST:PORT, or NAME=tls:HOST:PORT');
    return [name, { host: host!.replace(/^\[|\]$/g, ''), port: Number(port), isSecure: tls !== undefined }] as const;
  });
  const byName = new Map(servers);
  if (byName.size !== servers.length) throw new BadValue('one address for each name');
  return byName;
}

/** `15432-15531` */
export function readPortRange(text: string): StartOptions['databasePorts'] {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  if (!isPort(range.first) || !isPort(range.last) || range.first > range.last) throw new BadValue('FIRST-LAST, two ports');
  return range;
}

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;
