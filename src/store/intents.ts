/** Effects outside the journal – folders, repositories, instances – that happen exactly when the journal says so, whatever crashes in between. */
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { JsonObject } from '../base/json.ts';
import type { Cause, Draft, Store, Warn } from './store.ts';

/** What is to be done. */
export interface Intent<Payload extends JsonObject> {
  /** Unguessable, and never used again: what the effect makes is named by it, not by anything that a caller chose. */
  readonly id: string;
  readonly account: string;
  readonly payload: Payload;
}

/** A kind of effect. */
export interface Effect<Payload extends JsonObject> {
  readonly kind: string;
  /**
   * Does it. After a crash nobody knows how far it came, so it is done again, and must then come to the same. It throws EffectRefused when
   * it cannot be done and has left nothing behind; after anything else that it throws it is done again at the next start.
   */
  readonly perform: (intent: Intent<Payload>) => Promise<void>;
  /** What the journal says once it is done, in the entry that ends the intent. */
  readonly finish: (draft: Draft, intent: Intent<Payload>) => void;
  /** What the journal says once it was refused. */
  readonly abandon: (draft: Draft, intent: Intent<Payload>) => void;
}

/** The effect cannot be, and nothing of it is there. `cause` is what the caller is told. */
export class EffectRefused extends Error {
  override readonly name = 'EffectRefused';
}

/** Another process has settled the intent: what became of it stands in the journal. */
export class IntentSettled extends Error {
  override readonly name = 'IntentSettled';
}

export interface IntentParts { readonly store: Store; readonly clock: Clock; readonly random: RandomBytes; readonly warn: Warn }

export class Intents {
  readonly #parts: IntentParts;
  readonly #effects = new Map<string, Effect<JsonObject>>();

  constructor(parts: IntentParts) {
    this.#parts = parts;
  }

  /** Every kind is made known before `settle`. */
  register<Payload extends JsonObject>(effect: Effect<Payload>): void {
    if (this.#effects.has(effect.kind)) throw new Error(`two effects are called ${effect.kind}`);
    // An edge: a payload comes back from the journal as it was recorded, by the effect of the same kind.
    this.#effects.set(effect.kind, effect as unknown as Effect<JsonObject>);
  }

  /** An intent that is in no journal yet: `record` puts it there. */
  plan<Payload extends JsonObject>(account: string, payload: Payload): Intent<Payload> {
    return { id: Buffer.from(this.#parts.random(16)).toString('base64url'), account, payload };
  }

  /** In the draft that decides that the effect shall be. */
  record<Payload extends JsonObject>(draft: Draft, effect: Effect<Payload>, { id, account, payload }: Intent<Payload>): void {
    if (!this.#effects.has(effect.kind)) throw new Error(`the effect ${effect.kind} would not be settled: it is not registered`);
    const isNew = draft.partition.intents.insert({ IntentId: id, Kind: effect.kind, AccountId: account, CreateDate: this.#parts.clock(), Payload: payload });
    if (!isNew) throw new Error(`the intent ${id} is recorded already`);
  }

  /** Once the record is durable: does it, and records it done. Rejects with what the effect threw, or with the cause of a refusal. */
  async carryOut<Payload extends JsonObject>(effect: Effect<Payload>, intent: Intent<Payload>, cause: Cause): Promise<void> {
    try {
      await effect.perform(intent);
    } catch (thrown) {
      if (!(thrown instanceof EffectRefused)) throw thrown;
      await this.#end(intent, cause, effect.abandon);
      throw thrown.cause ?? thrown;
    }
    await this.#end(intent, cause, effect.finish);
  }

  /** At start: carries out what was recorded and is not done. One that fails is warned of and left for the next start. */
  async settle(): Promise<void> {
    const { store, warn } = this.#parts;
    // A copy: settling one changes the table.
    const unfinished = Array.from(store.partition.intents.all());
    for (const { IntentId: id, Kind, AccountId: account, Payload: payload } of unfinished) {
      const effect = this.#effects.get(Kind);
      if (!effect) {
        warn(`the intent ${id} is left as it is: nothing here knows the effect ${Kind}`, undefined);
        continue;
      }
      try {
        await this.carryOut(effect, { id, account, payload }, { by: 'gatehouse', requestId: id, action: 'gatehouse:SettleIntent' });
      } catch (cause) {
        // A refusal has been recorded; what another process settled is settled.
        if (store.partition.intents.find(id)) warn(`the intent ${id} to do ${Kind} could not be settled; the next start tries again`, cause);
      }
    }
  }

  async #end<Payload extends JsonObject>(intent: Intent<Payload>, cause: Cause, change: (draft: Draft, intent: Intent<Payload>) => void): Promise<void> {
    await this.#parts.store.write(intent.account, cause, (draft) => {
      if (!draft.partition.intents.remove(intent.id)) throw new IntentSettled(`the intent ${intent.id} has been settled already`);
      change(draft, intent);
    });
  }
}
