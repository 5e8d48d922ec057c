/** Buckets, their settings and objects under the real Terraform and its AWS provider, where they are: applied, planned without a change, changed in place, destroyed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openTerraform } from './terraform.ts';

const configuration = readFileSync(new URL('terraform-s3.tf', import.meta.url), 'utf8');

test('Terraform applies a bucket with its settings and an object, plans without a change, changes the object, and destroys them', async (t) => {
  const terraform = await openTerraform({ 'main.tf': configuration });
  if (typeof terraform === 'string') return t.skip(terraform);
  try {
    await terraform.run(['apply', '-auto-approve']);
    await terraform.run(['plan', '-detailed-exitcode']);
    assert.match(await terraform.run(['apply', '-auto-approve', '-var', 'content=second']), /0 added, 1 changed, 0 destroyed/);
    await terraform.run(['plan', '-detailed-exitcode', '-var', 'content=second']);
    await terraform.run(['destroy', '-auto-approve']);
  } finally {
    await terraform.close();
  }
});
