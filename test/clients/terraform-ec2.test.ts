/** A key pair and an instance with a profile under the real Terraform and its AWS provider, where they are: applied, planned without a change, changed in place, destroyed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { testMachines } from '../ec2/test-machines.ts';
import { startGatehouse } from '../gatehouse.ts';
import { listenFor } from '../listening.ts';
import { machinesMissing } from '../machines/running.ts';
import { openTerraform } from './terraform.ts';
import type { Terraform } from './terraform.ts';

const configuration = readFileSync(new URL('terraform-ec2.tf', import.meta.url), 'utf8');

/** What is to be seen of it at each step, whatever the machines are. */
async function story({ run }: Pick<Terraform, 'run'>, machinesNow: () => number): Promise<void> {
  await run(['apply', '-auto-approve']);
  assert.deepEqual(JSON.parse(await run(['output', '-json', 'seen'])), ['running', 'blue', true, 'us-east-1a', true]);
  assert.equal(machinesNow(), 1);
  await run(['plan', '-detailed-exitcode']);
  assert.match(await run(['apply', '-auto-approve', '-var', 'team=red']), /0 added, 2 changed, 0 destroyed/);
  await run(['plan', '-detailed-exitcode', '-var', 'team=red']);
  await run(['destroy', '-auto-approve']);
  assert.equal(machinesNow(), 0);
}

const missing = await machinesMissing();

test('Terraform applies a key pair and an instance with a profile, plans without a change, changes tags and metadata options in place, and destroys them: the machine runs, and is gone', { skip: missing !== undefined && `NO MACHINE CAN BE RUN HERE, so Terraform made none that is real: ${missing}` }, async (t) => {
  const terraform = await openTerraform({ 'main.tf': configuration });
  if (typeof terraform === 'string') return t.skip(terraform);
  try {
    // Each machine has a folder there from its launch until it is terminated.
    const folder = join(terraform.folder, 'data', 'machines');
    await story(terraform, () => readdirSync(folder).length);
  } finally {
    await terraform.close();
  }
});

test('the same where no machine can be run, with machines that do nothing', { skip: missing === undefined && 'the test above was run with real ones' }, async (t) => {
  const machines = testMachines();
  const gatehouse = await startGatehouse({ startsAt: Date.now(), openMachineDriver: machines.open });
  const listening = await listenFor(gatehouse);
  try {
    const terraform = await openTerraform({ 'main.tf': configuration }, { gatehouse: { endpoint: listening.endpoint, key: gatehouse.admin } });
    if (typeof terraform === 'string') return t.skip(terraform);
    try {
      await story(terraform, () => machines.running.size);
    } finally {
      await terraform.close();
    }
  } finally {
    await listening.stop();
    await gatehouse.stop();
  }
});
