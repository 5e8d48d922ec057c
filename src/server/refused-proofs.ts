/** Records of who came to a door and could not prove who he is. Anybody can be refused as often as he likes: so many a minute are recorded one by one, of the rest how many they were. */
import type { Clock, Timestamp } from '../base/clock.ts';
import { isoSeconds } from '../base/clock.ts';
import { limits } from './limits.ts';

type AuditEvent = Readonly<Record<string, unknown>>;

export class RefusedProofs {
  readonly #clock: Clock;
  readonly #recordEvent: (record: AuditEvent) => void;
  #since: Timestamp = 0;
  #recorded = 0;
  #counted = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ clock, recordEvent }: { readonly clock: Clock; readonly recordEvent: (record: AuditEvent) => void }) {
    this.#clock = clock;
    this.#recordEvent = recordEvent;
  }

  record(event: AuditEvent): void {
    const now = this.#clock();
    if (now - this.#since >= limits.refusedProofsWindowMs) {
      this.#sumUp();
      this.#since = now;
      this.#recorded = 0;
    }
    if (this.#recorded < limits.refusedProofsPerWindow) {
      this.#recorded++;
      this.#recordEvent(event);
      return;
    }
    this.#counted++;
    // Where nobody comes any more, it is said all the same.
    this.#timer ??= setTimeout(() => this.#sumUp(), limits.refusedProofsWindowMs).unref();
  }

  #sumUp(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#counted === 0) return;
    const now = this.#clock();
    this.#recordEvent({
      eventVersion: '1.11', userIdentity: { type: 'Unknown' }, eventTime: isoSeconds(now), eventSource: 'gatehouse', eventName: 'RefusedProofs', errorCode: 'AccessDenied',
      errorMessage: 'Others were refused at the doors, too many to record one by one.', requestParameters: null, responseElements: null, readOnly: false, eventType: 'AwsServiceEvent', managementEvent: true,
      eventCategory: 'Management', additionalEventData: { refused: this.#counted, since: isoSeconds(this.#since) },
    });
    this.#counted = 0;
  }
}
