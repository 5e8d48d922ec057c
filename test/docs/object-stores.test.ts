/** docs/how-to/object-stores.md, typed as it stands there, with the AWS CLI, in front of a store that is another Gatehouse. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { objectStoreFeatures, readObjectStores } from '../../src/cli/object-stores-file.ts';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { upstreamFeatures } from '../../src/services/s3/upstream-features.ts';
import { consoleBlocks, section } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { clientEnvironment, typeShown } from '../clients/typed-document.ts';
import { root } from '../imports.ts';
import { findOnPath, startProgram } from '../running.ts';

const page = 'docs/how-to/object-stores.md';

test(`${page} does what it says`, async (t) => {
  const aws = findOnPath('aws');
  if (aws === undefined) return t.skip(`aws IS NOT ON THE PATH: ${page} was not typed. Install it to run this test.`);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-page-'));
  const dataDir = join(folder, 'data');
  const store = await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'store')], cwd: folder });
  const { accessKeyId, secretAccessKey } = findAccessKey(readFileSync(join(folder, 'store', 'credentials'), 'utf8'), 'default')!;
  execFileSync(aws, ['s3', 'mb', 's3://old-photos', '--endpoint-url', store.endpoint], { env: { ...clientEnvironment(folder, join(folder, 'store')), AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION: 'us-east-1' }, stdio: 'ignore' });
  const file = shown();
  writeFileSync(join(folder, 'stores.json'), JSON.stringify({ ...file, stores: { main: { ...file.stores['main'], endpoint: store.endpoint, accessKeyId, secretAccessKey } } }), { mode: 0o600 });
  const program = await startProgram({ args: ['--port', '0', '--account-id', '111122223333', '--object-stores', 'stores.json', '--data-dir', dataDir], cwd: folder });
  const session = shellSession({ cwd: root, env: clientEnvironment(folder, dataDir), folder });
  try {
    for (const { commands } of consoleBlocks(section(page, '## Use it'))) for (const command of commands) await typeShown(session, command);
  } finally {
    await session.close();
    assert.equal(await program.stop(), 0);
    assert.equal(await store.stop(), 0);
    rmSync(folder, { recursive: true });
  }
});

interface Shown { readonly stores: Readonly<Record<string, object>>; readonly accounts: object }

/** The file that the page shows. */
const shown = (): Shown => JSON.parse(/```json\n([\s\S]*?)```/.exec(readFileSync(join(root, page), 'utf8'))![1]!) as Shown;

test('the file that the page shows can be read, and names all features that there are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-stores-'));
  const path = join(folder, 'stores.json');
  const file = shown();
  writeFileSync(path, JSON.stringify({ ...file, stores: { main: { ...file.stores['main'], accessKeyId: 'AKID', secretAccessKey: 'secret' } } }), { mode: 0o600 });
  const { stores, accounts } = readObjectStores(path, '--object-stores', (name) => name);
  rmSync(folder, { recursive: true });
  assert.deepEqual([[...stores.keys()], accounts.get('111122223333')?.prefix], [['main'], 'team-a-']);
  assert.deepEqual(objectStoreFeatures, upstreamFeatures);
  const text = readFileSync(join(root, page), 'utf8');
  for (const feature of upstreamFeatures) assert.ok(text.includes(`\`${feature}\``), feature);
});
