/** The page about Terraform, done: apply makes everything, a plan then sees nothing to change, destroy leaves nothing. With the real Terraform and its AWS provider, where they are. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { root } from '../imports.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';
import { consoleBlocks } from './console-blocks.ts';

const page = join(root, 'docs', 'how-to', 'terraform.md');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-terraform-'));
after(() => rmSync(folder, { recursive: true }));

/** Where Terraform looks for provider packages that need no download, and where images usually put them. Source: "Implied local mirrors" (Terraform CLI configuration). */
const mirrors = [join(homedir(), '.terraform.d', 'plugins'), join(homedir(), '.local', 'share', 'terraform', 'plugins'), '/usr/local/share/terraform/plugins', '/usr/share/terraform/plugins', '/opt/*'];

/** A folder, in the layout that `init -plugin-dir` reads, that has the AWS provider. */
function pluginDir(): string | undefined {
  const given = process.env.TEST_TERRAFORM_PLUGIN_DIR;
  if (given !== undefined) return given;
  for (const mirror of mirrors) {
    const [provider] = globSync(join(mirror, '*', 'hashicorp', 'aws', '*', '*', 'terraform-provider-aws*'));
    if (provider !== undefined) return join(provider, '..', '..', '..', '..', '..', '..');
  }
  return undefined;
}

/** The environment that `gatehouse env` would set, and no configuration of the person who runs the tests. */
function environment(endpoint: string): NodeJS.ProcessEnv {
  const key = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default');
  assert.ok(key);
  return {
    ...plainEnvironment(), AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0', TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'),
  };
}

test('Terraform applies a user, a group, a role, policies, attachments and an access key, then plans no change, then destroys them', async (t) => {
  const terraform = findOnPath('terraform');
  if (terraform === undefined) return t.skip('TERRAFORM IS NOT ON THE PATH: its page was not run.');
  const plugins = pluginDir();
  if (plugins === undefined) return t.skip('no folder with Terraform\'s AWS provider was found: give one as TEST_TERRAFORM_PLUGIN_DIR.');
  const program = await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data')], cwd: folder });
  try {
    const text = readFileSync(page, 'utf8');
    writeFileSync(join(folder, 'terraformrc'), '');
    writeFileSync(join(folder, 'main.tf'), /```hcl\n([\s\S]*?)```/.exec(text)![1]!);
    const env = environment(program.endpoint);
    execFileSync(terraform, ['init', '-no-color', `-plugin-dir=${plugins}`], { cwd: folder, env, stdio: 'pipe' });
    const commands = consoleBlocks(text).flatMap((block) => block.commands.map(({ command }) => command));
    assert.deepEqual(commands.map((command) => command.split(' ')[1]), ['apply', 'plan', 'destroy']);
    for (const command of commands) {
      const { status, stdout, stderr }: SpawnSyncReturns<string> = spawnSync(terraform, [...command.split(' ').slice(1), '-no-color'], { cwd: folder, env, encoding: 'utf8' });
      assert.equal(status, 0, `${command} ended with ${status}:\n${stdout}${stderr}`);
    }
    assert.equal(execFileSync(terraform, ['state', 'list'], { cwd: folder, env, encoding: 'utf8' }), '');
  } finally {
    assert.equal(await program.stop(), 0);
  }
});
