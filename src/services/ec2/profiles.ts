/** Instance profiles as EC2 names them, and their associations with instances. Source: "AssociateIamInstanceProfile" and its siblings (EC2 API Reference). */
import type { Ec2, IamInstanceProfileAssociation, IamInstanceProfileSpecification } from '../../../models/ec2.ts';
import * as arn from '../../base/arn.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { RandomBytes } from '../../base/ids.ts';
import type { InstanceDoc, ProfileAssociationDoc } from '../../store/instance-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase, pairKey } from '../../store/tables.ts';
import type { InstanceProfileDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { ec2Arn, instanceAsk, noResource, passRoleAsk } from './access.ts';
import { filtered } from './filters.ts';
import type { FilterTable } from './filters.ts';
import { isEc2Id, newEc2Id } from './ids.ts';
import { checkInstanceIds, getInstance, instancesOf, isShown, terminatedGone } from './lookup.ts';
import type { Place, RaiseEc2 } from './lookup.ts';
import { pageOf, refuseBoth } from './paging.ts';

type Associated = InstanceDoc & { readonly Profile: ProfileAssociationDoc };

const filters: FilterTable<Associated> = {
  'instance-id': ({ InstanceId }) => InstanceId,
  state: () => 'associated',
};

export const profiles = {
  AssociateIamInstanceProfile: {
    access: ({ InstanceId, IamInstanceProfile }, context) => {
      checkInstanceIds([InstanceId], context.error);
      return [instanceAsk(context, InstanceId, newProfileContext(context.view, IamInstanceProfile)), ...passedBy(context, IamInstanceProfile, InstanceId)];
    },
    run: ({ InstanceId, IamInstanceProfile }, context) => context.write((draft) => {
      const instance = terminatedGone(getInstance({ ...context, view: draft }, InstanceId), context.error);
      if (instance.Profile) throw context.error('IncorrectState', `There is an existing association for instance ${InstanceId}`);
      const profile = getProfile(draft, IamInstanceProfile, context.error);
      const Profile = associationOf(context.account, profile, context.now, context.random);
      draft.instances.update({ ...instance, Profile });
      return { IamInstanceProfileAssociation: shown({ ...instance, Profile }, 'associating') };
    }),
  },

  ReplaceIamInstanceProfileAssociation: {
    access: ({ AssociationId, IamInstanceProfile }, context) => {
      const instance = findAssociated(context, AssociationId);
      if (!instance) return [unknownInstanceAsk(context)];
      return [instanceAsk(context, instance.InstanceId, newProfileContext(context.view, IamInstanceProfile)), ...passedBy(context, IamInstanceProfile, instance.InstanceId)];
    },
    run: ({ AssociationId, IamInstanceProfile }, context) => context.write((draft) => {
      const instance = terminatedGone(getAssociated({ ...context, view: draft }, AssociationId), context.error);
      const Profile = associationOf(context.account, getProfile(draft, IamInstanceProfile, context.error), context.now, context.random);
      draft.instances.update({ ...instance, Profile });
      return { IamInstanceProfileAssociation: shown({ ...instance, Profile }, 'associating') };
    }),
  },

  DisassociateIamInstanceProfile: {
    access: ({ AssociationId }, context) => {
      const instance = findAssociated(context, AssociationId);
      return [instance ? instanceAsk(context, instance.InstanceId) : unknownInstanceAsk(context)];
    },
    run: ({ AssociationId }, context) => context.write((draft) => {
      const instance = getAssociated({ ...context, view: draft }, AssociationId);
      draft.instances.update({ ...instance, Profile: undefined });
      return { IamInstanceProfileAssociation: shown(instance, 'disassociating') };
    }),
  },

  DescribeIamInstanceProfileAssociations: {
    access: (_, context) => noResource(context),
    run({ AssociationIds, Filters, ...paging }, context) {
      refuseBoth(AssociationIds, paging, 'associationIds', context.error);
      const all = instancesOf(context.view, context.region, context.now).filter(isAssociated);
      for (const id of AssociationIds ?? []) getAssociated(context, id);
      const named = AssociationIds && AssociationIds.length > 0 ? all.filter(({ Profile }) => AssociationIds.includes(Profile.AssociationId)) : all;
      const { page, end } = pageOf(filtered(named, Filters, filters, context.error), ({ InstanceId }) => InstanceId, paging, context);
      return { IamInstanceProfileAssociations: page.map((instance) => shown(instance, 'associated')), ...end };
    },
  },
} satisfies Operations<Ec2, 'AssociateIamInstanceProfile' | 'ReplaceIamInstanceProfileAssociation' | 'DisassociateIamInstanceProfile' | 'DescribeIamInstanceProfileAssociations'>;

/** The profile that is named, of the caller's own account; undefined where there is none. */
export function findProfile(view: AccountView, { Arn, Name }: IamInstanceProfileSpecification): InstanceProfileDoc | undefined {
  const named = Arn === undefined ? undefined : arn.splitResource(arn.parse(Arn)?.resource ?? '');
  const name = Arn === undefined ? Name : named?.name;
  const profile = name === undefined ? undefined : view.instanceProfiles.findBy('name', foldCase(name));
  if (!profile || (Name !== undefined && profile.InstanceProfileName !== Name)) return undefined;
  return Arn === undefined || Arn === profileArn(view.account, profile) ? profile : undefined;
}

export function getProfile(view: AccountView, specification: IamInstanceProfileSpecification, error: RaiseEc2): InstanceProfileDoc {
  const { Arn, Name } = specification;
  if (Arn !== undefined && Name !== undefined) throw error('InvalidParameterCombination', `The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'`);
  if (Arn === undefined && Name === undefined) throw error('MissingParameter', 'The request must contain the parameter iamInstanceProfile.name or iamInstanceProfile.arn');
  const profile = findProfile(view, specification);
  const [value, member] = Arn === undefined ? [Name, 'name'] : [Arn, 'arn'];
  if (!profile) throw error('InvalidParameterValue', `Value (${value?.slice(0, 512)}) for parameter iamInstanceProfile.${member} is invalid. Invalid IAM Instance Profile ${member === 'arn' ? 'ARN' : 'name'}`);
  if (profile.RoleId === undefined || !view.roles.find(profile.RoleId)) throw error('InvalidParameterValue', `IAM Instance Profile "${profileArn(view.account, profile)}" has no associated IAM Roles`);
  return profile;
}

export const profileArn = (account: string, { Path, InstanceProfileName }: InstanceProfileDoc): string => arn.instanceProfile(account, Path, InstanceProfileName);

export const associationOf = (account: string, profile: InstanceProfileDoc, now: Timestamp, random: RandomBytes): ProfileAssociationDoc => ({
  AssociationId: newEc2Id('iip-assoc', random), InstanceProfileId: profile.InstanceProfileId, InstanceProfileArn: profileArn(account, profile), AssociateDate: now,
});

/** What is asked of the role in the profile; nothing where no such profile is, which is said once the rest is allowed. */
export function passedBy(place: Omit<Place, 'error'>, specification: IamInstanceProfileSpecification, instanceId: string): ReturnType<typeof passRoleAsk> {
  const profile = findProfile(place.view, specification);
  return profile ? passRoleAsk(place, profile, instanceId) : [];
}

function newProfileContext(view: AccountView, specification: IamInstanceProfileSpecification): { readonly 'ec2:NewInstanceProfile': string | undefined } {
  const profile = findProfile(view, specification);
  return { 'ec2:NewInstanceProfile': profile ? profileArn(view.account, profile) : specification.Arn };
}

const isAssociated = (instance: InstanceDoc): instance is Associated => instance.Profile !== undefined;

function findAssociated({ view, region, now, error }: Omit<Place, 'account'>, associationId: string): Associated | undefined {
  if (!isEc2Id(associationId, 'iip-assoc')) throw error('InvalidParameterValue', `Value (${associationId.slice(0, 128)}) for parameter AssociationId is invalid.`);
  const instance = view.instances.findBy('association', pairKey(region, associationId));
  return instance && isShown(instance, now) && isAssociated(instance) ? instance : undefined;
}

function getAssociated(place: Omit<Place, 'account'>, associationId: string): Associated {
  const instance = findAssociated(place, associationId);
  if (!instance) throw place.error('InvalidAssociationID.NotFound', `An invalid association-id of '${associationId}' was given`);
  return instance;
}

/** Whoever may do it with any instance is told that there is no such association. */
const unknownInstanceAsk = (place: Omit<Place, 'error'>): { readonly resource: string; readonly context: { readonly 'ec2:Region': string } } => ({ resource: ec2Arn(place, 'instance', '*'), context: { 'ec2:Region': place.region } });

function shown({ InstanceId, Profile }: Associated, State: IamInstanceProfileAssociation['State']): IamInstanceProfileAssociation {
  const { AssociationId, InstanceProfileArn, InstanceProfileId, AssociateDate } = Profile;
  return { AssociationId, InstanceId, IamInstanceProfile: { Arn: InstanceProfileArn, Id: InstanceProfileId }, State, ...(State === 'associated' && { Timestamp: AssociateDate }) };
}
