/** Resources of IAM under the real Terraform and its AWS provider, where they are: applied, planned without a change, changed in place, imported, destroyed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openTerraform } from './terraform.ts';

test('Terraform makes, changes, takes over and destroys passwords, MFA devices, instance profiles, service-linked roles and what an account sets', async (t) => {
  const terraform = await openTerraform(readFileSync(new URL('iam-resources.tf', import.meta.url), 'utf8'));
  if (typeof terraform === 'string') return t.skip(terraform);
  const changed = ['-var', 'stage=second'];
  try {
    const made = terraform.run(['apply', '-auto-approve']);
    assert.match(made, /profile_role = ".*:role\/blue"/);
    assert.match(made, /seed = "[A-Z2-7]{64}"/);
    terraform.run(['plan', '-detailed-exitcode']);
    // Only the alias, which has no name but its own, is destroyed and made again.
    const second = terraform.run(['apply', '-auto-approve', ...changed]);
    assert.match(second, /Apply complete! Resources: 1 added, 5 changed, 1 destroyed\./);
    assert.match(second, /profile_role = ".*:role\/green"/);
    // What Terraform forgets it can take over again, and then finds as it should be.
    terraform.run(['state', 'rm', 'aws_iam_instance_profile.fleet', 'aws_iam_account_password_policy.strict']);
    terraform.run(['import', ...changed, 'aws_iam_instance_profile.fleet', 'fleet']);
    terraform.run(['import', ...changed, 'aws_iam_account_password_policy.strict', 'iam-account-password-policy']);
    terraform.run(['plan', '-detailed-exitcode', ...changed]);
    assert.match(terraform.run(['destroy', '-auto-approve', ...changed]), /Destroy complete! Resources: [1-9]\d* destroyed\./);
  } finally {
    await terraform.close();
  }
});
