/** Log groups and streams under the real Terraform and its AWS provider, where they are: applied, planned without a change, changed in place, imported, destroyed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { outputsOf } from './terraform-state.ts';
import { openTerraform, terraformAccount } from './terraform.ts';

const configuration = readFileSync(new URL('terraform-logs.tf', import.meta.url), 'utf8');

test('Terraform applies log groups and a stream, plans without a change, changes and imports them, and destroys them', async (t) => {
  const terraform = await openTerraform({ 'main.tf': configuration });
  if (typeof terraform === 'string') return t.skip(terraform);
  const second = ['-var', 'stage=second'];
  try {
    await terraform.run(['apply', '-auto-approve']);
    await terraform.run(['plan', '-detailed-exitcode']);
    assert.deepEqual(outputsOf(terraform), { app: [`arn:aws:logs:eu-west-1:${terraformAccount}:log-group:/app/web`, 7, ['/app/web']] });
    assert.match(await terraform.run(['apply', '-auto-approve', ...second]), /0 added, 1 changed, 0 destroyed/);
    await terraform.run(['plan', '-detailed-exitcode', ...second]);
    await terraform.run(['state', 'rm', 'aws_cloudwatch_log_group.app', 'aws_cloudwatch_log_stream.one']);
    await terraform.run(['import', ...second, 'aws_cloudwatch_log_group.app', '/app/web']);
    await terraform.run(['import', ...second, 'aws_cloudwatch_log_stream.one', '/app/web:one']);
    await terraform.run(['plan', '-detailed-exitcode', ...second]);
    assert.match(await terraform.run(['destroy', '-auto-approve', ...second]), /Destroy complete! Resources: 3 destroyed\./);
  } finally {
    await terraform.close();
  }
});
