/** `gatehouse data-keys` beside a running Gatehouse: the new key takes over at once in the process that runs, sessions go on, also after a restart. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { root } from '../imports.ts';
import { plainEnvironment, startProgram } from '../running.ts';

test('data-keys rotate: the process that runs seals by the new key, and no session ends, nor after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-data-keys-'));
  const dataDir = join(folder, 'data');
  const start = () => startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
  const dataKeys = (...args: readonly string[]) => spawnSync(process.execPath, [join(root, 'bin', 'gatehouse'), 'data-keys', '--data-dir', dataDir, ...args], { cwd: folder, encoding: 'utf8', env: plainEnvironment() });
  assert.match(dataKeys().stderr, /holds no Gatehouse/);
  let program = await start();
  try {
    const admin = findAccessKey(readFileSync(join(dataDir, 'credentials'), 'utf8'), 'default')!;
    const sts = (credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }) => new STSClient({ endpoint: program.endpoint, region: 'us-east-1', credentials });
    const session = async () => {
      const { Credentials } = await sts(admin).send(new GetSessionTokenCommand({}));
      return { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
    };
    const sealedBy = ({ sessionToken }: { readonly sessionToken: string }): string => Buffer.from(sessionToken, 'base64').toString('hex', 0, 8);
    const before = await session();
    assert.match(dataKeys().stdout, new RegExp(`^seals {2}since \\S+Z {2}${sealedBy(before)}\n$`));
    const rotated = dataKeys('rotate');
    assert.equal(rotated.status, 0, rotated.stderr);
    const [, newest] = /^seals {2}since \S+Z {2}([0-9a-f]{16})\nopens {2}since \S+Z {2}[0-9a-f]{16}\n$/.exec(rotated.stdout)!;
    const after = await session();
    assert.deepEqual([sealedBy(after), sealedBy(before) === newest], [newest, false]);
    for (let starts = 0; starts < 2; starts++) {
      for (const key of [before, after, admin]) assert.match((await sts(key).send(new GetCallerIdentityCommand({}))).Arn!, /user\/admin$/);
      if (starts > 0) continue;
      await program.stop();
      program = await start();
    }
    assert.equal(dataKeys('burn').status, 2);
    assert.match(dataKeys('revoke').stdout, /^seals {2}since \S+Z {2}[0-9a-f]{16}\n(?:opens {2}since \S+Z {2}[0-9a-f]{16} {2}its sessions were ended\n){2}$/);
    for (const key of [before, after]) await assert.rejects(sts(key).send(new GetCallerIdentityCommand({})), { name: 'InvalidClientTokenId' });
    for (const key of [admin, await session()]) await sts(key).send(new GetCallerIdentityCommand({}));
  } finally {
    assert.equal(await program.stop(), 0);
    rmSync(folder, { recursive: true });
  }
});
