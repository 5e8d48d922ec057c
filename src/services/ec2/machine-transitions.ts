/** What the journal says of an instance while its machine is brought from one state to another, and once it is there. Pure: nothing here asks a machine anything. */
import type { Timestamp } from '../../base/clock.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import type { InstanceDoc, StateReasonDoc } from '../../store/instance-docs.ts';
import type { Intent } from '../../store/intents.ts';
import type { Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Booted, MachineEnded } from './driver.ts';

export type MachineVerb = 'launch' | 'start' | 'stop' | 'terminate';

/** What a machine is to do. */
export interface MachineWork extends JsonObject { readonly verb: MachineVerb; readonly region: string; readonly instanceId: string; readonly machineId: string; readonly isForced: boolean; readonly [key: string]: Json }
export type MachineIntent = Intent<MachineWork>;

/** How an instance is while a verb is carried out, and what it is when that is done. */
const passing = { launch: 'pending', start: 'pending', stop: 'stopping', terminate: 'shutting-down' } as const satisfies Record<MachineVerb, InstanceDoc['State']>;

/** In the draft that decides it: the instance passes into another state. `changes` is what else becomes of it. */
export function begin(draft: Draft, { id, payload: { verb, machineId, region, instanceId } }: MachineIntent, instance: InstanceDoc, changes: Partial<InstanceDoc>): InstanceDoc {
  const begun: InstanceDoc = { ...instance, State: passing[verb], Transition: id, ...changes };
  if (verb === 'launch') {
    draft.partition.machines.insert({ MachineId: machineId, AccountId: draft.account, Region: region, InstanceId: instanceId });
    draft.instances.insert(begun);
  } else draft.instances.update(begun);
  return begun;
}

/** Once the machine is where it was to be, unless the instance has been sent elsewhere in the meantime. */
export function finish(draft: Draft, intent: MachineIntent, booted: Booted | undefined, now: Timestamp): void {
  const instance = onItsWay(draft, intent);
  if (!instance) return;
  switch (intent.payload.verb) {
    case 'launch':
    case 'start': draft.instances.update({ ...instance, State: 'running', StateReason: undefined, StateTransitionReason: '', Transition: undefined, PublicIpAddress: booted?.publicIpAddress }); return;
    case 'stop': draft.instances.update(stopped(instance)); return;
    case 'terminate': terminate(draft, instance, now);
  }
}

/** Once it is known that the machine cannot be brought there. */
export function abandon(draft: Draft, intent: MachineIntent, why: string, now: Timestamp): void {
  const instance = onItsWay(draft, intent);
  if (!instance) return;
  const StateReason = internalError(why);
  if (intent.payload.verb === 'launch') terminate(draft, { ...instance, StateReason, StateTransitionReason: 'Server.InternalError' }, now);
  else draft.instances.update({ ...stopped(instance), StateReason, StateTransitionReason: 'Server.InternalError' });
}

/** A machine ended by itself: its instance is stopped, or, where that is how it was launched, to be terminated – which is true then, and `begin` has been told of `intent`. */
export function endedByItself(draft: Draft, intent: MachineIntent, { how, detail }: MachineEnded, record: (instance: InstanceDoc, changes: Partial<InstanceDoc>) => void): boolean {
  const instance = draft.instances.find(pairKey(intent.payload.region, intent.payload.instanceId));
  if (instance?.State !== 'running') return false;
  const changes = how === 'shutdown' ? { StateReason: fromInside, StateTransitionReason: 'User initiated shutdown from inside the instance' } : { StateReason: internalError(detail), StateTransitionReason: 'Server.InternalError' };
  const isToGo = how === 'shutdown' && instance.ShutdownBehavior === 'terminate';
  if (isToGo) record(instance, changes);
  else draft.instances.update({ ...stopped(instance), ...changes });
  return isToGo;
}

/** The instance, where it is still on the way that the intent sent it. */
function onItsWay(draft: Draft, { id, payload: { region, instanceId } }: MachineIntent): InstanceDoc | undefined {
  const instance = draft.instances.find(pairKey(region, instanceId));
  return instance?.Transition === id ? instance : undefined;
}

/** Source: "StateReason" (EC2 API Reference). */
const fromInside: StateReasonDoc = { Code: 'Client.InstanceInitiatedShutdown', Message: 'Client.InstanceInitiatedShutdown: Instance initiated shutdown' };
const internalError = (detail: string): StateReasonDoc => ({ Code: 'Server.InternalError', Message: `Server.InternalError: ${detail}` });

const stopped = (instance: InstanceDoc): InstanceDoc => ({ ...instance, State: 'stopped', Transition: undefined, PublicIpAddress: undefined });

/** What is left of an instance is shown for a while: nothing that would still be secret, or another's by now. */
function terminate(draft: Draft, instance: InstanceDoc, now: Timestamp): void {
  draft.partition.machines.remove(instance.MachineId);
  draft.instances.update({ ...instance, State: 'terminated', Transition: undefined, TerminateDate: now, PublicIpAddress: undefined, UserData: undefined, Profile: undefined });
}
