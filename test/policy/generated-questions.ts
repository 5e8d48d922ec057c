/** Policies of every kind and requests for them, made at random from alphabets so small that things collide often. */
import * as fc from 'fast-check';
import type { PolicyKind, Principal } from '../../src/policy/types.ts';
import { condition, context } from './generated-conditions.ts';
import type { WrittenOrganization, WrittenPolicies, WrittenPolicy, WrittenRequest, WrittenResourcePolicy } from './written-policies.ts';

/** One caller's policies, and several requests of that caller. */
export interface QuestionSet { readonly policies: WrittenPolicies; readonly requests: readonly WrittenRequest[] }

const [accountA, accountB, management] = ['111111111111', '222222222222', '999999999999'] as const;

const userOf = (account: string, name: string, principalId: string): Principal => {
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return { kind: 'user', account, arn, principalArn: arn, principalId };
};
const sessionOf = (account: string, role: string, principalId: string, isServiceLinked?: boolean): Principal => ({
  kind: 'role', account, arn: `arn:aws:sts::${account}:assumed-role/${role}/s`, principalArn: `arn:aws:iam::${account}:role/${role}`, principalId, ...(isServiceLinked ? { isServiceLinked } : {}),
});
const rootOf = (account: string): Principal => ({ kind: 'root', account, arn: `arn:aws:iam::${account}:root`, principalArn: `arn:aws:iam::${account}:root`, principalId: account });

/** Whoever may call. */
const callers: readonly Principal[] = [
  userOf(accountA, 'a', 'AIDAA'), userOf(accountA, 'b', 'AIDAB'), userOf(accountB, 'a', 'AIDAC'),
  sessionOf(accountA, 'R', 'AROAR'), sessionOf(accountB, 'R', 'AROAB'), sessionOf(accountA, 'L', 'AROAL', true),
  rootOf(accountA), rootOf(accountB), rootOf(management), userOf(management, 'm', 'AIDAM'),
  { kind: 'federatedUser', account: accountA, arn: `arn:aws:sts::${accountA}:federated-user/f`, principalArn: `arn:aws:iam::${accountA}:user/a`, principalId: 'AIDAA' },
  { kind: 'federatedUser', account: accountA, arn: `arn:aws:sts::${accountA}:federated-user/f`, principalArn: `arn:aws:iam::${accountA}:root`, principalId: accountA },
  { kind: 'webIdentity', federated: 'accounts.google.com' },
  { kind: 'saml', federated: `arn:aws:iam::${accountA}:saml-provider/p` },
  { kind: 'service', service: 'ec2.amazonaws.com' },
  { kind: 'anonymous' },
];

const awsNames = [
  '*', accountA, accountB, `arn:aws:iam::${accountA}:root`, `arn:aws:iam::${accountB}:root`, `arn:aws:iam::${accountA}:user/a`, `arn:aws:iam::${accountA}:user/b`, `arn:aws:iam::${accountB}:user/a`,
  `arn:aws:iam::${accountA}:role/R`, `arn:aws:sts::${accountA}:assumed-role/R/s`, `arn:aws:iam::${accountB}:role/R`, `arn:aws:sts::${accountB}:assumed-role/R/s`, `arn:aws:iam::${accountA}:role/L`,
  `arn:aws:sts::${accountA}:federated-user/f`, 'AIDAA', 'AROAR', `arn:aws:iam::${accountA}:user/*`,
];

const actions = ['s3:GetObject', 's3:PutObject', 'sts:AssumeRole', 'S3:getobject', 's3:Get'];
const actionPatterns = ['*', '*', '*', 's3:*', 's3:*', 's3:Get*', 's3:GetObject', 'S3:GETOBJECT', 's3:?etObject', 's3:*Object', 'sts:AssumeRole', 'sts:*', '*:*', 's3:*e*e*t', 's3:Get?*'];

const resources = ['arn:aws:s3:::b', 'arn:aws:s3:::b/k', 'arn:aws:s3:::b/a/k', `arn:aws:iam::${accountA}:role/R`, `arn:aws:sns:us-east-1:${accountA}:t:a`, `arn:aws:sns:eu-west-1:${accountB}:t`, 'arn:aws:s3:::b/*', '*', 'b'];
const resourcePatterns = [
  '*', '*', '*', '*', '*', '*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/*', 'arn:aws:s3:::*', 'arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/${aws:PrincipalTag/t, \'k\'}', 'arn:aws:s3:::b/${*}', 'arn:aws:s3:::?/k', 'arn:aws:s3:::${aws:username}*',
  'arn:aws:iam::*:role/*', `arn:aws:iam::${accountA}:role/R`, 'arn:*:sns:*:*:t*', 'arn:aws:sns:us-*', 'arn:aws:sns:*:a', 'arn:aws:sns:${aws:username}:*:t', 'arn:aws:s3:::b/*/k', '*:*', 'arn:aws:s3:::b/${aws:TagKeys}', 'arn:aws:s3:::b/${aws:username',
  'arn:aws:sns:*:t', 'arn:aws:sns:us-*:t:a', 'arn:*:t*', 'arn:aws:s?s:*:t', 'arn:aws:sns:*-1:*:a', 'arn:aws:sns:?*:*:${aws:username}', 'arn:aws:sns:*:1*:t*',
];

/** Mostly `usual`; every so often one of the others. */
const mostly = <T>(usual: fc.Arbitrary<T>, ...others: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 24, arbitrary: usual }, ...others.map((arbitrary) => ({ weight: 1, arbitrary })));

/** One alone, or a list. */
const listOf = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> => fc.oneof({ weight: 2, arbitrary: item }, { weight: 1, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) });

/** What no grammar allows, and a stored document might hold all the same. */
const nonsense: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(null, 5, true, {}, [], ['*', 5], [['*']], { AWS: 5 }, { AWS: ['999', 5] }, { AWS: '999', Nobody: '*' }, '', 'x');

const texts = (patterns: readonly string[]): fc.Arbitrary<unknown> => mostly<unknown>(listOf(fc.constantFrom(...patterns)), nonsense);

const action = fc.oneof({ weight: 3, arbitrary: fc.record({ Action: texts(actionPatterns) }) }, { weight: 1, arbitrary: fc.record({ NotAction: texts(actionPatterns) }) });
const resource = fc.oneof({ weight: 3, arbitrary: fc.record({ Resource: texts(resourcePatterns) }) }, { weight: 1, arbitrary: fc.record({ NotResource: texts(resourcePatterns) }) });

/** Principal elements that name `names`, and others. */
function principalValue(names: readonly string[]): fc.Arbitrary<unknown> {
  const aws = listOf(fc.constantFrom(...names));
  const map = fc.record({
    AWS: aws,
    Service: listOf(fc.constantFrom('ec2.amazonaws.com', 'lambda.amazonaws.com', '*')),
    Federated: listOf(fc.constantFrom('accounts.google.com', `arn:aws:iam::${accountA}:saml-provider/p`)),
    CanonicalUser: fc.constant('0'.repeat(64)),
  }, { requiredKeys: [] });
  return mostly<unknown>(fc.oneof<fc.Arbitrary<unknown>[]>(fc.constant('*'), map, fc.record({ AWS: aws }), fc.record({ AWS: aws })), nonsense);
}

const kindsWithPrincipal: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['trust', 'resource', 'bucket', 'endpoint', 'rcp']);

function principalOf(kind: PolicyKind, names: readonly string[]): fc.Arbitrary<object> {
  if (kind === 'rcp') return fc.constant({ Principal: '*' });
  const [named, notNamed] = [fc.record({ Principal: principalValue(names) }), fc.record({ NotPrincipal: principalValue(names) })];
  return kindsWithPrincipal.has(kind) ? fc.oneof<fc.Arbitrary<object>[]>(named, named, named, notNamed) : mostly<object>(fc.constant({}), named, notNamed);
}

const statementOf = (kind: PolicyKind, names: readonly string[]): fc.Arbitrary<unknown> => {
  const effect = mostly<object>(fc.constantFrom({ Effect: 'Allow' }, { Effect: 'Allow' }, { Effect: 'Allow' }, { Effect: 'Allow' }, { Effect: 'Deny' }), fc.constantFrom<object>({ Effect: 'allow' }, {}, { Effect: null }));
  const needed = kind === 'trust' ? mostly<object>(fc.constant({}), resource) : mostly<object>(resource, fc.constant({}));
  const rest = mostly<object>(fc.constant({}), fc.constantFrom<object>({ Sid: 'a' }, { Sid: 5 }, { Unknown: 1 }, { NotAction: 's3:*' }, { NotResource: '*' }));
  const parts = fc.tuple(effect, principalOf(kind, names), mostly<object>(action, fc.constant({})), needed, condition, rest);
  return mostly<unknown>(parts.map((objects) => Object.assign({}, ...objects)), nonsense);
};

/** A policy of one kind; every so often one that no upload accepts. */
export const policyOf = (kind: PolicyKind, names: readonly string[] = awsNames): fc.Arbitrary<WrittenPolicy> => {
  const statement = statementOf(kind, names);
  const document = fc.record({
    Version: mostly<unknown>(fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'), fc.constantFrom<unknown>('2013-10-17', 5)),
    Id: mostly<unknown>(fc.constant('id'), nonsense),
    Statement: fc.oneof({ weight: 1, arbitrary: statement }, { weight: 4, arbitrary: fc.array(statement, { minLength: 1, maxLength: 3 }) }),
  }, { requiredKeys: ['Statement'] });
  const broken = fc.constantFrom<WrittenPolicy>('', '{', '[]', 'null', '{"Version":"2012-10-17"}', '{"Version":"2012-10-17","Statement":[]}', '{"Statement":5}');
  return mostly<WrittenPolicy>(mostly<WrittenPolicy>(document, fc.constant<WrittenPolicy>(allowsAll(kind)), fc.constant<WrittenPolicy>(allowsAll(kind))), broken);
};

const allowsAll = (kind: PolicyKind): WrittenPolicy => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: kind === 'trust' ? 'sts:*' : '*', ...(kind === 'trust' ? {} : { Resource: '*' }), ...(kindsWithPrincipal.has(kind) ? { Principal: '*' } : {}) }],
});

const policies = { identity: policyOf('identity'), boundary: policyOf('boundary'), session: policyOf('session'), scp: policyOf('scp'), rcp: policyOf('rcp'), endpoint: policyOf('endpoint') };

function organizationOf(kind: 'scp' | 'rcp'): fc.Arbitrary<WrittenOrganization> {
  const level = fc.oneof({ weight: 5, arbitrary: fc.array(policies[kind], { maxLength: 1 }).map((some) => some.concat(allowsAll(kind))) }, { weight: 2, arbitrary: fc.array(policies[kind], { maxLength: 2 }) });
  return fc.record({ managementAccount: fc.constant(management), levels: fc.array(level, { maxLength: 2 }) });
}

const organizations = { scps: organizationOf('scp'), rcps: organizationOf('rcp') };

/** A policy that often names this caller, in one of its forms. */
const resourcePolicyFor = (caller: Principal): fc.Arbitrary<WrittenResourcePolicy> => fc.constantFrom('resource', 'bucket', 'trust').chain((kind) => fc.record({
  kind: fc.constant(kind),
  document: policyOf(kind, [...awsNames, ...formsOf(caller), ...formsOf(caller), ...formsOf(caller), ...formsOf(caller)]),
  principalIds: fc.option(fc.constantFrom({ [`arn:aws:iam::${accountA}:user/a`]: 'AIDAA' }, { [`arn:aws:iam::${accountA}:user/a`]: 'AIDAOLD' }, { [`arn:aws:iam::${accountA}:user/b`]: 'AIDAA', [`arn:aws:iam::${accountA}:role/R`]: 'AROAOLD' }, { [`arn:aws:iam::${accountA}:role/R`]: 'AROAR' }), { nil: undefined }),
}));

const formsOf = (caller: Principal): readonly string[] => (caller.account === undefined ? [] : [caller.arn, caller.principalArn, caller.principalId, caller.account]);

/** Present about as often as absent. */
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(some, { nil: undefined, freq: 2 });

function policiesOf(caller: Principal): fc.Arbitrary<WrittenPolicies> {
  const hasOwn = caller.kind === 'user' || caller.kind === 'role' || caller.kind === 'federatedUser';
  const nothing = fc.constant(undefined);
  return fc.record({
    identity: hasOwn ? fc.array(policies.identity, { maxLength: 3 }) : nothing,
    boundary: hasOwn ? maybe(policies.boundary) : nothing,
    session: caller.account !== undefined && caller.kind !== 'user' ? maybe(fc.array(policies.session, { maxLength: 2 })) : nothing,
    scps: caller.account !== undefined ? maybe(organizations.scps) : nothing,
    resource: hasOwn ? maybe(resourcePolicyFor(caller)) : resourcePolicyFor(caller),
    rcps: maybe(organizations.rcps),
    endpoint: fc.oneof({ weight: 9, arbitrary: nothing }, { weight: 1, arbitrary: policies.endpoint }),
    isResourcePolicyRequired: fc.constantFrom(undefined, undefined, undefined, undefined, true),
  });
}

const requestOf = (principal: Principal): fc.Arbitrary<WrittenRequest> => fc.record({
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources),
  resourceAccount: fc.constantFrom(accountA, principal.account ?? accountA, principal.account ?? accountB, principal.account ?? management, accountB),
  principal: fc.constant(principal),
  context,
});

/** Question sets with the given number of requests each. */
export function questionSets(requestsPerSet: number): fc.Arbitrary<QuestionSet> {
  const byCaller = callers.map((caller) => fc.record({ policies: policiesOf(caller), requests: fc.array(requestOf(caller), { minLength: requestsPerSet, maxLength: requestsPerSet }) }));
  return fc.oneof(...byCaller);
}
