/** Role aliases: what devices call the roles that they are given, and endpoints where they ask. Source: "CreateRoleAlias" and its siblings, "DescribeEndpoint" (AWS IoT API Reference). */
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Iot } from '../../../models/iot.ts';
import type { RoleAliasDoc } from '../../store/iot-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { roleOfArn } from '../service-session.ts';
import { iotLimits } from './limits.ts';
import { anyAsk, findRoleAlias, getRoleAlias, iotArn, taggedAsk } from './lookup.ts';
import { markedPage } from './paging.ts';
import { readTags, requestTagContext } from './tags.ts';

/** Seconds. Source: CreateRoleAlias, credentialDurationSeconds; a role that says nothing has an hour. */
const durationDefault = 3_600;

export const roleAliases = {
  CreateRoleAlias: {
    access: ({ roleAlias, roleArn, tags }, context) => [taggedAsk(context, 'rolealias', roleAlias, undefined, requestTagContext(readTags(tags, context.error))), passAsk(roleArn, context.account, context.error)],
    run({ roleAlias, roleArn, credentialDurationSeconds = durationDefault, tags }, context) {
      const { write, region, now, error } = context;
      const Tags = readTags(tags, error);
      const alias: RoleAliasDoc = { RoleAlias: roleAlias, Region: region, RoleArn: roleArn, Duration: credentialDurationSeconds, CreateDate: now, UpdateDate: now, ...(Tags.length > 0 && { Tags }) };
      return write((draft) => {
        checkRole(draft, alias, error);
        if (draft.roleAliases.countBy('region', region) >= iotLimits.roleAliasesMax) throw error('LimitExceededException', `An account can have at most ${iotLimits.roleAliasesMax} role aliases in a region.`);
        if (!draft.roleAliases.insert(alias)) throw error('ResourceAlreadyExistsException', `RoleAlias ${roleAlias} already exists`);
        return { roleAlias, roleAliasArn: iotArn(context, 'rolealias', roleAlias) };
      });
    },
  },

  DescribeRoleAlias: {
    access: ({ roleAlias }, context) => [taggedAsk(context, 'rolealias', roleAlias, findRoleAlias(context.view, context.region, roleAlias))],
    run({ roleAlias }, context) {
      const { RoleArn, Duration, CreateDate, UpdateDate } = getRoleAlias(context.view, context.region, roleAlias, context.error);
      return { roleAliasDescription: { roleAlias, roleAliasArn: iotArn(context, 'rolealias', roleAlias), roleArn: RoleArn, owner: context.account, credentialDurationSeconds: Duration, creationDate: CreateDate, lastModifiedDate: UpdateDate } };
    },
  },

  UpdateRoleAlias: {
    access: ({ roleAlias, roleArn }, context) => [taggedAsk(context, 'rolealias', roleAlias, findRoleAlias(context.view, context.region, roleAlias)), ...(roleArn === undefined ? [] : [passAsk(roleArn, context.account, context.error)])],
    run: ({ roleAlias, roleArn, credentialDurationSeconds }, context) => context.write((draft) => {
      const alias: RoleAliasDoc = {
        ...getRoleAlias(draft, context.region, roleAlias, context.error), UpdateDate: context.now, ...(roleArn !== undefined && { RoleArn: roleArn }), ...(credentialDurationSeconds !== undefined && { Duration: credentialDurationSeconds }),
      };
      checkRole(draft, alias, context.error);
      draft.roleAliases.update(alias);
      return { roleAlias, roleAliasArn: iotArn(context, 'rolealias', roleAlias) };
    }),
  },

  DeleteRoleAlias: {
    access: ({ roleAlias }, context) => [taggedAsk(context, 'rolealias', roleAlias, findRoleAlias(context.view, context.region, roleAlias))],
    run: ({ roleAlias }, { write, region, error }) => write((draft) => {
      getRoleAlias(draft, region, roleAlias, error);
      draft.roleAliases.remove(pairKey(region, roleAlias));
      return {};
    }),
  },

  ListRoleAliases: {
    access: () => [anyAsk()],
    run(page, context) {
      const { items, end } = markedPage(context.view.roleAliases.listBy('region', context.region), ({ RoleAlias }) => RoleAlias, page, context);
      return { roleAliases: items.map(({ RoleAlias }) => RoleAlias), ...end };
    },
  },

  DescribeEndpoint: {
    access: () => [anyAsk()],
    run({ endpointType = 'iot:Data' }, { deviceEndpoint, error }) {
      if (endpointType !== 'iot:CredentialProvider') throw error('InvalidRequestException', `There is no endpoint of the type ${endpointType} here: devices are given credentials (iot:CredentialProvider), and no broker.`);
      const address = deviceEndpoint();
      if (address === undefined) throw error('InvalidRequestException', 'Nothing listens for devices: start with --device-port.');
      return { endpointAddress: address };
    },
  },
} satisfies Operations<Iot, 'CreateRoleAlias' | 'DescribeRoleAlias' | 'UpdateRoleAlias' | 'DeleteRoleAlias' | 'ListRoleAliases' | 'DescribeEndpoint'>;

/** Who makes an alias hands the role to devices. Source: "How to use AWS IoT credentials provider", step 1. */
function passAsk(roleArn: string, account: string, error: Raise<'InvalidRequestException'>): Ask {
  const parsed = arn.parse(roleArn);
  if (parsed?.service !== 'iam' || parsed.account !== account || !parsed.resource.startsWith('role/')) throw error('InvalidRequestException', `${roleArn} is no role of this account.`);
  return { action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'credentials.iot.amazonaws.com' } };
}

/** Source: CreateRoleAlias: the duration must be less than or equal to the maximum of the role. */
function checkRole(view: AccountView, { RoleArn, Duration }: RoleAliasDoc, error: Raise<'InvalidRequestException'>): void {
  const role = roleOfArn(RoleArn, view);
  if (!role) throw error('InvalidRequestException', `${RoleArn} was not found.`);
  const most = role.MaxSessionDuration ?? durationDefault;
  if (Duration > most) throw error('InvalidRequestException', `credentialDurationSeconds must not be more than the role's MaxSessionDuration: ${most}`);
}
