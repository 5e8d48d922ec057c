/** Terraform with its AWS provider, where the machine has both, pointed at a Gatehouse that was started for it. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { IAMClient } from '@aws-sdk/client-iam';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import type { KeyPair } from '../gatehouse.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';

export interface Terraform {
  /** The administrator that Terraform works as. */
  readonly iam: IAMClient;
  /** Runs a command, which must end with this status; resolves to what it wrote. */
  run(args: readonly string[], status?: number): string;
  /** Removes the folder, and stops the Gatehouse, which must end well. */
  close(): Promise<void>;
}

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

/** Starts a Gatehouse and prepares Terraform on a configuration; a sentence where something that it takes is not there. */
export async function openTerraform(configuration: string, startArgs: readonly string[] = []): Promise<Terraform | string> {
  const terraform = findOnPath('terraform');
  if (terraform === undefined) return 'TERRAFORM IS NOT ON THE PATH: it was not run.';
  const plugins = pluginDir();
  if (plugins === undefined) return 'no folder with Terraform\'s AWS provider was found: give one as TEST_TERRAFORM_PLUGIN_DIR.';
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-terraform-'));
  const program = await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data'), ...startArgs], cwd: folder });
  writeFileSync(join(folder, 'terraformrc'), '');
  writeFileSync(join(folder, 'main.tf'), configuration);
  const key = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default');
  assert.ok(key);
  const env = environment(folder, program.endpoint, key);
  execFileSync(terraform, ['init', '-no-color', `-plugin-dir=${plugins}`], { cwd: folder, env, stdio: 'pipe' });
  return {
    iam: new IAMClient({ endpoint: program.endpoint, region: 'us-east-1', credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey } }),
    run(args, expected = 0) {
      const { status, stdout, stderr } = spawnSync(terraform, [...args, '-no-color'], { cwd: folder, env, encoding: 'utf8' });
      assert.equal(status, expected, `terraform ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
      return stdout;
    },
    async close() {
      const code = await program.stop();
      rmSync(folder, { recursive: true });
      assert.equal(code, 0);
    },
  };
}

/** The environment that `gatehouse env` would set, and no configuration of the person who runs the tests. */
function environment(folder: string, endpoint: string, key: KeyPair): NodeJS.ProcessEnv {
  return {
    ...plainEnvironment(), AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0', TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'),
  };
}
