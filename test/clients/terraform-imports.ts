/** Under which id Terraform imports each resource of IAM, from what the state holds of it. Source: the section "Import" of each resource's page (Terraform Registry, AWS provider). */
import assert from 'node:assert/strict';
import type { ManagedResource } from './terraform-state.ts';

type Attributes = ManagedResource['attributes'];

const id = (attributes: Attributes): string => String(attributes['id']);
const of = (...names: readonly string[]) => (attributes: Attributes): string => names.map((name) => attributes[name]).join(':');
const attached = (principal: string) => (attributes: Attributes): string => `${attributes[principal]}/${attributes['policy_arn']}`;

/** `undefined`: the provider imports none of these. */
const importIds: Readonly<Record<string, ((attributes: Attributes) => string) | undefined>> = {
  aws_iam_access_key: id,
  aws_iam_account_alias: id,
  aws_iam_account_password_policy: () => 'iam-account-password-policy',
  aws_iam_group: id,
  aws_iam_group_membership: undefined,
  aws_iam_group_policies_exclusive: of('group_name'),
  aws_iam_group_policy: of('group', 'name'),
  aws_iam_group_policy_attachment: attached('group'),
  aws_iam_group_policy_attachments_exclusive: of('group_name'),
  aws_iam_instance_profile: id,
  aws_iam_openid_connect_provider: id,
  aws_iam_policy: id,
  aws_iam_policy_attachment: undefined,
  aws_iam_role: id,
  aws_iam_role_policies_exclusive: of('role_name'),
  aws_iam_role_policy: of('role', 'name'),
  aws_iam_role_policy_attachment: attached('role'),
  aws_iam_role_policy_attachments_exclusive: of('role_name'),
  aws_iam_saml_provider: id,
  aws_iam_security_token_service_preferences: undefined,
  aws_iam_server_certificate: of('name'),
  aws_iam_service_linked_role: id,
  aws_iam_service_specific_credential: of('service_name', 'user_name', 'service_specific_credential_id'),
  aws_iam_signing_certificate: id,
  aws_iam_user: id,
  aws_iam_user_group_membership: (attributes) => [attributes['user'], ...attributes['groups'] as readonly string[]].join('/'),
  aws_iam_user_login_profile: id,
  aws_iam_user_policies_exclusive: of('user_name'),
  aws_iam_user_policy: of('user', 'name'),
  aws_iam_user_policy_attachment: attached('user'),
  aws_iam_user_policy_attachments_exclusive: of('user_name'),
  aws_iam_user_ssh_key: of('username', 'ssh_public_key_id', 'encoding'),
  aws_iam_virtual_mfa_device: of('arn'),
};

/** The block that takes a resource over; undefined where the provider cannot. */
export function importOf({ address, type, attributes }: ManagedResource): string | undefined {
  assert.ok(type in importIds, `${type} has no line in test/clients/terraform-imports.ts: how is it imported?`);
  const importId = importIds[type]?.(attributes);
  return importId && `import {\n  to = ${address}\n  id = ${JSON.stringify(importId)}\n}\n`;
}
