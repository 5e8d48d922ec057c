/** How much of the bodies of requests is in memory, by client, and who gives way where it is too much: the largest that is still coming, so that few who send much, and slowly, keep nobody out. */
import { parseIpRange } from '../policy/ip-address.ts';
import type { Limits } from './limits.ts';

/** A body that is not whole yet. */
export interface ComingBody {
  readonly size: number;
  /** Gives it up, and back what was counted for it. */
  giveWay(): void;
}

/** What a client has in memory. */
export interface Share { readonly client: string; connections: number; bytes: number; readonly coming: Set<ComingBody> }

export class BodyBudget {
  readonly #limits: Pick<Limits, 'bodyBytesInFlightMax' | 'bodyBytesPerClientMax'>;
  readonly #shares = new Map<string, Share>();
  #bytes = 0;

  constructor(limits: Pick<Limits, 'bodyBytesInFlightMax' | 'bodyBytesPerClientMax'>) {
    this.#limits = limits;
  }

  /** The share that a connection from this address draws on; `leave` ends it. */
  enter(address: string): Share {
    const client = clientOf(address);
    let share = this.#shares.get(client);
    if (!share) {
      share = { client, connections: 0, bytes: 0, coming: new Set() };
      this.#shares.set(client, share);
    }
    share.connections++;
    return share;
  }

  leave(share: Share): void {
    if (--share.connections === 0) this.#shares.delete(share.client);
  }

  /** Counts more of a body that is among those coming. It may itself be the one that gives way. */
  take(share: Share, bytes: number): void {
    share.bytes += bytes;
    this.#bytes += bytes;
    while (share.bytes > this.#limits.bodyBytesPerClientMax && giveWay([share]));
    while (this.#bytes > this.#limits.bodyBytesInFlightMax && giveWay(this.#shares.values()));
  }

  giveBack(share: Share, bytes: number): void {
    share.bytes -= bytes;
    this.#bytes -= bytes;
  }
}

/** Whether there was one that could. What has come whole is being answered, and soon gone by itself. */
function giveWay(shares: Iterable<Share>): boolean {
  let largest: ComingBody | undefined;
  for (const { coming } of shares) for (const body of coming) if (!largest || body.size >= largest.size) largest = body;
  largest?.giveWay();
  return largest !== undefined;
}

/** One client has at least 64 bits of an IPv6 address for itself. Source: RFC 6177, section 2. */
function clientOf(address: string): string {
  const words = address.includes(':') ? parseIpRange(address)?.words : undefined;
  return words ? `${words[0]}:${words[1]}` : address;
}
