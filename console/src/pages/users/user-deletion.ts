/** What goes with a user. Source: "Delete or deactivate an IAM user" (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html): the API wants each of these gone before. */
import {
  DeactivateMFADeviceCommand, DeleteLoginProfileCommand, DeleteServiceSpecificCredentialCommand, DeleteUserCommand, DeleteVirtualMFADeviceCommand, ListGroupsForUserCommand, ListMFADevicesCommand, ListServiceSpecificCredentialsCommand, RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { loginProfileOf } from '../../credentials/console-password.tsx';
import { accessKeyKind, signingCertificateKind, sshKeyKind } from '../../credentials/credential-kinds.ts';
import type { CredentialKind } from '../../credentials/credential-kinds.ts';
import { isVirtual } from '../../credentials/mfa-devices.tsx';
import type { Step } from '../../deed.tsx';
import type { PlanDeletion } from '../../delete-dialog.tsx';
import { policyRemovals } from '../../permissions/policy-removals.ts';
import { allOf, markedPages } from '../../read.ts';

export const planUserDeletion: PlanDeletion = async ({ iam }, UserName) => {
  const parts = await Promise.all([passwordOf(iam, UserName), credentialsOf(iam, accessKeyKind, UserName), devicesOf(iam, UserName), credentialsOf(iam, sshKeyKind, UserName), serviceCredentialsOf(iam, UserName), credentialsOf(iam, signingCertificateKind, UserName), membershipsOf(iam, UserName), policyRemovals(iam, { kind: 'user', name: UserName })]);
  return [...parts.flat(), { what: `Delete user ${UserName}`, act: async ({ iam }) => iam.send(new DeleteUserCommand({ UserName })) }];
};

async function passwordOf(iam: IAMClient, UserName: string): Promise<readonly Step[]> {
  return await loginProfileOf(iam, UserName) ? [{ what: `Delete the console password of ${UserName}`, mayBeGone: true, act: async ({ iam }) => iam.send(new DeleteLoginProfileCommand({ UserName })) }] : [];
}

async function credentialsOf<Item>(iam: IAMClient, kind: CredentialKind<Item>, userName: string): Promise<readonly Step[]> {
  return (await allOf(kind.list(iam, userName))).map(kind.idOf).map((id) => ({ what: `Delete ${kind.noun} ${id}`, mayBeGone: true, act: ({ iam }) => kind.remove(iam, userName, id) }));
}

/** Of every service, also of those that the console has no page for. */
async function serviceCredentialsOf(iam: IAMClient, userName: string): Promise<readonly Step[]> {
  const all = await allOf(markedPages((Marker) => iam.send(new ListServiceSpecificCredentialsCommand({ UserName: userName, Marker })), ({ ServiceSpecificCredentials }) => ServiceSpecificCredentials));
  return all.map(({ ServiceSpecificCredentialId, ServiceName }) => ({ what: `Delete credential ${ServiceSpecificCredentialId} for ${ServiceName}`, mayBeGone: true, act: async ({ iam }) => iam.send(new DeleteServiceSpecificCredentialCommand({ UserName: userName, ServiceSpecificCredentialId })) }));
}

async function devicesOf(iam: IAMClient, UserName: string): Promise<readonly Step[]> {
  const devices = await allOf(markedPages((Marker) => iam.send(new ListMFADevicesCommand({ UserName, Marker })), ({ MFADevices }) => MFADevices));
  const steps: Step[] = [];
  for (const { SerialNumber } of devices) {
    steps.push({ what: `Deactivate MFA device ${SerialNumber}`, mayBeGone: true, act: async ({ iam }) => iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber })) });
    if (isVirtual(SerialNumber!)) steps.push({ what: `Delete MFA device ${SerialNumber}`, mayBeGone: true, act: async ({ iam }) => iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })) });
  }
  return steps;
}

async function membershipsOf(iam: IAMClient, UserName: string): Promise<readonly Step[]> {
  const groups = await allOf(markedPages((Marker) => iam.send(new ListGroupsForUserCommand({ UserName, Marker })), ({ Groups }) => Groups));
  return groups.map(({ GroupName }) => ({ what: `Remove ${UserName} from group ${GroupName}`, mayBeGone: true, act: async ({ iam }) => iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName })) }));
}
