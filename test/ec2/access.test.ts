/** What each operation of EC2 asks of the policies: with exactly these actions on these resources it is let through, without any one of them it is not, and AWS lists each of them for it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { DecodeAuthorizationMessageCommand } from '@aws-sdk/client-sts';
import type { Ec2, RunInstancesRequest } from '../../models/ec2.ts';
import { raise } from '../../src/base/api-error.ts';
import { loadService } from '../../src/model/load.ts';
import { authorizationReference, readModel } from '../../src/server/read-model.ts';
import { ec2 as service } from '../../src/services/ec2/index.ts';
import type { AccessContext } from '../../src/services/operation.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { ec2Of, Ec2Refusal } from './ec2-client.ts';
import type { Ec2Call } from './ec2-client.ts';
import { testMachines } from './test-machines.ts';

const model = loadService(readModel('ec2'));
const account = '111122223333';
const arnOf = (type: string, id: string): string => `arn:aws:ec2:us-east-1:${account}:${type}/${id}`;

/** What there is to name in inputs. */
interface Things { readonly image: string; readonly subnet: string; readonly group: string; readonly vpc: string; readonly instance: string; readonly association: string; readonly volume: string; readonly keyPair: string }

const role = `arn:aws:iam::${account}:role/app`;
const otherRole = `arn:aws:iam::${account}:role/other`;
type Asked = readonly (readonly [action: string, resource: string])[];
type Row = readonly [operation: keyof Ec2 & string, input: (things: Things) => object, asked: (things: Things) => Asked];

const row = <Name extends keyof Ec2 & string>(operation: Name, input: (things: Things) => Ec2[Name]['input'], asked: (things: Things) => Asked): Row => [operation, input as (things: Things) => object, asked];
const tags = (ResourceType: 'instance' | 'volume' | 'network-interface' | 'key-pair') => ({ ResourceType, Tags: [{ Key: 'team', Value: 'blue' }] });
const onInstance = (action: string) => ({ instance }: Things): Asked => [[action, arnOf('instance', instance)]];
const launched = ({ image, subnet, group }: Things): Asked => [['ec2:RunInstances', arnOf('instance', '*')], ['ec2:RunInstances', `arn:aws:ec2:us-east-1::image/${image}`], ['ec2:RunInstances', arnOf('subnet', subnet)], ['ec2:RunInstances', arnOf('network-interface', '*')], ['ec2:RunInstances', arnOf('volume', '*')], ['ec2:RunInstances', arnOf('security-group', group)]];
const launch = ({ image }: Things, more: Partial<RunInstancesRequest> = {}): RunInstancesRequest => ({ ImageId: image, MinCount: 1, MaxCount: 1, ...more });
/** Actions that AWS lists without resources. */
const plain = ['DescribeInstances', 'DescribeInstanceStatus', 'DescribeKeyPairs', 'DescribeTags', 'DescribeImages', 'DescribeInstanceTypes', 'DescribeInstanceTypeOfferings', 'DescribeInstanceCreditSpecifications', 'DescribeVpcs', 'DescribeSubnets', 'DescribeSecurityGroups', 'DescribeRouteTables', 'DescribeNetworkInterfaces', 'DescribeVolumes', 'DescribeAddresses', 'DescribeRegions', 'DescribeAvailabilityZones', 'DescribeAccountAttributes', 'DescribeIamInstanceProfileAssociations'] as const;

const cases: readonly Row[] = [
  ...plain.map((name) => row(name, () => ({}), () => [[`ec2:${name}`, '*']])),
  row('RunInstances', (things) => launch(things), launched),
  row('RunInstances', (things) => launch(things, { KeyName: 'mine', TagSpecifications: [tags('instance'), tags('volume')] }), (things) => [...launched(things), ['ec2:RunInstances', arnOf('key-pair', 'mine')], ['ec2:CreateTags', arnOf('instance', '*')], ['ec2:CreateTags', arnOf('volume', '*')]]),
  row('RunInstances', (things) => launch(things, { IamInstanceProfile: { Name: 'app' }, SecurityGroupIds: [things.group], SubnetId: things.subnet, TagSpecifications: [tags('network-interface')] }), (things) => [...launched(things), ['ec2:CreateTags', arnOf('network-interface', '*')], ['iam:PassRole', role]]),
  row('RunInstances', (things) => launch(things, { NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-00000000000000000', Groups: ['sg-00000000000000000'], AssociatePublicIpAddress: true }] }), (things) => launched({ ...things, subnet: 'subnet-00000000000000000', group: 'sg-00000000000000000' })),
  row('StartInstances', ({ instance }) => ({ InstanceIds: [instance] }), onInstance('ec2:StartInstances')),
  row('StopInstances', ({ instance }) => ({ InstanceIds: [instance] }), onInstance('ec2:StopInstances')),
  row('StopInstances', ({ instance }) => ({ InstanceIds: [instance, 'i-00000000000000000'] }), (things) => [...onInstance('ec2:StopInstances')(things), ['ec2:StopInstances', arnOf('instance', 'i-00000000000000000')]]),
  row('RebootInstances', ({ instance }) => ({ InstanceIds: [instance] }), onInstance('ec2:RebootInstances')),
  row('TerminateInstances', ({ instance }) => ({ InstanceIds: [instance] }), onInstance('ec2:TerminateInstances')),
  row('GetConsoleOutput', ({ instance }) => ({ InstanceId: instance }), onInstance('ec2:GetConsoleOutput')),
  row('DescribeInstanceAttribute', ({ instance }) => ({ InstanceId: instance, Attribute: 'userData' }), onInstance('ec2:DescribeInstanceAttribute')),
  row('ModifyInstanceAttribute', ({ instance }) => ({ InstanceId: instance, DisableApiStop: { Value: true } }), onInstance('ec2:ModifyInstanceAttribute')),
  row('ModifyInstanceAttribute', ({ instance, group }) => ({ InstanceId: instance, Groups: [group] }), (things) => [...onInstance('ec2:ModifyInstanceAttribute')(things), ['ec2:ModifyInstanceAttribute', arnOf('security-group', things.group)]]),
  row('ModifyInstanceMetadataOptions', ({ instance }) => ({ InstanceId: instance, HttpTokens: 'optional' }), onInstance('ec2:ModifyInstanceMetadataOptions')),
  row('CreateKeyPair', () => ({ KeyName: 'new' }), () => [['ec2:CreateKeyPair', arnOf('key-pair', 'new')]]),
  row('CreateKeyPair', () => ({ KeyName: 'new', TagSpecifications: [tags('key-pair')] }), () => [['ec2:CreateKeyPair', arnOf('key-pair', 'new')], ['ec2:CreateTags', arnOf('key-pair', 'new')]]),
  row('ImportKeyPair', () => ({ KeyName: 'new', PublicKeyMaterial: Buffer.from('x'), TagSpecifications: [tags('key-pair')] }), () => [['ec2:ImportKeyPair', arnOf('key-pair', 'new')], ['ec2:CreateTags', arnOf('key-pair', 'new')]]),
  row('DeleteKeyPair', () => ({ KeyName: 'mine' }), () => [['ec2:DeleteKeyPair', arnOf('key-pair', 'mine')]]),
  row('DeleteKeyPair', ({ keyPair }) => ({ KeyPairId: keyPair }), () => [['ec2:DeleteKeyPair', arnOf('key-pair', 'mine')]]),
  row('CreateTags', ({ instance, volume, vpc }) => ({ Resources: [instance, volume, vpc], Tags: [{ Key: 'a', Value: 'b' }] }), ({ instance, volume, vpc }) => [['ec2:CreateTags', arnOf('instance', instance)], ['ec2:CreateTags', arnOf('volume', volume)], ['ec2:CreateTags', arnOf('vpc', vpc)]]),
  row('DeleteTags', ({ keyPair, subnet, image, group }) => ({ Resources: [keyPair, subnet, image, group], Tags: [{ Key: 'a' }] }), ({ subnet, image, group }) => [['ec2:DeleteTags', arnOf('key-pair', 'mine')], ['ec2:DeleteTags', arnOf('subnet', subnet)], ['ec2:DeleteTags', `arn:aws:ec2:us-east-1::image/${image}`], ['ec2:DeleteTags', arnOf('security-group', group)]]),
  row('DescribeVpcAttribute', ({ vpc }) => ({ VpcId: vpc, Attribute: 'enableDnsSupport' }), ({ vpc }) => [['ec2:DescribeVpcAttribute', arnOf('vpc', vpc)]]),
  // These have no DryRun, so that what takes away comes last.
  row('AssociateIamInstanceProfile', ({ instance }) => ({ InstanceId: instance, IamInstanceProfile: { Name: 'other' } }), ({ instance }) => [['ec2:AssociateIamInstanceProfile', arnOf('instance', instance)], ['iam:PassRole', otherRole]]),
  row('ReplaceIamInstanceProfileAssociation', ({ association }) => ({ AssociationId: association, IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/other` } }), ({ instance }) => [['ec2:ReplaceIamInstanceProfileAssociation', arnOf('instance', instance)], ['iam:PassRole', otherRole]]),
  row('DisassociateIamInstanceProfile', () => ({ AssociationId: 'iip-assoc-00000000000000000' }), () => [['ec2:DisassociateIamInstanceProfile', arnOf('instance', '*')]]),
];

let gatehouse: TestGatehouse;
let things: Things;
let admin: Ec2Call;
let probe: Ec2Call;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'access of ec2', accountId: account, openMachineDriver: testMachines().open });
  admin = ec2Of(gatehouse);
  const iam = gatehouse.iam();
  for (const name of ['app', 'other']) {
    await iam.send(new iamSdk.CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) }));
    await iam.send(new iamSdk.CreateInstanceProfileCommand({ InstanceProfileName: name }));
    await iam.send(new iamSdk.AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
  }
  await iam.send(new iamSdk.CreateUserCommand({ UserName: 'probe' }));
  const { AccessKey } = await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName: 'probe' }));
  const key: KeyPair = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  probe = ec2Of(gatehouse, key);
  const image = (await admin('DescribeImages', {})).Images![0]!.ImageId!;
  const { KeyPairId } = await admin('CreateKeyPair', { KeyName: 'mine', KeyType: 'ed25519' });
  const { Instances } = await admin('RunInstances', { ImageId: image, MinCount: 1, MaxCount: 1, IamInstanceProfile: { Name: 'app' }, TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'green' }] }] });
  await gatehouse.plane.machines.settled();
  const { IamInstanceProfileAssociations } = await admin('DescribeIamInstanceProfileAssociations', {});
  const [instance] = Instances!;
  things = { image, subnet: instance!.SubnetId!, group: instance!.SecurityGroups![0]!.GroupId!, vpc: instance!.VpcId!, instance: instance!.InstanceId!, association: IamInstanceProfileAssociations![0]!.AssociationId!, volume: instance!.BlockDeviceMappings![0]!.Ebs!.VolumeId!, keyPair: KeyPairId! };
});
after(() => gatehouse.stop());

const permit = async (...statements: readonly object[]): Promise<void> => {
  const Statement = [...statements, { Effect: 'Allow', Action: 'none:Nothing', Resource: '*' }];
  await gatehouse.iam().send(new iamSdk.PutUserPolicyCommand({ UserName: 'probe', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
};

async function refusalOf(request: Promise<unknown>): Promise<Ec2Refusal> {
  const thrown = await request.then(() => assert.fail('it was not refused'), (error: unknown) => error);
  return thrown instanceof Ec2Refusal ? thrown : assert.fail(thrown as Error);
}

/** The code of the refusal, undefined where there was none; asked dry, where that can be. */
async function outcome(operation: keyof Ec2 & string, input: object): Promise<string | undefined> {
  const isDry = model.operations.get(operation)!.input!.members.has('DryRun');
  return probe(operation, { ...input, ...(isDry && { DryRun: true }) } as never).then(() => undefined, (thrown: Ec2Refusal) => thrown.code);
}

describe('each operation asks for its actions on its resources, and no other', () => {
  for (const [operation, inputOf, askedOf] of cases) {
    test(`${operation} ${inputOf.toString().replaceAll(/\s+/g, ' ').slice(0, 80)}`, async () => {
      const [input, asked] = [inputOf(things), askedOf(things)];
      for (const without of asked) {
        await permit(...asked.filter((one) => one !== without).map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })));
        // Where others are allowed on all resources of the type, one is denied.
        assert.equal(await outcome(operation, input), 'UnauthorizedOperation', `without ${without.join(' on ')}`);
      }
      await permit(...asked.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })));
      assert.notEqual(await outcome(operation, input), 'UnauthorizedOperation', 'with all of them');
    });
  }
});

test('every operation that is served is asked about here', () => {
  const here = new Set<string>(cases.map(([operation]) => operation));
  assert.deepEqual([...service.operations.keys()].filter((name) => !here.has(name)), [], 'a new operation of EC2 has a row in this file');
});

/** `${Account}` and the like stand for one part, `${TagKey}` for any. */
const patternOf = (listed: string): RegExp => new RegExp(`^${listed.replaceAll(/\$\{Partition\}/g, 'aws').replaceAll(/[.*+?^()|[\]\\]/g, '\\$&').replaceAll(/\$\{\w+\}/g, '[^:]*')}$`);

describe('AWS lists what is asked: the action, a resource type of it, and each condition key', () => {
  const conditionKey = (key: string, listed: readonly string[]): boolean => listed.some((each) => patternOf(each).test(key));
  for (const [operation, inputOf] of cases) {
    test(`${operation} ${inputOf.toString().replaceAll(/\s+/g, ' ').slice(0, 80)}`, () => {
      const { access } = service.operations.get(operation)!;
      if (typeof access !== 'function') return assert.fail('every operation of EC2 asks');
      const view = gatehouse.plane.store.loaded(account)!;
      // What the asks of EC2 look at, of all there is.
      const asks = access(inputOf(things), { view, account, region: 'us-east-1', now: gatehouse.clock.now, error: raise } as unknown as AccessContext<string, never>);
      const required = new Set(authorizationReference.find('ec2')!.actions.get(operation.toLowerCase())!.resourceTypes.filter(({ isRequired }) => isRequired).map(({ name }) => name));
      for (const { action = `ec2:${operation}`, resource, context = {} } of asks) {
        const [prefix = '', name = ''] = action.split(':');
        const reference = authorizationReference.find(prefix)!;
        const listed = reference.actions.get(name.toLowerCase());
        assert.ok(listed, action);
        const types = listed.resourceTypes.map((type) => reference.resourceTypes.get(type.name)!);
        const type = types.find(({ arn }) => patternOf(arn).test(resource));
        assert.ok(type ?? (types.length === 0 && resource === '*'), `${action} on ${resource}`);
        if (type && action === `ec2:${operation}`) required.delete(type.name);
        // Tags of a resource are a service-wide key that the lists of its actions leave out.
        for (const [key, value] of Object.entries(context)) assert.ok(value === undefined || conditionKey(key, [...listed.conditionKeys, ...(type?.conditionKeys ?? [])]), `${action} on ${resource}: ${key}`);
      }
      assert.deepEqual([...required], [], 'every resource type that AWS requires is asked for');
    });
  }
});

test('a denial is EC2\'s, names the caller, the action and the resource, and decodes', async () => {
  await permit({ Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*' });
  const refusal = await refusalOf(probe('RunInstances', launch(things, { IamInstanceProfile: { Name: 'app' } })));
  assert.deepEqual([refusal.code, refusal.status], ['UnauthorizedOperation', 403]);
  const [, words, encoded] = /^You are not authorized to perform this operation\. (.*)\. Encoded authorization failure message: (\S+)$/.exec(refusal.message) ?? [];
  assert.equal(words, `User: arn:aws:iam::${account}:user/probe is not authorized to perform: iam:PassRole on resource: ${role} because no identity-based policy allows the iam:PassRole action`);
  const { DecodedMessage } = await gatehouse.sts().send(new DecodeAuthorizationMessageCommand({ EncodedMessage: encoded }));
  const { allowed, context } = JSON.parse(DecodedMessage!) as { allowed: boolean; context: { action: string; resource: string; conditions: { items: { key: string; values: unknown }[] } } };
  assert.deepEqual([allowed, context.action, context.resource], [false, 'iam:PassRole', role]);
  assert.deepEqual(context.conditions.items.find(({ key }) => key === 'iam:PassedToService')?.values, { items: [{ value: 'ec2.amazonaws.com' }] });
  assert.match((await refusalOf(probe('DescribeInstances', {}))).message, /is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows/);
  assert.equal((await admin('DescribeInstances', {})).Reservations!.length, 1, 'nothing came of it');
});

test('PassRole is given for EC2 only, and for instances that its policy names', async () => {
  const passing = (Condition: object): readonly object[] => [{ Effect: 'Allow', Action: ['ec2:*'], Resource: '*' }, { Effect: 'Allow', Action: 'iam:PassRole', Resource: role, Condition }];
  const withProfile = launch(things, { IamInstanceProfile: { Name: 'app' } });
  const conditions: readonly (readonly [object, string])[] = [
    [{ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }, 'DryRunOperation'], [{ StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }, 'UnauthorizedOperation'],
    [{ ArnLike: { 'iam:AssociatedResourceArn': `arn:aws:ec2:us-east-1:${account}:instance/*` } }, 'DryRunOperation'], [{ ArnLike: { 'iam:AssociatedResourceArn': `arn:aws:ec2:eu-west-1:${account}:instance/*` } }, 'UnauthorizedOperation'],
  ];
  for (const [condition, expected] of conditions) {
    await permit(...passing(condition));
    assert.equal(await outcome('RunInstances', withProfile), expected, JSON.stringify(condition));
  }
  // Without a profile nothing is passed.
  await permit({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
  assert.equal(await outcome('RunInstances', launch(things)), 'DryRunOperation');
});

test('conditions: the tags of what is there and of the request, what creates, type, profile, metadata options, region', async () => {
  const { instance } = things;
  const run = (more: Partial<RunInstancesRequest>) => ['RunInstances', launch(things, more)] as const;
  const stop = ['StopInstances', { InstanceIds: [instance] }] as const;
  const only = (Condition: object, actions: readonly string[] = ['ec2:*', 'iam:PassRole']): readonly object[] => [{ Effect: 'Allow', Action: actions, Resource: '*' }, { Effect: 'Deny', Action: ['ec2:RunInstances'], Resource: arnOf('instance', '*'), Condition }];
  const rows: readonly (readonly [readonly object[], readonly [keyof Ec2 & string, object], 'DryRunOperation' | 'UnauthorizedOperation'])[] = [
    [[{ Effect: 'Allow', Action: 'ec2:StopInstances', Resource: '*', Condition: { StringEquals: { 'ec2:ResourceTag/team': 'green' } } }], stop, 'DryRunOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:StopInstances', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'green' } } }], stop, 'DryRunOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:StopInstances', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } }], stop, 'UnauthorizedOperation'],
    // The rows above have put the other profile in its place.
    [[{ Effect: 'Allow', Action: 'ec2:StopInstances', Resource: '*', Condition: { StringEquals: { 'ec2:InstanceType': 't3.micro', 'ec2:InstanceProfile': `arn:aws:iam::${account}:instance-profile/other`, 'ec2:Region': 'us-east-1', 'ec2:MetadataHttpTokens': 'required' } } }], stop, 'DryRunOperation'],
    [only({ StringNotEquals: { 'ec2:InstanceType': ['t3.micro', 't3.small'] } }), run({ InstanceType: 't3.large' }), 'UnauthorizedOperation'],
    [only({ StringNotEquals: { 'ec2:InstanceType': ['t3.micro', 't3.small'] } }), run({ InstanceType: 't3.small' }), 'DryRunOperation'],
    [only({ StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }), run({ MetadataOptions: { HttpTokens: 'optional' } }), 'UnauthorizedOperation'],
    [only({ StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } }), run({ MetadataOptions: { HttpTokens: 'required' } }), 'DryRunOperation'],
    [only({ NumericGreaterThan: { 'ec2:MetadataHttpPutResponseHopLimit': '1' } }), run({ MetadataOptions: { HttpPutResponseHopLimit: 2 } }), 'UnauthorizedOperation'],
    [only({ ArnNotLike: { 'ec2:InstanceProfile': `arn:aws:iam::${account}:instance-profile/other` } }), run({ IamInstanceProfile: { Name: 'app' } }), 'UnauthorizedOperation'],
    [only({ ArnNotLike: { 'ec2:InstanceProfile': `arn:aws:iam::${account}:instance-profile/other` } }), run({ IamInstanceProfile: { Name: 'other' } }), 'DryRunOperation'],
    [only({ Null: { 'aws:RequestTag/team': 'true' } }), run({}), 'UnauthorizedOperation'],
    [only({ Null: { 'aws:RequestTag/team': 'true' } }), run({ TagSpecifications: [tags('instance')] }), 'DryRunOperation'],
    [only({ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'cost' } }), run({ TagSpecifications: [tags('instance')] }), 'UnauthorizedOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*' }, { Effect: 'Allow', Action: 'ec2:CreateTags', Resource: '*', Condition: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } } }], run({ TagSpecifications: [tags('instance')] }), 'DryRunOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } } }], ['CreateTags', { Resources: [instance], Tags: [{ Key: 'team', Value: 'blue' }] }], 'UnauthorizedOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }], stop, 'UnauthorizedOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }], stop, 'DryRunOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'ec2:Attribute/DisableApiStop': 'true' } } }], ['ModifyInstanceAttribute', { InstanceId: instance, DisableApiStop: { Value: true } }], 'DryRunOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'ec2:Attribute/DisableApiStop': 'true' } } }], ['ModifyInstanceAttribute', { InstanceId: instance, DisableApiStop: { Value: false } }], 'UnauthorizedOperation'],
    [[{ Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'ec2:KeyPairType': 'ed25519' } } }], ['CreateKeyPair', { KeyName: 'k', KeyType: 'rsa' }], 'UnauthorizedOperation'],
  ];
  for (const [statements, [operation, input], expected] of rows) {
    await permit(...statements);
    assert.equal(await outcome(operation, input), expected, JSON.stringify([statements, operation, input]));
  }
});

test('whoever may give one new profile only gives no other', async () => {
  const { AssociationId } = (await admin('DescribeIamInstanceProfileAssociations', {})).IamInstanceProfileAssociations![0]!;
  await permit({ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }, { Effect: 'Allow', Action: 'ec2:ReplaceIamInstanceProfileAssociation', Resource: '*', Condition: { ArnEquals: { 'ec2:NewInstanceProfile': `arn:aws:iam::${account}:instance-profile/app` } } });
  assert.equal(await outcome('ReplaceIamInstanceProfileAssociation', { AssociationId, IamInstanceProfile: { Name: 'other' } }), 'UnauthorizedOperation');
  assert.equal(await outcome('ReplaceIamInstanceProfileAssociation', { AssociationId, IamInstanceProfile: { Name: 'app' } }), undefined);
});
