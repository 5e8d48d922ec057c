/** The latest requests of each account, as this process answered them: for whoever watches. In memory, bounded, and gone with the process; what is kept for good is the audit log. */
import type { Timestamp } from '../base/clock.ts';

/** What became of a request, and nothing that it carried. */
export interface RecentRequest {
  readonly requestId: string;
  readonly at: Timestamp;
  /** The caller's ARN; of another account's caller nothing but that account is told. */
  readonly principal: string | undefined;
  readonly principalAccount: string | undefined;
  readonly service: string;
  readonly operation: string;
  readonly region: string | undefined;
  readonly sourceIp: string;
  /** `none` until the policies were asked. */
  readonly decision: 'none' | 'allowed' | 'denied';
  readonly errorCode: string | undefined;
  /** Of a denial, what the caller was told. */
  readonly message: string | undefined;
  readonly authorizationId: string | undefined;
}

/** A request and its number: later ones have higher ones. */
export interface NumberedRequest { readonly number: number; readonly request: RecentRequest }

export interface RecentLimits { readonly perAccount: number; /** Of those, the accounts whose requests began to be kept last. */ readonly accounts: number }

const defaultLimits: RecentLimits = { perAccount: 500, accounts: 200 };

/** The latest of one account, the oldest overwritten. */
interface Ring { readonly kept: RecentRequest[]; count: number; /** When the last one that is not kept any more came. */ droppedAt: Timestamp | undefined }

export class RecentRequests {
  readonly #newGeneration: () => string;
  #generation: string | undefined;
  readonly #limits: RecentLimits;
  readonly #startedAt: Timestamp;
  readonly #rings = new Map<string, Ring>();

  constructor(newGeneration: () => string, startedAt: Timestamp, limits = defaultLimits) {
    this.#newGeneration = newGeneration;
    this.#startedAt = startedAt;
    this.#limits = limits;
  }

  /** Tells the numbers of this process from those of others, and of itself before. */
  get generation(): string {
    return (this.#generation ??= this.#newGeneration());
  }

  record(account: string, request: RecentRequest): void {
    const ring = this.#rings.get(account) ?? this.#begin(account);
    const place = ring.count++ % this.#limits.perAccount;
    if (ring.count > this.#limits.perAccount) ring.droppedAt = ring.kept[place]!.at;
    ring.kept[place] = request;
  }

  /** The newest first: those with a number below `before` and above `since` that `keep` keeps. */
  list(account: string, { limit, before = Infinity, since = 0, keep }: { readonly limit: number; readonly before?: number | undefined; readonly since?: number | undefined; readonly keep?: (request: RecentRequest) => boolean }): readonly NumberedRequest[] {
    const ring = this.#rings.get(account);
    if (!ring) return [];
    const { perAccount } = this.#limits;
    const oldest = Math.max(1, ring.count - perAccount + 1, since + 1);
    const found: NumberedRequest[] = [];
    for (let number = Math.min(ring.count, before - 1); number >= oldest && found.length < limit; number--) {
      const request = ring.kept[(number - 1) % perAccount]!;
      if (!keep || keep(request)) found.push({ number, request });
    }
    return found;
  }

  /** The number of the account's newest request, 0 where none is kept. */
  newest(account: string): number {
    return this.#rings.get(account)?.count ?? 0;
  }

  /** Every request that this process answered since is kept. */
  keptSince(account: string): Timestamp {
    return this.#rings.get(account)?.droppedAt ?? this.#startedAt;
  }

  #begin(account: string): Ring {
    if (this.#rings.size >= this.#limits.accounts) {
      const [first] = this.#rings.keys();
      if (first !== undefined) this.#rings.delete(first);
    }
    const ring: Ring = { kept: [], count: 0, droppedAt: undefined };
    this.#rings.set(account, ring);
    return ring;
  }
}
