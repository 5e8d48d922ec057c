/** Credentials that a machine holds for whoever runs on it: asked for when they are needed, handed out until they are near their end. Nothing of them is on disk. */
import type { Clock, Timestamp } from '../../base/clock.ts';

export interface MachineCredentials { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken: string; readonly Expiration: string }

/** New ones are there well before clients look for them: AWS's ask five to fifteen minutes before the end. */
const renewalMs = 15 * 60_000;

export class HeldCredentials {
  readonly #obtain: () => Promise<MachineCredentials>;
  readonly #clock: Clock;
  #held: { readonly credentials: MachineCredentials; readonly renewsAt: Timestamp; readonly endsAt: Timestamp } | undefined;
  #obtaining: Promise<MachineCredentials> | undefined;

  constructor(obtain: () => Promise<MachineCredentials>, clock: Clock) {
    this.#obtain = obtain;
    this.#clock = clock;
  }

  /** Rejects where none could be had and none are left. While others are still good, a failure is nobody's. */
  async current(): Promise<MachineCredentials> {
    const now = this.#clock();
    if (this.#held && now < this.#held.renewsAt) return this.#held.credentials;
    try {
      return await (this.#obtaining ??= this.#renew().finally(() => (this.#obtaining = undefined)));
    } catch (thrown) {
      if (this.#held && this.#clock() < this.#held.endsAt) return this.#held.credentials;
      throw thrown;
    }
  }

  async #renew(): Promise<MachineCredentials> {
    const credentials = await this.#obtain();
    const now = this.#clock();
    const endsAt = Date.parse(credentials.Expiration);
    // Of short ones, half.
    this.#held = { credentials, endsAt, renewsAt: endsAt - Math.min(renewalMs, (endsAt - now) / 2) };
    return credentials;
  }
}
