/** Has machines follow the journal: what an operation decided is carried out by the driver, what becomes of a machine is written down. */
import type { Clock } from '../../base/clock.ts';
import type { Seal } from '../../base/seal.ts';
import type { InstanceDoc, MachineDoc } from '../../store/instance-docs.ts';
import { EffectRefused, IntentSettled } from '../../store/intents.ts';
import type { Effect, Intents } from '../../store/intents.ts';
import type { ProcessHold } from '../../store/process-hold.ts';
import type { Cause, Draft, Store, Warn } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Booted, Machine, MachineDriver, MachineEnded, OpenMachineDriver } from './driver.ts';
import { MachineRefused } from './driver.ts';
import { machineOf } from './machine-of.ts';
import { abandon, begin, endedByItself, finish } from './machine-transitions.ts';
import type { MachineIntent, MachineVerb, MachineWork } from './machine-transitions.ts';

export interface MachineParts {
  readonly openDriver: OpenMachineDriver;
  /** Of several processes on one journal one runs the machines: undefined while that is another one. */
  readonly takeHold: () => ProcessHold | undefined;
  readonly intents: Intents;
  readonly store: Store;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly warn: Warn;
}

/** Another process of this Gatehouse runs the machines; when it is gone, whoever asks next does. */
export class MachinesElsewhere extends Error {
  override readonly name = 'MachinesElsewhere';

  constructor() {
    super('another process of this Gatehouse runs its instances: ask that one');
  }
}

/** Who writes what nobody asked for. */
const byItself = (machineId: string, action: string): Cause => ({ by: 'gatehouse', requestId: machineId, action });

export class Machines {
  readonly #parts: MachineParts;
  readonly #effect: Effect<MachineWork>;
  #opening: Promise<MachineDriver> | undefined;
  /** The end of what the driver has been asked about each machine: two calls about one are never under way at once. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** What is being carried out, to the last word in the journal. */
  readonly #works = new Map<string, Promise<void>>();
  /** What came of a boot, until it stands in the journal: by intent, the machine's address or why it was refused. */
  readonly #booted = new Map<string, Booted>();
  readonly #refused = new Map<string, string>();
  /** What ended by itself and is being written down. */
  readonly #records = new Set<Promise<void>>();
  #hold: ProcessHold | undefined;
  #isStarting = false;
  #isClosing = false;

  constructor(parts: MachineParts) {
    this.#parts = parts;
    this.#effect = {
      kind: 'machine',
      perform: (intent) => this.#perform(intent),
      finish: (draft, intent) => finish(draft, intent, this.#booted.get(intent.id), parts.clock()),
      abandon: (draft, intent) => abandon(draft, intent, this.#refused.get(intent.id) ?? 'The machine could not be run', parts.clock()),
    };
    parts.intents.register(this.#effect);
  }

  /** Whether machines may be running, and asking their metadata service. */
  get mayRun(): boolean {
    return this.#opening !== undefined;
  }

  /** What is missing for a machine to run here, undefined when nothing is. */
  async missing(): Promise<string | undefined> {
    return (await this.elsewhere()) ?? (await this.#driver()).missing();
  }

  /** Why this process tells the machines nothing, undefined when it does. */
  async elsewhere(): Promise<string | undefined> {
    try {
      await this.#driver();
      return undefined;
    } catch (thrown) {
      if (thrown instanceof MachinesElsewhere) return thrown.message;
      throw thrown;
    }
  }

  plan(account: string, verb: MachineVerb, { Region, InstanceId, MachineId }: Pick<InstanceDoc, 'Region' | 'InstanceId' | 'MachineId'>, isForced = false): MachineIntent {
    return this.#parts.intents.plan(account, { verb, region: Region, instanceId: InstanceId, machineId: MachineId, isForced });
  }

  /** In the draft that decides it: the instance passes into another state, and will be brought through it. `changes` is what else becomes of it. */
  begin(draft: Draft, intent: MachineIntent, instance: InstanceDoc, changes: Partial<InstanceDoc> = {}): InstanceDoc {
    const begun = begin(draft, intent, instance, changes);
    this.#parts.intents.record(draft, this.#effect, intent);
    return begun;
  }

  /** Once that is durable. What goes wrong stands in the journal, or in the log. */
  proceed(intent: MachineIntent, cause: Cause): void {
    const { machineId } = intent.payload;
    const work = this.#carryOut(intent, cause).finally(() => {
      if (this.#works.get(machineId) === work) this.#works.delete(machineId);
    });
    this.#works.set(machineId, work);
  }

  /** Resolves when nothing is being carried out any more. */
  async settled(): Promise<void> {
    while (this.#works.size > 0 || this.#turns.size > 0 || this.#records.size > 0) await Promise.allSettled([...this.#works.values(), ...this.#turns.values(), ...this.#records]);
  }

  reboot(account: string, instance: InstanceDoc): void {
    const { MachineId } = instance;
    void this.#inTurn(MachineId, async () => {
      try {
        await (await this.#driver()).reboot(this.#machine(account, instance));
      } catch (cause) {
        this.#heard({ machineId: MachineId, how: 'failure', detail: reasonOf(cause) });
      }
    });
  }

  async consoleOutput(machineId: string): ReturnType<MachineDriver['consoleOutput']> {
    return (await this.#driver()).consoleOutput(machineId);
  }

  /** At start, before intents are settled: what ran when an earlier process ended runs again. */
  async settle(): Promise<void> {
    const { store, warn } = this.#parts;
    if (store.partition.machines.size === 0) return;
    this.#isStarting = true;
    try {
      await this.#driver();
    } catch (cause) {
      if (!(cause instanceof MachinesElsewhere)) warn('the machines of instances could not be taken up; the next request about one tries again', cause);
    } finally {
      this.#isStarting = false;
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (!this.#opening) return;
    await this.settled();
    await (await this.#opening).close();
    this.#hold?.release();
  }

  #driver(): Promise<MachineDriver> {
    return (this.#opening ??= this.#open().catch((thrown: unknown) => {
      this.#opening = undefined;
      throw thrown;
    }));
  }

  async #open(): Promise<MachineDriver> {
    const { openDriver, takeHold, store } = this.#parts;
    const hold = takeHold();
    if (!hold) throw new MachinesElsewhere();
    try {
      const driver = await openDriver((ended) => this.#heard(ended));
      // A copy: others may come meanwhile.
      const known = Array.from(store.partition.machines.all());
      await driver.settle(new Set(known.map(({ MachineId }) => MachineId)));
      this.#hold = hold;
      await this.#takeUp(known);
      return driver;
    } catch (thrown) {
      hold.release();
      throw thrown;
    }
  }

  /** What ran when an earlier process ended runs again; what one had begun and this one's start has not seen to is carried out. */
  async #takeUp(known: readonly MachineDoc[]): Promise<void> {
    const { store } = this.#parts;
    for (const { MachineId, AccountId, Region, InstanceId } of known) {
      const instance = (await store.account(AccountId))?.instances.find(pairKey(Region, InstanceId));
      if (instance?.State === 'running') void this.#inTurn(MachineId, () => this.#resume(AccountId, instance));
    }
    if (this.#isStarting) return;
    for (const { IntentId: id, Kind, AccountId: account, Payload } of Array.from(store.partition.intents.all())) {
      // It comes back as it was recorded.
      if (Kind === this.#effect.kind) this.proceed({ id, account, payload: Payload as MachineWork }, byItself(id, 'gatehouse:SettleIntent'));
    }
  }

  async #inTurn<T>(machineId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(machineId);
    const turn = (async () => {
      await before?.catch(() => {});
      return work();
    })();
    this.#turns.set(machineId, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(machineId) === turn) this.#turns.delete(machineId);
    }
  }

  async #carryOut(intent: MachineIntent, cause: Cause): Promise<void> {
    try {
      await this.#parts.intents.carryOut(this.#effect, intent, cause);
    } catch (thrown) {
      // What was refused stands in the journal, where the instance's owner reads it.
      if (!(thrown instanceof MachineRefused || thrown instanceof IntentSettled)) this.#parts.warn(`the machine of ${intent.payload.instanceId} could not be brought to ${intent.payload.verb}; the next start tries again`, thrown);
    } finally {
      this.#booted.delete(intent.id);
      this.#refused.delete(intent.id);
    }
  }

  #perform(intent: MachineIntent): Promise<void> {
    return this.#inTurn(intent.payload.machineId, async () => {
      const { verb, machineId, isForced } = intent.payload;
      const driver = await this.#driver();
      if (verb === 'terminate') return driver.terminate(machineId);
      if (verb === 'stop') return driver.stop(machineId, { isForced });
      const instance = await this.#find(intent);
      // Overtaken: it is to be terminated.
      if (!instance || instance.Transition !== intent.id) return;
      try {
        this.#booted.set(intent.id, await driver[verb](this.#machine(intent.account, instance)));
      } catch (thrown) {
        if (verb === 'launch') await driver.terminate(machineId);
        else await driver.stop(machineId, { isForced: true });
        this.#refused.set(intent.id, reasonOf(thrown));
        throw new EffectRefused(reasonOf(thrown), { cause: thrown instanceof MachineRefused ? thrown : new MachineRefused(reasonOf(thrown), { cause: thrown }) });
      }
    });
  }

  async #find({ account, payload: { region, instanceId } }: MachineIntent): Promise<InstanceDoc | undefined> {
    return (await this.#parts.store.account(account))?.instances.find(pairKey(region, instanceId));
  }

  #machine(account: string, instance: InstanceDoc): Machine {
    return machineOf(account, instance, this.#parts.seal);
  }

  /** What ran before the process ended is booted again, at whatever address it now has. */
  async #resume(account: string, instance: InstanceDoc): Promise<void> {
    try {
      const { publicIpAddress } = await (await this.#driver()).start(this.#machine(account, instance));
      if (publicIpAddress === instance.PublicIpAddress) return;
      await this.#parts.store.write(account, byItself(instance.MachineId, 'gatehouse:ResumeMachine'), (draft) => {
        const now = draft.instances.find(pairKey(instance.Region, instance.InstanceId));
        if (now?.State === 'running') draft.instances.update({ ...now, PublicIpAddress: publicIpAddress });
      });
    } catch (cause) {
      this.#heard({ machineId: instance.MachineId, how: 'failure', detail: reasonOf(cause) });
    }
  }

  #heard(ended: MachineEnded): void {
    // A process that ends takes its machines with it, and boots them again when it is back.
    if (this.#isClosing) return;
    const record = this.#record(ended).catch((cause: unknown) => this.#parts.warn(`that the machine ${ended.machineId} ended could not be written down`, cause)).finally(() => this.#records.delete(record));
    this.#records.add(record);
  }

  async #record(ended: MachineEnded): Promise<void> {
    const { store } = this.#parts;
    const { machineId } = ended;
    await this.#works.get(machineId);
    const found = store.partition.machines.find(machineId);
    if (!found) return;
    const { AccountId: account, Region, InstanceId } = found;
    const intent = this.plan(account, 'terminate', { Region, InstanceId, MachineId: machineId });
    const cause = byItself(machineId, 'gatehouse:MachineEnded');
    const { value: isToGo } = await store.write(account, cause, (draft) => endedByItself(draft, intent, ended, (instance, changes) => void this.begin(draft, intent, instance, changes)));
    if (isToGo) this.proceed(intent, cause);
  }
}

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
