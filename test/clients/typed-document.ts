/** A document's commands, typed as they stand there: each must write what the document shows. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { plainEnvironment, searchPath } from '../running.ts';
import { isAsShown } from './console-blocks.ts';
import type { ShownCommand } from './console-blocks.ts';
import type { ShellSession } from './shell-session.ts';

/** An environment in which nothing of the person who runs the tests tells the AWS CLI anything. */
export const clientEnvironment = (folder: string, dataDir: string): NodeJS.ProcessEnv => ({
  ...plainEnvironment(),
  PATH: [dirname(process.execPath), ...searchPath()].join(':'),
  AWS_CONFIG_FILE: join(folder, 'aws-config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws-credentials'),
  AWS_PAGER: '',
  GATEHOUSE_DATA_DIR: dataDir,
});

export async function typeShown(session: ShellSession, { command, output }: ShownCommand): Promise<void> {
  const { status, lines } = await session.type(command);
  const seen = `$ ${command}\n${lines.join('\n')}\n(exit status ${status})`;
  assert.equal(status !== 0, output.some((line) => line.startsWith('An error occurred')), seen);
  if (output.length === 0) return;
  assert.equal(lines.length, output.length, seen);
  for (const [i, shown] of output.entries()) {
    // A newer AWS CLI writes `aws: [ERROR]: ` in front.
    assert.ok(isAsShown(lines[i]!.replace(/^aws: \[ERROR\]: /, ''), shown), `the document shows\n${shown}\nand this was written:\n${seen}`);
  }
}
