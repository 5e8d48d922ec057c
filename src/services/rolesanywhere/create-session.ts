/** CreateSession: temporary credentials of a role for whoever holds the key of a certificate. Source: "IAM Roles Anywhere CreateSession API" and "The IAM Roles Anywhere trust model" (IAM Roles Anywhere User Guide). */
import * as arn from '../../base/arn.ts';
import { ApiError } from '../../base/api-error.ts';
import type { Raise } from '../../base/api-error.ts';
import type { CertificateCaller } from '../../base/caller.ts';
import type { CreateSessionRequest, Rolesanywhere } from '../../../models/rolesanywhere.ts';
import type { RolesAnywhereProfileDoc } from '../../store/roles-anywhere-docs.ts';
import type { RoleDoc } from '../../store/tables.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { enrolledMachineOf, holdsCertificate } from '../enrolled-machines.ts';
import { assumptionAsks, issueAssumedSession, roleOfArn } from '../service-session.ts';
import { find, parseResourceArn, resourceArn } from './lookup.ts';
import { rememberSubject } from './subjects.ts';

type CreateSessionErrors = Rolesanywhere['CreateSession']['errors'];
type Context = AccessContext<CreateSessionErrors, CertificateCaller>;

/** Seconds, where a role says nothing. Source: "CreateRole", MaxSessionDuration. */
const roleSecondsMax = 3_600;

export const createSession = {
  CreateSession: {
    proof: 'certificate',
    presented(input, error) {
      const { anchor, profile, roleArn } = readRequest(input, error);
      // GUESS: all three belong to one account, and anchor and profile to one region.
      if (anchor.account !== profile.account || anchor.region !== profile.region || arn.parse(roleArn)?.account !== anchor.account) throw error('ValidationException', 'Trust anchor, profile and role must belong to one account, trust anchor and profile to one region.');
      return { account: anchor.account, region: anchor.region, trustAnchorId: anchor.id, profileId: profile.id };
    },
    access(input, context) {
      const { anchor, profile, roleArn } = readRequest(input, context.error);
      const held = getProfile(profile.id, roleArn, context);
      checkEnrolled(input, context);
      if (!find('trust-anchor', context.view, context.region, anchor.id)?.Enabled) throw new ApiError('AccessDenied', 'The trust anchor is not there, or disabled.');
      return assumptionAsks({
        roleArn, account: context.account, role: roleOfArn(roleArn, context.view), sessionName: sessionNameOf(input, held, context),
        sourceArn: resourceArn(context.account, anchor.region, 'trust-anchor', anchor.id), tags: context.caller.tags, transitiveTagKeys: [], sourceIdentity: context.caller.sourceIdentity,
      });
    },
    async run(input, context) {
      const { view, caller, error } = context;
      const { profile: { id }, roleArn } = readRequest(input, error);
      const profile = getProfile(id, roleArn, context);
      const role = roleOfArn(roleArn, view);
      // INVARIANT: only a role that is there can have allowed it.
      if (!role) throw error('AccessDeniedException', 'Unable to assume role');
      if (profile.RequireInstanceProperties && Object.keys(input.instanceProperties ?? {}).length === 0) throw error('ValidationException', 'The profile requires instance properties.');
      const issued = issueAssumedSession({
        roleArn, sessionName: sessionNameOf(input, profile, context), seconds: secondsOf(input, profile, role), policy: profile.SessionPolicy, policyArns: profile.ManagedPolicyArns,
        tags: caller.tags, transitiveTagKeys: [], sourceIdentity: caller.sourceIdentity,
      }, role, view, { ...context, error: issuing(error) });
      const subjectId = await rememberSubject({ certificate: caller.certificate, instanceProperties: input.instanceProperties }, context);
      const { Credentials, AssumedRoleUser, PackedPolicySize } = issued;
      return {
        credentialSet: [{
          assumedRoleUser: { arn: AssumedRoleUser.Arn, assumedRoleId: AssumedRoleUser.AssumedRoleId },
          credentials: { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken, expiration: Credentials.Expiration },
          packedPolicySize: PackedPolicySize ?? 0, roleArn, ...(caller.sourceIdentity !== undefined && { sourceIdentity: caller.sourceIdentity }),
        }],
        subjectArn: resourceArn(context.account, context.region, 'subject', subjectId),
      };
    },
  },
} satisfies Operations<Rolesanywhere, 'CreateSession'>;

/** How issuing raises its errors: the service has no name of its own for policies and tags that do not fit into a token. */
const issuing = (error: Raise<CreateSessionErrors>): Raise<'PackedPolicyTooLarge'> => (name, message, options) => error(name === 'PackedPolicyTooLarge' ? 'ValidationException' : name, message, options);

/** The three ARNs, which stand in the query or in the body. What says two things says nothing. */
function readRequest(input: CreateSessionRequest, error: Raise<'ValidationException'>) {
  const one = (name: string, inQuery: string | undefined, inBody: string | undefined): string => {
    if (inQuery !== undefined && inBody !== undefined && inQuery !== inBody) throw error('ValidationException', `${name} is given twice, with different values.`);
    const value = inQuery ?? inBody;
    if (value === undefined) throw error('ValidationException', `${name} is required.`);
    return value;
  };
  const anchor = parseResourceArn(one('trustAnchorArn', input.trustAnchorArnInQuery, input.trustAnchorArn));
  const profile = parseResourceArn(one('profileArn', input.profileArnInQuery, input.profileArn));
  const roleArn = one('roleArn', input.roleArnInQuery, input.roleArn);
  if (anchor?.kind !== 'trust-anchor') throw error('ValidationException', 'trustAnchorArn is no ARN of a trust anchor.');
  if (profile?.kind !== 'profile') throw error('ValidationException', 'profileArn is no ARN of a profile.');
  const role = arn.parse(roleArn);
  if (role?.service !== 'iam' || !/^\d{12}$/.test(role.account) || !role.resource.startsWith('role/')) throw error('ValidationException', 'roleArn is no ARN of a role.');
  return { anchor, profile, roleArn };
}

/** A machine that enrolled here has the role that it was enrolled for, and no other, for as long as it is registered; also by another anchor that somebody made of the same authority. */
function checkEnrolled(input: CreateSessionRequest, { view, account, region, caller, error }: Context): void {
  const { anchor, profile, roleArn } = readRequest(input, error);
  const authority = view.machineAuthorities.find(region);
  const found = find('trust-anchor', view, region, anchor.id);
  if (!authority || !found || !holdsCertificate(found.Certificates, authority.Certificate)) return;
  const machine = enrolledMachineOf(caller.certificate.pem, view);
  if (!machine) throw new ApiError('AccessDenied', 'The certificate is of no machine that is enrolled.');
  if (machine.RoleArn !== roleArn || machine.ProfileArn !== resourceArn(account, region, 'profile', profile.id)) throw new ApiError('AccessDenied', 'The machine is enrolled for another role.');
}

function getProfile(id: string, roleArn: string, { view, region }: Pick<Context, 'view' | 'region'>): RolesAnywhereProfileDoc {
  const profile = find('profile', view, region, id);
  if (!profile?.Enabled) throw new ApiError('AccessDenied', 'The profile is not there, or disabled.');
  if (!profile.RoleArns.includes(roleArn)) throw new ApiError('AccessDenied', 'The role is not in the profile.');
  return profile;
}

/** The certificate's serial number, or what the profile lets callers choose. AWS: the refusal was seen in public, August 2024. */
function sessionNameOf({ roleSessionName }: CreateSessionRequest, { AcceptRoleSessionName }: RolesAnywhereProfileDoc, { caller }: Pick<Context, 'caller'>): string {
  if (roleSessionName === undefined) return caller.certificate.serialNumber;
  if (!AcceptRoleSessionName) throw new ApiError('AccessDenied', 'Not authorized to set roleSessionName.');
  return roleSessionName;
}

/** The shortest of what is asked for, what the profile gives, and what the role allows. Source: CreateSession, Expiration. */
const secondsOf = ({ durationSeconds }: CreateSessionRequest, { Duration }: RolesAnywhereProfileDoc, { MaxSessionDuration = roleSecondsMax }: RoleDoc): number => Math.min(durationSeconds ?? Duration, Duration, MaxSessionDuration);
