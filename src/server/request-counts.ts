/** How many requests of each kind were answered, and how long that took: counted as they are answered, for one look-up each. */
import type { Clock, Timestamp } from '../base/clock.ts';
import type { Exchange } from './exchange.ts';

/** `service` and `operation` of AWS's API; of our own routes `gatehouse-http` and the row of their table. */
export interface RequestCount { readonly service: string; readonly operation: string; readonly decision: Exchange['decision']; readonly status: number; readonly count: number }

/** Of a service: how many took at most each of `durationBounds`, and longer; and all of them together, in milliseconds. */
export interface DurationCounts { readonly service: string; readonly counts: readonly number[]; readonly totalMs: number }

export interface CountedRequests { readonly requests: readonly RequestCount[]; readonly durations: readonly DurationCounts[] }

/** Milliseconds. */
export const durationBounds: readonly number[] = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

const ownRoutesService = 'gatehouse-http';
/** For what names no service that is served, so that no caller makes up a name. */
const unknown = 'unknown';

interface Counted { service: string; operation: string; decision: Exchange['decision']; status: number; count: number }
interface Durations { service: string; counts: number[]; totalMs: number }

export class RequestCounts {
  readonly #services: ReadonlySet<string>;
  readonly #requests = new Map<string, Counted>();
  readonly #durations = new Map<string, Durations>();

  /** `services` are those whose names are shown. */
  constructor(services: ReadonlySet<string>) {
    this.#services = services;
  }

  count({ request, route, serviceName, operation, decision }: Exchange, status: number, now: Timestamp): void {
    const service = route !== undefined ? ownRoutesService : serviceName !== undefined && this.#services.has(serviceName) ? serviceName : unknown;
    const name = route ?? operation?.name ?? unknown;
    const key = `${service} ${name} ${decision} ${status}`;
    const counted = this.#requests.get(key);
    if (counted) counted.count++;
    else this.#requests.set(key, { service, operation: name, decision, status, count: 1 });
    this.#took(service, Math.max(0, now - request.receivedAt));
  }

  /** A log of requests that counts what it is told. */
  countedLog(log: (exchange: Exchange, status: number) => void, clock: Clock): (exchange: Exchange, status: number) => void {
    return (exchange, status) => {
      this.count(exchange, status, clock());
      log(exchange, status);
    };
  }

  /** To be read at once: counting goes on in it. */
  counted(): CountedRequests {
    return { requests: [...this.#requests.values()], durations: [...this.#durations.values()] };
  }

  #took(service: string, ms: number): void {
    let durations = this.#durations.get(service);
    if (!durations) this.#durations.set(service, (durations = { service, counts: Array.from({ length: durationBounds.length + 1 }, () => 0), totalMs: 0 }));
    let at = 0;
    while (at < durationBounds.length && ms > durationBounds[at]!) at++;
    durations.counts[at]!++;
    durations.totalMs += ms;
  }
}
