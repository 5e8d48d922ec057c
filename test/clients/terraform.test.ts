/** The page about Terraform, run as it stands: apply makes everything, a plan then sees nothing to change, destroy leaves nothing. With the real Terraform and its AWS provider, where they are. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../imports.ts';
import { consoleBlocks } from './console-blocks.ts';
import { openTerraform } from './terraform.ts';

test('Terraform applies a user, a group, a role, policies, attachments and an access key, then plans no change, then destroys them', async (t) => {
  const page = readFileSync(join(root, 'docs', 'how-to', 'terraform.md'), 'utf8');
  const terraform = await openTerraform({ 'main.tf': /```hcl\n([\s\S]*?)```/.exec(page)![1]! });
  if (typeof terraform === 'string') return t.skip(terraform);
  try {
    const commands = consoleBlocks(page).flatMap((block) => block.commands.map(({ command }) => command));
    assert.deepEqual(commands.map((command) => command.split(' ')[1]), ['apply', 'plan', 'destroy']);
    for (const command of commands) await terraform.run(command.split(' ').slice(1));
    assert.equal(await terraform.run(['state', 'list']), '');
  } finally {
    await terraform.close();
  }
});
