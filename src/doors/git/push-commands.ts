/** What a push is about to change, read before git sees any of it; and what a client is told of a push that was refused. Source: gitprotocol-pack(5), "Reference Update Request and Packfile Transfer", "Report Status". */
import { isObjectId } from '../../services/codecommit/git/reference-name.ts';
import { flush, flushPacket, MalformedPacket, packet, PacketReader, payloadBytesMax } from './pkt-line.ts';

export interface ReferenceChange {
  readonly before: string;
  readonly after: string;
  /** `refs/heads/main` */
  readonly reference: string;
}

export interface PushCommands {
  readonly changes: readonly ReferenceChange[];
  /** What the client can take, as it says. */
  readonly capabilities: ReadonlySet<string>;
  /** All that was read, for git to read again. */
  readonly bytes: Buffer;
}

/** No object: a reference that is made comes from it, one that is removed goes to it. */
export const noObject = '0'.repeat(40);

/** The commands at the beginning of what a client sends; none where it sends nothing to change. Throws MalformedPacket. */
export async function readPushCommands(source: AsyncIterator<Uint8Array>, bytesMax: number): Promise<PushCommands> {
  const reader = new PacketReader(source, bytesMax);
  const changes: ReferenceChange[] = [];
  const seen: Buffer[] = [];
  let capabilities: ReadonlySet<string> = new Set();
  for (;;) {
    const line = await reader.next();
    if (line === undefined) break;
    seen.push(line === flush ? flushPacket : packet(line));
    if (line === flush) break;
    const text = textOf(line).replace(/\n$/, '');
    if (text.startsWith('shallow ')) continue;
    // Certificates are not offered, so none may come: a push that they sign names its references inside them.
    if (text.startsWith('push-cert')) throw new MalformedPacket('a push certificate was not asked for');
    const [command = '', features] = text.split('\0');
    if (features !== undefined) capabilities = new Set(features.trim().split(' '));
    changes.push(readChange(command));
  }
  return { changes, capabilities, bytes: Buffer.concat([...seen, reader.rest()]) };
}

/** Git takes names of any bytes; what is not UTF-8 has no name that a policy could have meant. */
function textOf(line: Uint8Array): string {
  try {
    return utf8.decode(line);
  } catch (cause) {
    throw new MalformedPacket('a reference is named in UTF-8', { cause });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readChange(command: string): ReferenceChange {
  const [before = '', after = ''] = command.split(' ', 2);
  const reference = command.slice(before.length + after.length + 2);
  if (!isObjectId(before) || !isObjectId(after) || reference === '') throw new MalformedPacket('a command names the object before, the object after, and a reference');
  return { before, after, reference };
}

/** The report that nothing was changed: each reference with its reason, and `words` for the person at the other end. */
export function refusedReport({ changes, capabilities }: PushCommands, reasonOf: (change: ReferenceChange) => string, words: string): Buffer {
  const hasReport = capabilities.has('report-status') || capabilities.has('report-status-v2');
  const report = hasReport ? Buffer.concat([packet('unpack ok\n'), ...changes.map((change) => packet(`ng ${change.reference} ${oneLine(reasonOf(change))}\n`)), flushPacket]) : Buffer.alloc(0);
  if (!capabilities.has('side-band-64k')) return report;
  return Buffer.concat([...inBand(2, Buffer.from(`${words}\n`)), ...inBand(1, report), flushPacket]);
}

/** Source: gitprotocol-pack(5), "side-band". */
function inBand(band: 1 | 2, bytes: Uint8Array): readonly Buffer[] {
  const packets: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += payloadBytesMax - 1) packets.push(packet(Buffer.concat([Uint8Array.of(band), bytes.subarray(at, at + payloadBytesMax - 1)])));
  return packets;
}

const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]+/g, ' ');
