/** Instances and what hangs on them, as operations name them. */
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Ec2Error } from '../../../models/ec2.ts';
import type { InstanceDoc, KeyPairDoc } from '../../store/instance-docs.ts';
import type { AccountView } from '../../store/store.ts';
import type { TagDoc } from '../../store/tables.ts';
import { pairKey } from '../../store/tables.ts';
import { isEc2Id } from './ids.ts';
import { ec2Limits } from './limits.ts';

export type RaiseEc2 = Raise<Ec2Error>;

/** Where and when an operation looks. */
export interface Place { readonly view: AccountView; readonly account: string; readonly region: string; readonly now: Timestamp; readonly error: RaiseEc2 }

/** A terminated instance is shown for a while and then is gone, whether or not somebody has removed it. */
export const isShown = ({ TerminateDate }: InstanceDoc, now: Timestamp): boolean => TerminateDate === undefined || TerminateDate + ec2Limits.terminatedForMs > now;

export function findInstance(view: AccountView, region: string, instanceId: string, now: Timestamp): InstanceDoc | undefined {
  const instance = view.instances.find(pairKey(region, instanceId));
  return instance && isShown(instance, now) ? instance : undefined;
}

/** The region's instances that are shown, by id. */
export const instancesOf = (view: AccountView, region: string, now: Timestamp): readonly InstanceDoc[] => view.instances.listBy('region', region).filter((instance) => isShown(instance, now));

/** All of the named instances, each once and in the order of their first names. */
export function getInstances({ view, region, now, error }: Omit<Place, 'account'>, instanceIds: readonly string[]): readonly InstanceDoc[] {
  checkInstanceIds(instanceIds, error);
  const named = [...new Set(instanceIds)];
  const found = named.flatMap((id) => findInstance(view, region, id, now) ?? []);
  if (found.length === named.length) return found;
  const missing = named.filter((id) => !findInstance(view, region, id, now));
  throw error('InvalidInstanceID.NotFound', missing.length === 1 ? `The instance ID '${missing[0]}' does not exist` : `The instance IDs '${missing.join(', ')}' do not exist`);
}

export const getInstance = (place: Omit<Place, 'account'>, instanceId: string): InstanceDoc => getInstances(place, [instanceId])[0]!;

/** An id that is none is refused before anybody is asked whether it may be used. */
export function checkInstanceIds(instanceIds: readonly string[], error: RaiseEc2): void {
  if (instanceIds.length > ec2Limits.namedMax) throw error('InvalidParameterValue', `A request can name at most ${ec2Limits.namedMax} instances.`);
  const bad = instanceIds.find((id) => !isEc2Id(id, 'i'));
  if (bad !== undefined) throw error('InvalidInstanceID.Malformed', `Invalid id: "${bad.slice(0, 128)}"`);
}

/** Where an operation changes it, it must still be. */
export function terminatedGone(instance: InstanceDoc, error: RaiseEc2): InstanceDoc {
  if (instance.State === 'terminated' || instance.State === 'shutting-down') throw error('IncorrectInstanceState', `The instance '${instance.InstanceId}' is not in a valid state for this operation: ${instance.State}.`);
  return instance;
}

export const findKeyPair = (view: AccountView, region: string, name: string): KeyPairDoc | undefined => view.keyPairs.findBy('name', pairKey(region, name));

export const tagsOf = (view: AccountView, region: string, resourceId: string): readonly TagDoc[] => view.ec2Tags.find(pairKey(region, resourceId))?.Tags ?? [];
