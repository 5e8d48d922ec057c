/** Profiles: which roles are handed out, for how long, with which policies around them. Source: "CreateProfile" and its siblings (IAM Roles Anywhere API Reference). */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import { newUuid } from '../../base/ids.ts';
import type { Ask } from '../../authz/ask.ts';
import type { ProfileDetail, Rolesanywhere } from '../../../models/rolesanywhere.ts';
import { validatePolicy } from '../../policy/validate/validate.ts';
import { defaultMappings } from '../../proof/x509/mapped-attributes.ts';
import type { RolesAnywhereProfileDoc } from '../../store/roles-anywhere-docs.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, SignedOperation } from '../operation.ts';
import { rolesAnywhereLimits } from './limits.ts';
import { anyAsk, get, listOf, requestTagContext, resourceArn, resourceAsk } from './lookup.ts';
import { pageOf } from './paging.ts';
import { readTags } from './tags.ts';

/** Seconds. Source: CreateProfile, durationSeconds. */
const durationDefault = 3_600;

type Switch = SignedOperation<Rolesanywhere['EnableProfile']['input'], Rolesanywhere['EnableProfile']['output'], Rolesanywhere['EnableProfile']['errors']>;

const turned = (Enabled: boolean): Switch => ({
  access: ({ profileId }, context) => [resourceAsk('profile', context, profileId)],
  run: ({ profileId }, { write, account, region, now, error }) => write((draft) => {
    const profile = { ...get('profile', draft, region, profileId, error), Enabled, UpdateDate: now };
    draft.rolesAnywhereProfiles.update(profile);
    return { profile: shownProfile(profile, account) };
  }),
});

export const profiles = {
  CreateProfile: {
    access: ({ tags, roleArns }, { account, error }) => [anyAsk(requestTagContext(readTags(tags, error))), ...passAsks(roleArns, account, error)],
    run(input, { write, account, region, now, random, error }) {
      const { name, roleArns, durationSeconds = durationDefault, enabled = false, acceptRoleSessionName = false, requireInstanceProperties = false } = input;
      checkSessionPolicy(input.sessionPolicy, error);
      const Tags = readTags(input.tags, error);
      const profile: RolesAnywhereProfileDoc = {
        ProfileId: newUuid(random), Region: region, Name: name, RoleArns: roleArns, Duration: durationSeconds, AcceptRoleSessionName: acceptRoleSessionName, RequireInstanceProperties: requireInstanceProperties,
        AttributeMappings: defaultMappings.map(({ field, specifiers }) => ({ Field: field, Specifiers: specifiers })), Enabled: enabled, CreateDate: now, UpdateDate: now,
        ...(input.sessionPolicy !== undefined && { SessionPolicy: input.sessionPolicy }), ...(input.managedPolicyArns && { ManagedPolicyArns: input.managedPolicyArns }), ...(Tags.length > 0 && { Tags }),
      };
      return write((draft) => {
        if (draft.rolesAnywhereProfiles.countBy('region', region) >= rolesAnywhereLimits.profilesMax) throw error('ValidationException', `An account can have at most ${rolesAnywhereLimits.profilesMax} profiles in a region.`);
        draft.rolesAnywhereProfiles.insert(profile);
        return { profile: shownProfile(profile, account) };
      });
    },
  },

  GetProfile: {
    access: ({ profileId }, context) => [resourceAsk('profile', context, profileId)],
    run: ({ profileId }, { view, account, region, error }) => ({ profile: shownProfile(get('profile', view, region, profileId, error), account) }),
  },

  ListProfiles: {
    access: () => [anyAsk()],
    run(page, context) {
      const { docs, end } = pageOf(listOf('profile', context.view, context.region), ({ ProfileId }) => ProfileId, page, context);
      return { profiles: docs.map((profile) => shownProfile(profile, context.account)), ...end };
    },
  },

  UpdateProfile: {
    access: ({ profileId, roleArns = [] }, context) => [resourceAsk('profile', context, profileId), ...passAsks(roleArns, context.account, context.error)],
    run(input, { write, account, region, now, error }) {
      checkSessionPolicy(input.sessionPolicy, error);
      return write((draft) => {
        const profile: RolesAnywhereProfileDoc = {
          ...get('profile', draft, region, input.profileId, error), UpdateDate: now,
          ...(input.name !== undefined && { Name: input.name }), ...(input.sessionPolicy !== undefined && { SessionPolicy: input.sessionPolicy }), ...(input.roleArns && { RoleArns: input.roleArns }),
          ...(input.managedPolicyArns && { ManagedPolicyArns: input.managedPolicyArns }), ...(input.durationSeconds !== undefined && { Duration: input.durationSeconds }),
          ...(input.acceptRoleSessionName !== undefined && { AcceptRoleSessionName: input.acceptRoleSessionName }),
        };
        draft.rolesAnywhereProfiles.update(profile);
        return { profile: shownProfile(profile, account) };
      });
    },
  },

  EnableProfile: turned(true),
  DisableProfile: turned(false),

  DeleteProfile: {
    access: ({ profileId }, context) => [resourceAsk('profile', context, profileId)],
    run: ({ profileId }, { write, account, region, error }) => write((draft) => {
      const profile = get('profile', draft, region, profileId, error);
      draft.rolesAnywhereProfiles.remove(pairKey(region, profileId));
      return { profile: shownProfile(profile, account) };
    }),
  },
} satisfies Operations<Rolesanywhere, 'CreateProfile' | 'GetProfile' | 'ListProfiles' | 'UpdateProfile' | 'EnableProfile' | 'DisableProfile' | 'DeleteProfile'>;

/** Who puts a role into a profile hands it to whoever has a certificate. Source: "I am not authorized to perform iam:PassRole" (IAM Roles Anywhere User Guide). */
function passAsks(roleArns: readonly string[], account: string, error: Raise<'ValidationException'>): readonly Ask[] {
  return roleArns.map((roleArn) => {
    const parsed = arn.parse(roleArn);
    if (parsed?.service !== 'iam' || parsed.account !== account || !parsed.resource.startsWith('role/')) throw error('ValidationException', `${roleArn} is no role of this account.`);
    return { action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'rolesanywhere.amazonaws.com' } };
  });
}

function checkSessionPolicy(policy: string | undefined, error: Raise<'ValidationException'>): void {
  const [finding] = policy === undefined ? [] : validatePolicy(policy, 'session');
  if (finding) throw error('ValidationException', `The session policy is not valid: ${finding.message}`);
}

export function shownProfile(profile: RolesAnywhereProfileDoc, account: string): ProfileDetail {
  const { ProfileId, Region, SessionPolicy, ManagedPolicyArns } = profile;
  return {
    profileId: ProfileId, profileArn: resourceArn(account, Region, 'profile', ProfileId), name: profile.Name, enabled: profile.Enabled, createdBy: account, createdAt: profile.CreateDate, updatedAt: profile.UpdateDate,
    roleArns: profile.RoleArns, durationSeconds: profile.Duration, acceptRoleSessionName: profile.AcceptRoleSessionName, requireInstanceProperties: profile.RequireInstanceProperties,
    ...(SessionPolicy !== undefined && { sessionPolicy: SessionPolicy }), ...(ManagedPolicyArns && { managedPolicyArns: ManagedPolicyArns }),
    attributeMappings: profile.AttributeMappings.map(({ Field, Specifiers }) => ({ certificateField: Field, mappingRules: Specifiers.map((specifier) => ({ specifier })) })),
  };
}
