/** The graph of who can access what: nodes that are one thing are one node, and each edge says its reason. No browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnMax, graphOf } from '../../console/src/pages/access/access-graph.ts';
import type { DrawnAccess } from '../../console/src/pages/access/access-graph.ts';
import type { AccessStatement } from '../../models/gatehouse.ts';

const arn = (name: string): string => `arn:aws:iam::111122223333:${name}`;
const statement = (given: Partial<AccessStatement>): AccessStatement => ({ Effect: 'Allow', PolicyType: 'identity', PolicyName: 'read', StatementIndex: 0, IsResourceOpen: false, OpenConditions: [], ...given });
const access = (given: Partial<DrawnAccess>): DrawnAccess => ({ principalArn: arn('user/amy'), target: 's3:GetObject', access: 'allowed', grants: [], limits: [], ...given });
const edgesOf = (accesses: readonly DrawnAccess[]) => graphOf(accesses).edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`);

test('a managed policy is one node whoever has it, an inline policy of the same name is its holder’s own', () => {
  const managed = (AttachedTo: string) => statement({ PolicyArn: arn('policy/read'), AttachedTo });
  const both = graphOf([access({ grants: [managed(arn('user/amy'))] }), access({ principalArn: arn('user/bob'), grants: [managed(arn('user/bob'))] })]);
  assert.equal(both.nodes.filter(({ kind }) => kind === 'policy').length, 1);
  const inline = graphOf([access({ grants: [statement({ AttachedTo: arn('user/amy') })] }), access({ principalArn: arn('user/bob'), grants: [statement({ AttachedTo: arn('user/bob') })] })]);
  assert.equal(inline.nodes.filter(({ kind }) => kind === 'policy').length, 2);
});

test('what comes by a group leads through the group', () => {
  assert.deepEqual(edgesOf([access({ grants: [statement({ AttachedTo: arn('group/ops') })] })]), [
    `principal ${arn('user/amy')} has group ${arn('group/ops')}`,
    `group ${arn('group/ops')} has policy identity ${arn('group/ops')} read`,
    `policy identity ${arn('group/ops')} read gives target s3:GetObject`,
  ]);
});

test('a Deny, a boundary and an open condition are edges of their own kinds, and several statements are one edge with all reasons', () => {
  const grants = [statement({ AttachedTo: arn('user/amy') }), statement({ AttachedTo: arn('user/amy'), StatementIndex: 1, OpenConditions: [{ Operator: 'Bool', Key: 'aws:MultiFactorAuthPresent', Values: ['true'] }] }), statement({ AttachedTo: arn('user/amy'), StatementIndex: 2, Sid: 'Third' })];
  const limits = [statement({ Effect: 'Deny', PolicyName: 'stop', AttachedTo: arn('user/amy') }), statement({ PolicyType: 'boundary', PolicyName: 'most', PolicyArn: arn('policy/most') })];
  const { edges } = graphOf([access({ access: 'allowedIf', grants, limits })]);
  assert.deepEqual(edges.filter(({ to }) => to.startsWith('target')).map(({ kind, label, reasons }) => [kind, label, reasons.length]), [['gives', '2 statements', 2], ['opens', 'statement 2, if', 1], ['denies', 'statement 1', 1], ['limits', 'statement 1', 1]]);
  assert.ok(edges.every(({ reasons }) => reasons.every((reason) => reason !== '')));
});

test('root needs no policy; what is too much to draw is counted', () => {
  assert.deepEqual(edgesOf([access({ principalArn: arn('root') })]), [`principal ${arn('root')} gives target s3:GetObject`]);
  assert.deepEqual(edgesOf([access({ access: 'denied' })]), []);
  assert.equal(graphOf(Array.from({ length: drawnMax + 3 }, (_, i) => access({ principalArn: arn(`user/u${i}`) }))).left, 3);
});
