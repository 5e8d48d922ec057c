/** The AWS-managed policies: all there, each always the same object, and read only when asked for. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { idLengths } from '../base/ids.ts';
import { openAwsManagedPolicies } from './aws-managed-policies.ts';

const file = fileURLToPath(new URL('../../data/aws-managed-policies.json', import.meta.url));
const policies = openAwsManagedPolicies(file);
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
after(() => rmSync(folder, { recursive: true }));

test('AdministratorAccess is found by its ARN, and allows everything', () => {
  const policy = policies.find(administrator);
  assert.ok(policy);
  assert.deepEqual([policy.PolicyName, policy.Path, policy.Arn, policy.DefaultVersionId, policy.CreateDate], ['AdministratorAccess', '/', administrator, 'v1', Date.UTC(2015, 1, 6, 18, 39, 46)]);
  assert.deepEqual(policy.version, { PolicyId: policy.PolicyId, VersionId: 'v1', CreateDate: policy.CreateDate, Document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' });
});

test('a policy and its version are the same objects each time', () => {
  assert.equal(policies.find(administrator), policies.find(administrator));
  assert.equal(policies.find(administrator)!.version, policies.find(administrator)!.version);
  assert.equal(policies.all().find(({ Arn }) => Arn === administrator), policies.find(administrator));
  assert.throws(() => Object.assign(policies.find(administrator)!.version, { Document: '{}' }), TypeError);
});

test('paths are part of an ARN, and its letter case counts', () => {
  assert.equal(policies.find('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')?.Path, '/service-role/');
  for (const none of ['arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole', administrator.toLowerCase(), `${administrator}/`, 'arn:aws:iam::aws:policy/', 'arn:aws:iam::aws:policy/__proto__', '']) assert.equal(policies.find(none), undefined);
});

test('every policy is whole: its document is its own, its id of AWS\'s form and of no other', () => {
  const all = policies.all();
  assert.ok(all.length > 1_300);
  const ids = new Set<string>();
  for (const { PolicyId, PolicyName, Arn, DefaultVersionId, CreateDate, UpdateDate, version } of all) {
    const document = JSON.parse(version.Document) as { readonly Version?: string; readonly Statement?: unknown };
    assert.ok(document.Version === '2012-10-17' && document.Statement !== undefined, PolicyName);
    assert.match(PolicyId, /^ANPA[A-Z2-7]{17}$/);
    assert.equal(PolicyId.length, idLengths.ANPA);
    assert.ok(Arn.endsWith(`/${PolicyName}`) && /^v\d+$/.test(DefaultVersionId) && CreateDate <= UpdateDate, PolicyName);
    ids.add(PolicyId);
  }
  assert.equal(ids.size, all.length);
});

test('they stand in order of name, letter case apart', () => {
  const names = policies.all().map(({ PolicyName }) => PolicyName.toLowerCase());
  assert.deepEqual(names, names.toSorted((a, b) => (a < b ? -1 : 1)));
});

describe('the file', () => {
  test('it is not looked at before it must be', () => {
    const absent = openAwsManagedPolicies(join(folder, 'absent.json'));
    assert.equal(absent.find('arn:aws:iam::123456789012:policy/mine'), undefined);
    assert.throws(() => absent.find(administrator), { code: 'ENOENT' });
    assert.throws(() => absent.all(), { code: 'ENOENT' });
  });

  test('it is JSON', () => assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { readonly documents: readonly unknown[] }).documents.length, policies.all().length));

  test('another kind of file, or half of one, is refused', () => {
    const text = readFileSync(file, 'latin1');
    for (const [i, damaged] of ['', '{}', '[\n]', text.slice(0, 1_000), text.replace('"indexBytes":1', '"indexBytes":2'), text.replace('"indexBytes":', '"indexBytes":1')].entries()) {
      const path = join(folder, `damaged-${i}.json`);
      writeFileSync(path, damaged);
      assert.throws(() => openAwsManagedPolicies(path).all(), /does not begin|does not end/);
    }
  });

  test('one that was replaced under a running process gives no policy another one\'s document', () => {
    const path = join(folder, 'replaced.json');
    copyFileSync(file, path);
    const opened = openAwsManagedPolicies(path);
    const [first, second] = opened.all();
    assert.ok(first && second && first.version.Document.startsWith('{'));
    writeFileSync(path, readFileSync(file, 'latin1').replace('"indexBytes"', ' "indexBytes"'));
    assert.throws(() => second.version, /changed since it was opened/);
  });
});
