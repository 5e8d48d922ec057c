/** The visual policy editor changes what was edited and nothing else of a document's text, and findings stand where they belong. No browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../console/src/policy-editor/policy-findings.ts';
import { sizeLimits, sizeOf } from '../../console/src/policy-editor/policy-size.ts';
import { addStatement, changeStatement, conditionElement, duplicateStatement, newPolicy, principalElement, readShown, removeStatement } from '../../console/src/policy-editor/statement-edits.ts';
import { authorizationReference } from '../../src/server/read-model.ts';

const text = `{
  "Version": "2012-10-17",
  "Id": "kept",
  "Statement": [
    {"Sid": "One", "Effect": "Allow", "Action": ["s3:GetObject"],   "Resource": "*", "Condition": {"NumericLessThan": {"s3:max-keys": 1e1}}},
    {
      "Effect": "Deny",
      "NotAction": "iam:*",
      "NotResource": "arn:aws:s3:::b"
    }
  ]
}
`;
const shown = (policy: string) => {
  const read = readShown(policy);
  return 'statements' in read ? read.statements : assert.fail(read.unreadable);
};

test('a statement is shown as it stands', () => {
  const [one, two] = shown(text);
  assert.deepEqual([one?.sid, one?.effect, one?.actions, one?.resources, one?.conditions, one?.unshown], ['One', 'Allow', ['s3:GetObject'], ['*'], [{ operator: 'NumericLessThan', key: 's3:max-keys', values: ['1e1'] }], []]);
  assert.deepEqual([two?.effect, two?.isNotAction, two?.actions, two?.isNotResource, two?.resources], ['Deny', true, ['iam:*'], true, ['arn:aws:s3:::b']]);
});

test('an edit writes the element anew and leaves every other as it was written', () => {
  const changed = changeStatement(text, 0, { Action: ['s3:GetObject', 's3:PutObject'] });
  assert.ok(changed.includes('"Condition": {"NumericLessThan": {"s3:max-keys": 1e1}}'), 'a number keeps its form');
  assert.ok(changed.includes('"Id": "kept"') && changed.includes('    {\n      "Effect": "Deny",\n      "NotAction": "iam:*"'));
  assert.deepEqual(shown(changed)[0]?.actions, ['s3:GetObject', 's3:PutObject']);
  assert.equal(JSON.stringify(Object.keys((JSON.parse(changed) as { Statement: object[] }).Statement[0]!)), '["Sid","Effect","Action","Resource","Condition"]');
  const without = changeStatement(changed, 0, { Sid: undefined, NotAction: 'iam:*', Action: undefined });
  assert.deepEqual(Object.keys((JSON.parse(without) as { Statement: object[] }).Statement[0]!), ['Effect', 'NotAction', 'Resource', 'Condition']);
});

test('what no form shows is said, and outlives the edits of others', () => {
  const odd = text.replace('"NotAction": "iam:*"', '"NotAction": "iam:*", "Comment": "mine"');
  assert.deepEqual(shown(odd)[1]?.unshown, ['unknown element `Comment`']);
  const changed = changeStatement(odd, 0, { Effect: 'Deny' });
  assert.ok(changed.includes('"NotAction": "iam:*", "Comment": "mine"'));
});

test('statements are added, removed and duplicated, also where one stands alone or none', () => {
  const alone = '{"Version":"2012-10-17","Statement":{"Sid":"A","Effect":"Allow","Action":"s3:*","Resource":"*"}}';
  const effects = (policy: string) => shown(policy).map(({ effect, sid }) => `${effect} ${sid}`);
  assert.deepEqual(effects(addStatement(alone, { Effect: 'Deny', Action: [] })), ['Allow A', 'Deny ']);
  assert.deepEqual(effects(duplicateStatement(alone, 0)), ['Allow A', 'Allow ']);
  assert.deepEqual(effects(removeStatement(text, 0)), ['Deny ']);
  assert.deepEqual(effects(removeStatement(alone, 0)), []);
  assert.deepEqual(effects(addStatement('{"Version":"2012-10-17"}', { Effect: 'Allow' })), ['Allow ']);
  assert.equal(addStatement('no JSON', { Effect: 'Allow' }), 'no JSON');
});

test('names and values that hold markup and quotes stay texts', () => {
  const nasty = 'x"}],"Statement":[{"Effect":"Allow';
  const changed = changeStatement(text, 0, { Sid: nasty, Resource: [nasty] });
  assert.deepEqual([shown(changed).length, shown(changed)[0]?.sid, shown(changed)[0]?.resources], [2, nasty, [nasty]]);
});

test('a document with names that JavaScript treats in its own way is edited like any other, and changes nothing else', () => {
  const odd = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"__proto__":{"polluted":"yes"},"StringEquals":{"__proto__":"x","aws:a":"b"}},"__proto__":{"Effect":"Allow"}}]}';
  const conditions = shown(odd)[0]!.conditions;
  const changed = changeStatement(odd, 0, { Condition: conditionElement([...conditions, { operator: 'Bool', key: 'constructor', values: ['true'] }]) });
  assert.ok(changed.includes('"polluted"') && changed.includes('"constructor"') && /"__proto__": "x"/.test(changed), changed);
  assert.deepEqual([('polluted' in {}), Object.keys(Object.prototype)], [false, []]);
});

test('elements are written as policies say them', () => {
  assert.deepEqual(conditionElement([{ operator: 'Bool', key: 'a:b', values: ['true'] }, { operator: 'Bool', key: 'a:c', values: ['x', 'y'] }, { operator: 'Bool', key: 'a:b', values: ['false'] }]), { Bool: { 'a:b': ['true', 'false'], 'a:c': ['x', 'y'] } });
  assert.equal(conditionElement([]), undefined);
  assert.deepEqual(principalElement([{ element: 'AWS', text: '1', start: 0, end: 0 }, { element: 'AWS', text: '2', start: 0, end: 0 }, { element: 'Service', text: 's', start: 0, end: 0 }]), { AWS: ['1', '2'], Service: 's' });
});

test('findings stand where the text is wrong, and say what the server would refuse', () => {
  const found = findingsOf(text.replace('s3:GetObject', 's3:GetObjekt'), 'identity', authorizationReference);
  const action = found.list.find(({ code }) => code === 'INVALID_ACTION')!;
  assert.equal(text.replace('s3:GetObject', 's3:GetObjekt').slice(action.start, action.end), '"s3:GetObjekt"');
  const broken = findingsOf('{"Version": ,}', 'identity', authorizationReference);
  assert.deepEqual([broken.isRefused, broken.list[0]?.start, broken.list[0]?.message], [true, 12, 'Syntax errors in policy. (a value is expected)']);
  assert.equal(findingsOf(newPolicy(true), 'trust', authorizationReference).isRefused, true);
  assert.equal(findingsOf('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}', 'trust', authorizationReference).isRefused, false);
});

test('a size is counted as AWS counts that kind of policy', () => {
  assert.equal(sizeOf('{ "a" : "b c" }', sizeLimits.identity), 11);
  assert.equal(sizeOf('{ "a" : "b c" }', sizeLimits.session), 15);
});
