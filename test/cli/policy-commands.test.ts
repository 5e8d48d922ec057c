/** `gatehouse evaluate`, `gatehouse lint` and `gatehouse test`: files in, decisions, findings and exit codes out. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { Commands } from '../../src/cli/commands.ts';
import { findAction } from '../../src/server/listed-actions.ts';
import { authorizationReference } from '../../src/server/read-model.ts';
import { machine, type Machine } from './machine.ts';

const unexpected = () => { throw new Error('not asked for'); };
const commands: Commands = { start: unexpected, createAccount: unexpected, dataKeys: unexpected, repair: unexpected, recoverRoot: unexpected, findAction: async (action) => findAction(action), authorizationReference: async () => authorizationReference };

const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement }, null, 2);
const allow = policy({ Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::logs/*' });

function write(world: Machine, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(world.cwd, name)), { recursive: true });
    writeFileSync(join(world.cwd, name), text);
  }
}

/** Runs a command on a machine with these files; its exit code and what it wrote. */
async function run(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  using world = machine();
  write(world, files);
  const code = await runCommandLine(args, world, commands);
  return { code, stdout: world.said.stdout, stderr: world.said.stderr.replaceAll(`${world.cwd}/`, '') };
}

const request = '{ "action": "s3:GetObject", "resource": "arn:aws:s3:::logs/a" }';

test('evaluate: 0 for what is allowed, 1 for what is denied, with the explanation', async () => {
  const allowed = await run({ 'request.json': request, 'policy.json': allow }, 'evaluate', 'request.json', 'policy.json');
  assert.deepEqual([allowed.code, allowed.stderr], [0, '']);
  assert.match(allowed.stdout, /^Allowed by an identity-based policy\.\n/);
  const denied = await run({ 'request.yaml': 'action: s3:PutObject\nresource: arn:aws:s3:::logs/a\n', 'policy.json': allow }, 'evaluate', 'request.yaml', 'policy.json');
  assert.equal(denied.code, 1);
  assert.match(denied.stdout, /^Denied: no identity-based policy allows it[\s\S]*wants s3:Get\* {3}\(line 6, column 18\)/);
});

test('evaluate: every kind of policy has a place, and JSON is written where it is asked for', async () => {
  const files = { 'request.json': request, 'a.json': allow, 'b.json': policy({ Effect: 'Deny', Action: '*', Resource: '*' }), 'boundary.yml': 'Version: "2012-10-17"\nStatement: { Effect: Allow, Action: iam:*, Resource: "*" }\n' };
  const denied = await run(files, 'evaluate', 'request.json', 'a.json', 'b.json', '--json');
  const { isAllowed, outcome, explanation } = JSON.parse(denied.stdout) as { isAllowed: boolean; outcome: string; explanation: { remedy: readonly object[] } };
  assert.deepEqual([denied.code, isAllowed, outcome, explanation.remedy.length], [1, false, 'explicitDeny', 1]);
  assert.match((await run(files, 'evaluate', 'request.json', 'a.json', '--boundary', 'boundary.yml')).stdout, /^Denied: no permissions boundary allows it/);
  const trust = { 'assume.json': JSON.stringify({ action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/x', principal: { service: 'ec2.amazonaws.com' } }), 'trust.json': policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }) };
  assert.equal((await run(trust, 'evaluate', 'assume.json', '--trust-policy', 'trust.json')).code, 0);
});

test('evaluate: whatever keeps a request from being decided ends in 2, never in a decision', async () => {
  const fails = async (files: Readonly<Record<string, string>>, args: readonly string[], message: RegExp) => {
    const { code, stdout, stderr } = await run(files, 'evaluate', ...args);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, message);
  };
  await fails({}, [], /evaluate needs a file with the request/);
  await fails({}, ['absent.json'], /absent\.json cannot be read: ENOENT/);
  await fails({ 'r.json': '{' }, ['r.json'], /r\.json is not JSON \(a YAML file ends in \.yaml or \.yml\)/);
  await fails({ 'r.json': '[]' }, ['r.json'], /r\.json must hold one request/);
  await fails({ 'r.yaml': 'action: a:b\naction: c:d\n' }, ['r.yaml'], /r\.yaml: Map keys must be unique/);
  await fails({ 'r.json': '{"action":"s3:GetObject","ressource":"*"}' }, ['r.json'], /r\.json: a request has no ressource/);
  await fails({ 'r.json': '{"action":"GetObject"}' }, ['r.json'], /r\.json: action must be a service and an operation/);
  await fails({ 'r.json': request, 'p.json': '7' }, ['r.json', 'p.json'], /p\.json holds no policy/);
  await fails({ 'r.json': '{"action":"s3:GetObject","policies":{"identities":[]}}' }, ['r.json'], /policies has no identities/);
  await fails({ 'r.json': '{"action":"s3:GetObject","policies":{"identity":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}' }, ['r.json'], /no Gatehouse was started with the data directory/);
  await fails({ 'r.json': '{"action":"s3:GetObject","resourceAccount":111122223333}' }, ['r.json'], /resourceAccount must be twelve digits, as a text; it is 111122223333/);
});

const tests = `
policies:
  identity: policies/logs.json
request:
  principal: arn:aws:iam::111122223333:user/alice
  context: { aws:SecureTransport: true }
tests:
  - name: reading is allowed
    request: { action: s3:GetObject, resource: "arn:aws:s3:::logs/a" }
    expect: allowed
  - name: writing is not
    request: { action: s3:PutObject, resource: "arn:aws:s3:::logs/a" }
    expect: implicitDeny
  - name: a guard forbids
    policies:
      identity:
        - policies/logs.json
        - { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "*", Resource: "*", Condition: { Bool: { aws:SecureTransport: false } } }] }
    request: { action: s3:GetObject, resource: "arn:aws:s3:::logs/a", context: { aws:SecureTransport: false } }
    expect: explicitDeny
    by: identity
`;

test('test: 0 where every test passes', async () => {
  const { code, stdout, stderr } = await run({ 'policies/logs.json': allow, 'logs.yaml': tests }, 'test', 'logs.yaml');
  assert.deepEqual([code, stderr, stdout], [0, '', 'ok   logs.yaml: reading is allowed\nok   logs.yaml: writing is not\nok   logs.yaml: a guard forbids\n\n3 passed, 0 failed\n']);
});

test('test: 1 where one fails, with what was expected and why it is otherwise; files are paths from where they stand', async () => {
  const { code, stdout } = await run({ 'all/policies/logs.json': allow.replace('s3:Get*', 's3:List*'), 'all/logs.yaml': tests }, 'test', 'all/logs.yaml');
  assert.equal(code, 1);
  assert.match(stdout, /^FAIL all\/logs\.yaml: reading is allowed\n {5}expected allowed, and it is implicitDeny by identity\n\n {5}Denied: no identity-based policy allows it/);
  assert.match(stdout, /\n2 passed, 1 failed\n$/);
});

test('test: TAP says the same to machines', async () => {
  const { code, stdout } = await run({ 'policies/logs.json': allow, 'logs.yaml': tests.replace('reading is allowed', '"issue #7"').replace('expect: implicitDeny', 'expect: allowed') }, 'test', '--format', 'tap', 'logs.yaml');
  assert.equal(code, 1);
  assert.match(stdout, /^TAP version 14\n1\.\.3\nok 1 - logs\.yaml: issue \\#7\nnot ok 2 - logs\.yaml: writing is not\n {2}---\n {2}message: \|-\n {4}expected allowed, and it is implicitDeny by identity\n[\s\S]*\n {2}\.\.\.\nok 3 - /);
});

test('test: the layer that decides can be expected, and any denial', async () => {
  const file = (expect: string): string => `tests: [{ name: one, request: { action: "s3:GetObject" }, policies: { identity: { Statement: [] }, boundary: { Statement: [] } }, ${expect} }]`;
  assert.equal((await run({ 'a.yaml': file('expect: denied') }, 'test', 'a.yaml')).code, 0);
  const { code, stdout } = await run({ 'a.yaml': file('expect: denied, by: boundary') }, 'test', 'a.yaml');
  assert.equal(code, 1);
  assert.match(stdout, /expected denied by boundary, and it is implicitDeny by identity/);
});

test('a request that can hardly be meant is pointed out, and decided all the same', async () => {
  const evaluated = async (stated: object) => {
    const { code, stderr } = await run({ 'r.json': JSON.stringify(stated), 'p.json': allow }, 'evaluate', 'r.json', 'p.json');
    return [code, stderr];
  };
  assert.deepEqual(await evaluated({ action: 's3:GetObjects', resource: 'arn:aws:s3:::logs/a' }), [0, 'gatehouse: AWS lists no action s3:GetObjects; is s3:GetObject meant?\n']);
  assert.deepEqual(await evaluated({ action: 's3:ListAllMyBuckets', resource: 'arn:aws:s3:::logs' }), [1, 'gatehouse: s3:ListAllMyBuckets is not asked for on single resources, only on *\n']);
  assert.deepEqual(await evaluated({ action: 'iam:GetUser', resource: 'arn:aws:iam::111122223333:role/a' }), [1, 'gatehouse: iam:GetUser is asked for on arn:${Partition}:iam::${Account}:user/${UserNameWithPath}, and arn:aws:iam::111122223333:role/a is not of that form\n']);
  assert.deepEqual(await evaluated({ action: 'myapp:Read', resource: 'arn:aws:myapp:::a' }), [1, '']);
  const { code, stderr } = await run({ 'a.yaml': 'tests: [{ name: one, request: { action: "s3:GetObjects" }, expect: denied }]' }, 'test', 'a.yaml');
  assert.deepEqual([code, stderr], [0, 'gatehouse: a.yaml: "one": AWS lists no action s3:GetObjects; is s3:GetObject meant?\n']);
});

test('test: a file that is no file of tests ends in 2, and nothing of it passes silently', async () => {
  const fails = async (text: string, message: RegExp) => {
    const { code, stdout, stderr } = await run({ 'a.yaml': text }, 'test', 'a.yaml');
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, message);
  };
  await fails('tests: []', /tests must be a list of tests/);
  await fails('test: []', /a file of policy tests has no test; it has policies, request, tests/);
  await fails('tests: [{ request: { action: "a:b" }, expect: allowed }]', /test 1 has no name/);
  await fails('tests: [{ name: x, request: { action: "a:b" } }]', /a\.yaml: "x": expect must be one of allowed, denied, explicitDeny, implicitDeny/);
  await fails('tests: [{ name: x, request: { action: "a:b" }, expected: allowed }]', /test 1 has no expected/);
  await fails('tests: [{ name: x, request: { action: "a:b" }, expect: allowed, by: luck }]', /by must be one of/);
  await fails('tests: [{ name: x, request: { actoin: "a:b" }, expect: denied }]', /a request has no actoin/);
  await fails('policies: { boundary: [{}] }\ntests: [{ name: x, request: { action: "a:b" }, expect: denied }]', /there is one policy in boundary, not a list/);
  await fails('policies: { identity: absent.json }\ntests: [{ name: x, request: { action: "a:b" }, expect: denied }]', /absent\.json cannot be read/);
  assert.equal((await run({}, 'test')).code, 2);
});

test('lint: each finding at its line, grave ones end in 1, a YAML file is told by its paths', async () => {
  const found = await run({ 'a.json': policy({ Effect: 'Allow', Action: ['s3:GetObjct', 's3:Put*', 's3:PutObject'], Resource: 'arn:aws:s3:::logs/*' }), 'b.yaml': 'Version: "2012-10-17"\nStatement: [{ Effect: Allow, Action: iam:PassRole, Resource: "*" }]\n' }, 'lint', 'a.json', 'b.yaml');
  assert.deepEqual([found.code, found.stderr], [1, '']);
  assert.equal(found.stdout, [
    'a.json:7:9: error INVALID_ACTION',
    '    The action s3:GetObjct does not exist. Did you mean s3:GetObject?',
    'a.json:9:9: suggestion REDUNDANT_ACTION',
    '    The 1 action(s) are redundant because they provide similar permissions. Update the policy to remove the redundant action such as: s3:PutObject.',
    'b.yaml Statement[0].Resource: security warning PASS_ROLE_WITH_STAR_IN_RESOURCE',
    '    Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows iam:PassRole permissions on multiple resources. We recommend that you specify resource ARNs or add the iam:PassedToService condition key to your statement.',
    '1 error, 1 security warning, 1 suggestion', '',
  ].join('\n'));
});

test('lint: what is not grave ends in 0, JSON is for programs, and a kind can be said', async () => {
  const fine = await run({ 'a.json': allow }, 'lint', 'a.json');
  assert.deepEqual([fine.code, fine.stdout], [0, 'nothing found\n']);
  const old = await run({ 'a.json': allow.replace('"Version": "2012-10-17",', '') }, 'lint', '--kind', 'resource', '--json', 'a.json');
  const findings = JSON.parse(old.stdout) as readonly { readonly file: string; readonly type: string; readonly code: string; readonly path: readonly string[]; readonly position: object }[];
  assert.deepEqual(findings.map(({ file, type, code }) => [file, type, code]), [['a.json', 'WARNING', 'MISSING_VERSION'], ['a.json', 'ERROR', 'POLICY_IS_REFUSED']]);
  assert.deepEqual(findings[0]?.position, { line: 1, column: 1 });
});

test('lint: what keeps a policy from being looked at ends in 2', async () => {
  assert.deepEqual(await run({}, 'lint'), { code: 2, stdout: '', stderr: 'gatehouse: lint needs files with policies\n' });
  assert.match((await run({ 'a.json': '[]' }, 'lint', 'a.json')).stderr, /a\.json holds no policy/);
  assert.equal((await run({ 'a.json': '{' }, 'lint', 'a.json')).code, 2);
  assert.match((await run({ 'a.json': allow }, 'lint', '--kind', 'nothing', 'a.json')).stderr, /--kind/);
});
