/** Service-linked roles: made with the name, trust and policy that the service says, and deleted by a task of their own. Source: "Create a service-linked role" (IAM User Guide). */
import type { Iam } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import { newUuid } from '../../base/ids.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { pairKey, type RoleDeletionDoc, type RoleDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { linkableServices } from './linkable-services.ts';
import { getRole, roleAsk } from './lookup.ts';
import { serviceLinkedPath } from './protected-roles.ts';
import { claimAdjustable } from './quotas.ts';
import { listedRole } from './roles.ts';

/** How many deletions are remembered; the oldest are forgotten. */
const rememberedDeletionsMax = 1_000;
const roleNameLengthMax = 64;

/** The operations on service-linked roles. */
export const serviceLinkedRoles = {
  CreateServiceLinkedRole: {
    access: ({ AWSServiceName, CustomSuffix }, { account }) => [{ resource: arn.role(account, pathOf(AWSServiceName), roleNameOf(AWSServiceName, CustomSuffix)), context: { 'iam:AWSServiceName': AWSServiceName } }],
    run: ({ AWSServiceName, CustomSuffix, Description }, { write, now, newId, error }) => {
      const service = linkableServices.get(AWSServiceName);
      // GUESS: the words.
      if (!service) throw error('InvalidInput', `Service linked roles are not supported for ${AWSServiceName}`);
      if (CustomSuffix !== undefined && !service.isSuffixAllowed) throw error('InvalidInput', `Custom suffix is not allowed for ${AWSServiceName}`);
      const RoleName = roleNameOf(AWSServiceName, CustomSuffix);
      // GUESS: the words.
      if (RoleName.length > roleNameLengthMax) throw error('InvalidInput', `Service role name ${RoleName} has more than ${roleNameLengthMax} characters, please try a shorter suffix.`);
      const role: RoleDoc = { RoleId: newId('AROA'), RoleName, Path: pathOf(AWSServiceName), CreateDate: now, Description, TrustPolicy: { Document: trustOf(AWSServiceName), PrincipalIds: {} } };
      return write((draft) => {
        claimAdjustable(draft, 'RolesPerAccount', draft.roles.size + 1, error);
        if (!draft.roles.insert(role)) throw error('InvalidInput', `Service role name ${RoleName} has been taken in this account, please try a different suffix.`);
        draft.attachments.insert({ PrincipalId: role.RoleId, PolicyArn: arn.awsPolicy(serviceLinkedPath, service.policy) });
        const { MaxSessionDuration: _, ...shown } = listedRole(draft, role);
        return { Role: shown };
      });
    },
  },

  DeleteServiceLinkedRole: {
    access: ({ RoleName }, { view }) => [roleAsk(view, RoleName)],
    run: ({ RoleName }, { write, now, random, error }) => {
      const taskNumber = newUuid(random);
      return write((draft) => {
        const role = getServiceLinkedRole(draft, RoleName, error);
        // No service here makes anything with its role that would have to be cleaned up before: the task is done with the write.
        const attached = draft.attachments.listBy('principal', role.RoleId).map(({ PolicyArn }) => PolicyArn);
        for (const policyArn of attached) draft.attachments.remove(pairKey(role.RoleId, policyArn));
        draft.roles.remove(role.RoleId);
        const DeletionTaskId = `task${role.Path}${role.RoleName}/${taskNumber}`;
        remember({ DeletionTaskId, RoleName: role.RoleName, CreateDate: now }, draft);
        return { DeletionTaskId };
      });
    },
  },

  GetServiceLinkedRoleDeletionStatus: {
    access: ({ DeletionTaskId }, { account, error }) => {
      const { path, name } = parseTaskId(DeletionTaskId, error);
      return [{ resource: arn.role(account, path, name), shownAs: `role ${name}` }];
    },
    run: ({ DeletionTaskId }, { view, error }) => {
      // GUESS: the words.
      if (!view.roleDeletions.find(DeletionTaskId)) throw error('NoSuchEntity', `The deletion task with id ${DeletionTaskId} cannot be found.`);
      return { Status: 'SUCCEEDED' };
    },
  },
} satisfies Operations<Iam, `${'Create' | 'Delete'}ServiceLinkedRole` | 'GetServiceLinkedRoleDeletionStatus'>;

const pathOf = (service: string): string => `${serviceLinkedPath}${service}/`;

function roleNameOf(service: string, suffix: string | undefined): string {
  return `AWSServiceRoleFor${linkableServices.get(service)?.role ?? ''}${suffix === undefined ? '' : `_${suffix}`}`;
}

const trustOf = (service: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] });

function getServiceLinkedRole(view: AccountView, name: string, error: Raise<'NoSuchEntity'>): RoleDoc {
  const role = getRole(view, name, error);
  // GUESS: the words; of the operation's errors only this one fits.
  if (!role.Path.startsWith(serviceLinkedPath)) throw error('NoSuchEntity', `The role with name ${name} is not a service-linked role.`);
  return role;
}

/** `task/aws-service-role/SERVICE/ROLE/UUID`. Source: "DeleteServiceLinkedRole" (IAM API Reference). */
function parseTaskId(taskId: string, error: Raise<'InvalidInput'>): { readonly path: string; readonly name: string } {
  const [, path, name] = /^task(\/aws-service-role\/[\w+=,.@-]{1,128}\/)([\w+=,.@-]{1,64})\/[0-9a-f-]{36}$/.exec(taskId) ?? [];
  // GUESS: the words.
  if (path === undefined || name === undefined) throw error('InvalidInput', `The deletion task id ${taskId} is not valid.`);
  return { path, name };
}

function remember(deletion: RoleDeletionDoc, draft: Draft): void {
  const { docs } = draft.roleDeletions.page({ limit: Math.max(0, draft.roleDeletions.size + 1 - rememberedDeletionsMax) });
  for (const { DeletionTaskId } of docs) draft.roleDeletions.remove(DeletionTaskId);
  draft.roleDeletions.insert(deletion);
}
