/** What a metadata service says of an instance, gathered from the state at each request: nothing is said that is no longer so. */
import * as arn from '../../base/arn.ts';
import { defaultNetwork } from '../../services/ec2/network.ts';
import type { DefaultNetwork } from '../../services/ec2/network.ts';
import { userDataPlace } from '../../services/ec2/user-data.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { RoleDoc, TagDoc } from '../../store/tables.ts';
import type { MetadataParts } from './parts.ts';

export interface InstanceFacts {
  readonly account: string;
  readonly instance: InstanceDoc;
  readonly tags: readonly TagDoc[];
  /** Where it is in the network of its region. */
  readonly network: DefaultNetwork;
  readonly userData: Uint8Array | undefined;
  /** The profile that is associated; `arn` as it is now, where the profile is still there. */
  readonly profile: { readonly id: string; readonly arn: string; readonly isGone: boolean } | undefined;
  /** Keys that sign in for a minute, by whom they sign in as. */
  readonly activeSshKeys: ReadonlyMap<string, readonly string[]>;
  /** The role that is in it. */
  readonly role: RoleDoc | undefined;
}

/** Undefined where the instance is gone, or on its way. */
export function instanceFacts(view: AccountView, region: string, instanceId: string, { seal, activeSshKeys }: Pick<MetadataParts, 'seal' | 'activeSshKeys'>): InstanceFacts | undefined {
  const { account } = view;
  const instance = view.instances.find(pairKey(region, instanceId));
  if (!instance || instance.State === 'terminated' || instance.State === 'shutting-down') return undefined;
  const associated = instance.Profile;
  const profile = associated && view.instanceProfiles.find(associated.InstanceProfileId);
  return {
    account, instance,
    tags: view.ec2Tags.find(pairKey(region, instanceId))?.Tags ?? [],
    network: defaultNetwork(account, region),
    activeSshKeys: activeSshKeys.list({ account, region, instanceId }),
    userData: instance.UserData === undefined ? undefined : Buffer.from(seal.open(instance.UserData, userDataPlace(account, instance)), 'base64'),
    profile: associated && { id: associated.InstanceProfileId, arn: profile ? arn.instanceProfile(account, profile.Path, profile.InstanceProfileName) : associated.InstanceProfileArn, isGone: !profile },
    role: profile?.RoleId === undefined ? undefined : view.roles.find(profile.RoleId),
  };
}
