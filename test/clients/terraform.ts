/** Terraform with its AWS provider, where the machine has both, pointed at a Gatehouse that was started for it. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { IAMClient } from '@aws-sdk/client-iam';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import type { KeyPair } from '../gatehouse.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';

export interface Terraform {
  /** The administrator that Terraform works as. */
  readonly iam: IAMClient;
  /** Where the configuration is, and the state. */
  readonly folder: string;
  /** Runs a command, which must end with this status; resolves to what it wrote. */
  run(args: readonly string[], status?: number): Promise<string>;
  /** Ends the provider, removes the folder, and stops the Gatehouse that was started, which must end well. */
  close(): Promise<void>;
}

/** Where Terraform looks for provider packages that need no download, and where images usually put them. Source: "Implied local mirrors" (Terraform CLI configuration). */
const mirrors = [join(homedir(), '.terraform.d', 'plugins'), join(homedir(), '.local', 'share', 'terraform', 'plugins'), '/usr/local/share/terraform/plugins', '/usr/share/terraform/plugins', '/opt/*'];

/** The AWS provider's program, in a folder whose layout `init -plugin-dir` reads. */
function findProvider(): { readonly program: string; readonly pluginDir: string } | undefined {
  const given = process.env.TEST_TERRAFORM_PLUGIN_DIR;
  for (const mirror of given === undefined ? mirrors : [given]) {
    const [program] = globSync(join(mirror, '*', 'hashicorp', 'aws', '*', '*', 'terraform-provider-aws*'));
    if (program !== undefined) return { program, pluginDir: join(program, '..', '..', '..', '..', '..', '..') };
  }
  return undefined;
}

/** Whose number it is. */
export const terraformAccount = '111122223333';

export interface TerraformSettings {
  /** Further arguments of `gatehouse start`. */
  readonly startArgs?: readonly string[];
  /** A Gatehouse that answers already, in the place of one that is started. */
  readonly gatehouse?: { readonly endpoint: string; readonly key: KeyPair };
  /** The configuration has no second provider block: one process of the provider serves all commands. */
  readonly hasOneProvider?: boolean;
}

/** Starts a Gatehouse and prepares Terraform on the files of a configuration; a sentence where something that it takes is not there. */
export async function openTerraform(configuration: Readonly<Record<string, string>>, { startArgs = [], gatehouse, hasOneProvider = true }: TerraformSettings = {}): Promise<Terraform | string> {
  const terraform = findOnPath('terraform');
  if (terraform === undefined) return 'TERRAFORM IS NOT ON THE PATH: it was not run.';
  const found = findProvider();
  if (found === undefined) return 'NO FOLDER WITH TERRAFORM\'S AWS PROVIDER WAS FOUND, and Terraform was not run: give one as TEST_TERRAFORM_PLUGIN_DIR.';
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-terraform-'));
  const program = gatehouse ? undefined : await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data'), '--account-id', terraformAccount, ...startArgs], cwd: folder });
  const endpoint = gatehouse?.endpoint ?? program!.endpoint;
  writeFileSync(join(folder, 'terraformrc'), '');
  for (const [name, text] of Object.entries(configuration)) writeFileSync(join(folder, name), text);
  const key = gatehouse?.key ?? findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default');
  assert.ok(key);
  const env = environment(folder, endpoint, key);
  await promisify(execFile)(terraform, ['init', '-no-color', `-plugin-dir=${found.pluginDir}`], { cwd: folder, env });
  const provider = hasOneProvider ? await startProvider(found.program, env) : undefined;
  return {
    iam: new IAMClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey } }),
    folder,
    async run(args, expected = 0) {
      // Not in step with this process: it must go on reading what the provider and the Gatehouse write.
      const child = spawn(terraform, [...args, '-no-color'], { cwd: folder, env: { ...env, ...provider?.env }, stdio: ['ignore', 'pipe', 'pipe'] });
      const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
      assert.equal(status, expected, `terraform ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
      return expected === 0 ? stdout : stdout + stderr;
    },
    async close() {
      await provider?.stop();
      const code = await program?.stop();
      rmSync(folder, { recursive: true });
      if (program) assert.equal(code, 0);
    },
  };
}

/**
 * Starts the provider once for all commands, because a start takes seconds of work and each command needs two.
 * Source: "Debugger-Based Debugging" (Terraform Plugin Framework): the provider is the same, told of by TF_REATTACH_PROVIDERS. It keeps
 * the last configuration that it was given, so that it serves only one provider block.
 */
async function startProvider(program: string, env: NodeJS.ProcessEnv): Promise<{ readonly env: NodeJS.ProcessEnv; stop(): Promise<void> }> {
  const child = spawn(program, ['-debug'], { env: { ...env, TF_LOG: 'off' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  // Its log, which must be read lest it stand still.
  child.stderr.resume();
  const reattach = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      const told = /TF_REATTACH_PROVIDERS='(\{.*\})'/.exec(said);
      if (told) resolve(told[1]!);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${program} ended with ${code ?? signal}:\n${said}`)));
  });
  return {
    env: { TF_REATTACH_PROVIDERS: reattach },
    async stop() {
      child.kill('SIGTERM');
      await ended;
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
