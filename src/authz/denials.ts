/** Denials by their authorization ids: kept when they happen, found by those of the caller's account, to be explained when someone asks (explain-denial.ts). */
import type { Timestamp } from '../base/clock.ts';
import { openArgument, sealAsArgument, SealBroken } from '../base/seal.ts';
import type { Seal, SealPlace } from '../base/seal.ts';
import type { Trace, TraceStore } from '../store/traces.ts';
import type { Denied } from './denial.ts';
import { readDenial, writeDenial, type DenialOccasion, type RecordedDenial } from './denial-trace.ts';

/** A denial that was kept. */
export interface KeptDenial extends RecordedDenial { readonly id: string; readonly at: Timestamp }

/** By what a denial can be asked for. */
export interface RecordedAs { readonly id: string; /** For DecodeAuthorizationMessage. */ readonly encodedMessage: string }

export class Denials {
  readonly #traces: TraceStore;
  readonly #seal: Seal;

  constructor(traces: TraceStore, seal: Seal) {
    this.#traces = traces;
    this.#seal = seal;
  }

  /** Keeps a denial, whose id is the request's, because that is what every client shows of an error. Only what cannot be read again later is read now. */
  record({ evidence }: Denied, occasion: DenialOccasion, at: Timestamp): RecordedAs {
    const id = occasion.requestId;
    const { principal, resourceAccount } = evidence.request;
    // Who has no account is seen by the account that was asked.
    const account = principal.account ?? resourceAccount;
    this.#traces.record({
      id, at, account,
      principal: 'principalId' in principal ? principal.principalId : `${principal.kind}@${account}`,
      write: () => {
        const { body, documents } = writeDenial(evidence, occasion);
        // Condition keys can hold what someone else would like to know (an external id, a referer).
        return { body: this.#seal.seal(body, placeOf(account, id)), documents };
      },
    });
    return { id, encodedMessage: this.encode(account, id) };
  }

  /** Undefined where there is none, where it is no longer kept, and where it is another account's. */
  find(account: string, id: string): KeptDenial | undefined {
    const trace = this.#traces.find(account, id);
    return trace && this.#read(trace);
  }

  /**
   * The encoded authorization message of a denial of the account: what AWS gives to whoever may not see the reason, and whoever may has it decoded. It says which
   * denial and holds nothing else, so that it is short and always fits where a service puts it (`Encoded authorization failure message: …`).
   */
  encode(account: string, id: string): string {
    return sealAsArgument(this.#seal, id, messagePlace(account));
  }

  /** The denial of an encoded message; undefined for one that is not ours, was altered, is another account's, or whose denial is no longer kept. */
  decode(account: string, message: string): KeptDenial | undefined {
    let id: string;
    try {
      id = openArgument(this.#seal, message, messagePlace(account));
    } catch (thrown) {
      if (thrown instanceof SealBroken) return undefined;
      throw thrown;
    }
    return this.find(account, id);
  }

  /** The newest first. */
  list(account: string, query: { readonly limit: number; readonly before?: string | undefined }): readonly KeptDenial[] {
    return this.#traces.list(account, query).map((trace) => this.#read(trace));
  }

  #read({ id, at, account, body, documents }: Trace): KeptDenial {
    return { id, at, ...readDenial(this.#seal.open(body, placeOf(account, id)), documents) };
  }
}

const placeOf = (account: string, key: string): SealPlace => ({ account, table: 'traces', key, field: 'body' });

const messagePlace = (account: string): SealPlace => ({ account, table: 'traces', key: '', field: 'message' });
