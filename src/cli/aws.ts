/** `gatehouse aws …`: runs the AWS CLI, pointed at this Gatehouse as its administrator. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { clientEnvironment } from './client-environment.ts';
import { CommandError } from './commands.ts';
import type { Target } from './options.ts';
import type { World } from './world.ts';

const noCli = (program: string): string => `the AWS CLI is not on the PATH. Install it (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html), or point what you have here with \`${program} env\``;

/** Runs `aws` with the arguments; resolves to its exit code, or to 128 and the signal's number, as a shell does. */
export async function aws(target: Target, args: readonly string[], world: World): Promise<number> {
  const environment = await clientEnvironment(target, world);
  const env = { ...world.env, ...environment };
  // Said to it as well: a CLI before 1.29 or 2.13, as distributions have, reads no AWS_ENDPOINT_URL and would send everything to AWS. One that the arguments name counts, being the later.
  const child = spawn('aws', ['--endpoint-url', environment.AWS_ENDPOINT_URL!, ...args], { cwd: world.cwd, env, stdio: 'inherit', shell: false });
  // Ctrl-C is the AWS CLI's to answer: it reaches both, and this process waits to hand its exit code on.
  const release = world.onStop((signal) => { if (signal !== 'SIGINT') child.kill(signal); });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (error) => reject('code' in error && error.code === 'ENOENT' ? new CommandError(noCli(world.program)) : error));
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
  } finally {
    release();
  }
}
