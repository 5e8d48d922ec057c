/** The how-to pages whose commands are typed as they stand there, with the real AWS CLI and curl, each against a Gatehouse of its own. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { consoleBlocks, section } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { clientEnvironment, typeShown } from '../clients/typed-document.ts';
import { root } from '../imports.ts';
import { machinesMissing } from '../machines/running.ts';
import { findOnPath, startProgram } from '../running.ts';

interface Page {
  /** With commands below them. */
  readonly headings: readonly string[];
  /** What it is typed with beside the AWS CLI and curl. */
  readonly programs?: readonly string[];
  /** What the start is told. */
  readonly args?: readonly string[];
  /** Why this host cannot do what the page does; undefined where it can. */
  readonly missing?: () => Promise<string | undefined>;
}

const pages: Readonly<Record<string, Page>> = {
  'console.md': { headings: ['## Let somebody in', '## Act as a role', '## What guards it'] },
  'explain-denials.md': { headings: ['## By AWS\'s own operation'] },
  'instance-permissions.md': { headings: ['## Start and stop by tag', '## Pass a role', '## Clean up'], missing: async () => (await machinesMissing()) ?? (existsSync('/usr/bin/aws') ? undefined : 'no AWS CLI that an instance could run (/usr/bin/aws)') },
  'outbound-identity.md': { headings: ['## Switch it on', '## Where the issuer is', '## Keys'] },
  'root-of-members.md': { headings: ['## Make a member, and act as its root', '## Take root\'s password away, and let it be recovered'] },
  'who-can-access-what.md': { headings: ['## Who may do something', '## What a principal may do', '## Watch requests'] },
  'logs.md': { headings: ['## Write, read and search', '## Who may read what'] },
  's3.md': { headings: ['## Who may read and write', '## What the bucket says itself'] },
  'certificates.md': { headings: ['## An authority, and a certificate', '## A role for whoever has one', '## On the machine', '## Take a certificate back'] },
  'devices.md': { headings: ['## Register a device', '## Give it a role', '## On the device', '## Take it back'], programs: ['python3'], args: ['--device-port', '0'] },
  'git.md': { headings: ['## By SSH key', '## Protect a branch', '## By password'], programs: ['git', 'ssh', 'ssh-keygen'], args: ['--git-ssh-port', '0'] },
};

for (const [page, { headings, programs = [], args = [], missing }] of Object.entries(pages)) {
  test(`docs/how-to/${page} does what it says`, async (t) => {
    for (const name of ['aws', 'curl', ...programs]) if (findOnPath(name) === undefined) return t.skip(`${name} IS NOT ON THE PATH: ${page} was not typed. Install it to run this test.`);
    const unable = await missing?.();
    if (unable !== undefined) return t.skip(`THIS HOST CANNOT DO WHAT ${page} DOES, which was not typed: ${unable}.`);
    const blocks = headings.map((heading) => consoleBlocks(section(`docs/how-to/${page}`, heading)));
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-page-'));
    const dataDir = join(folder, 'data');
    const program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, ...args], cwd: folder });
    const session = shellSession({ cwd: root, env: clientEnvironment(folder, dataDir), folder });
    try {
      for (const [i, those] of blocks.entries()) {
        assert.ok(those.length > 0, `${headings[i]} has commands`);
        for (const { commands } of those) for (const command of commands) await typeShown(session, command);
      }
    } finally {
      await session.close();
      assert.equal(await program.stop(), 0);
      rmSync(folder, { recursive: true });
    }
  });
}
