/** Resources of IAM under the real Terraform and its AWS provider, where they are: imported, applied, changed in place, planned without a change, destroyed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CreateInstanceProfileCommand } from '@aws-sdk/client-iam';
import { openTerraform } from './terraform.ts';

test('Terraform takes over, makes, changes and destroys passwords, MFA devices, instance profiles, service-linked roles and what an account sets', async (t) => {
  const terraform = await openTerraform(readFileSync(new URL('iam-resources.tf', import.meta.url), 'utf8'));
  if (typeof terraform === 'string') return t.skip(terraform);
  const changed = ['-var', 'stage=second'];
  try {
    await terraform.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'fleet', Path: '/ec2/' }));
    const made = terraform.run(['apply', '-auto-approve']);
    assert.match(made, /Apply complete! Resources: 1 imported, 9 added, 1 changed, 0 destroyed\./);
    assert.match(made, /profile_role = ".*:role\/blue"/);
    assert.match(made, /seed = "[A-Z2-7]{64}"/);
    // Only the alias, which has no name but its own, is destroyed and made again.
    const second = terraform.run(['apply', '-auto-approve', ...changed]);
    assert.match(second, /Apply complete! Resources: 1 added, 5 changed, 1 destroyed\./);
    assert.match(second, /profile_role = ".*:role\/green"/);
    terraform.run(['plan', '-detailed-exitcode', ...changed]);
    assert.match(terraform.run(['destroy', '-auto-approve', ...changed]), /Destroy complete! Resources: 10 destroyed\./);
  } finally {
    await terraform.close();
  }
});
