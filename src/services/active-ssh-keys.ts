/** Public keys that open an instance by SSH for a minute, as EC2 Instance Connect pushes them. They are nowhere but in memory: an instance ends with the process, and so may what opens it. Source: "How EC2 Instance Connect works" (EC2 User Guide). */
import type { Clock, Timestamp } from '../base/clock.ts';

export interface InstancePlace { readonly account: string; readonly region: string; readonly instanceId: string }

const activeMs = 60_000;
/** Of one instance at once; the oldest make room. */
const keysMax = 20;

interface Offered { readonly user: string; readonly publicKey: string; readonly until: Timestamp }

export class ActiveSshKeys {
  readonly #clock: Clock;
  readonly #offered = new Map<string, readonly Offered[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  offer(place: InstancePlace, user: string, publicKey: string): void {
    const now = this.#clock();
    for (const [key, offered] of this.#offered) if (offered.at(-1)!.until <= now) this.#offered.delete(key);
    const others = (this.#offered.get(keyOf(place)) ?? []).filter(({ until }) => until > now);
    this.#offered.set(keyOf(place), [...others, { user, publicKey, until: now + activeMs }].slice(-keysMax));
  }

  /** Those that are good now, by whom they sign in as. */
  list(place: InstancePlace): ReadonlyMap<string, readonly string[]> {
    const now = this.#clock();
    const byUser = new Map<string, readonly string[]>();
    for (const { user, publicKey, until } of this.#offered.get(keyOf(place)) ?? []) if (until > now) byUser.set(user, [...(byUser.get(user) ?? []), publicKey]);
    return byUser;
  }
}

const keyOf = ({ account, region, instanceId }: InstancePlace): string => `${account}/${region}/${instanceId}`;
