/** A key pair and an instance with a profile under the real Terraform and its AWS provider, where they are: applied, planned without a change, changed in place, destroyed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { testMachines } from '../ec2/test-machines.ts';
import { startGatehouse } from '../gatehouse.ts';
import { listenFor } from '../listening.ts';
import { openTerraform } from './terraform.ts';

const configuration = readFileSync(new URL('terraform-ec2.tf', import.meta.url), 'utf8');

test('Terraform applies a key pair and an instance, plans without a change, changes tags and metadata options in place, and destroys them', async (t) => {
  const machines = testMachines();
  const gatehouse = await startGatehouse({ startsAt: Date.now(), openMachineDriver: machines.open });
  const listening = await listenFor(gatehouse);
  try {
    const terraform = await openTerraform({ 'main.tf': configuration }, { gatehouse: { endpoint: listening.endpoint, key: gatehouse.admin } });
    if (typeof terraform === 'string') return t.skip(terraform);
    try {
      await terraform.run(['apply', '-auto-approve']);
      assert.deepEqual(JSON.parse(await terraform.run(['output', '-json', 'seen'])), ['running', 'blue', true, 'us-east-1a', true]);
      await terraform.run(['plan', '-detailed-exitcode']);
      assert.match(await terraform.run(['apply', '-auto-approve', '-var', 'team=red']), /0 added, 2 changed, 0 destroyed/);
      await terraform.run(['plan', '-detailed-exitcode', '-var', 'team=red']);
      await terraform.run(['destroy', '-auto-approve']);
    } finally {
      await terraform.close();
    }
    assert.deepEqual([machines.running.size, machines.asked.filter((asked) => !asked.startsWith('settle')).map((asked) => asked.split(' ')[0])], [0, ['launch', 'terminate']]);
  } finally {
    await listening.stop();
    await gatehouse.stop();
  }
});
