/** Types the commands of how-to pages as they stand there, with the real AWS CLI and curl, each page against a Gatehouse of its own. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { consoleBlocks, section } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { clientEnvironment, typeShown } from '../clients/typed-document.ts';
import { root } from '../imports.ts';
import { findOnPath, startProgram } from '../running.ts';

export interface TypedPage {
  /** With commands below them. */
  readonly headings: readonly string[];
  /** What it is typed with beside the AWS CLI and curl. */
  readonly programs?: readonly string[];
  /** What the start is told. */
  readonly args?: readonly string[];
  /** Why this host cannot do what the page does; undefined where it can. */
  readonly missing?: () => Promise<string | undefined>;
}

/** A test of each page, by its name below docs/how-to/. */
export function testPages(pages: Readonly<Record<string, TypedPage>>): void {
  for (const [page, typed] of Object.entries(pages)) testPage(page, typed);
}

function testPage(page: string, { headings, programs = [], args = [], missing }: TypedPage): void {
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
