/** The services that the workloads are about: their actions, and how their resources are called. */
import { account, type Dice, type Rule, type RuleCondition } from './workload.ts';

interface BenchService {
  readonly name: string;
  readonly actions: readonly string[];
  /** What the ARN of a resource begins with; `region` may be a wildcard in a policy. */
  readonly arn: (name: string, region: string) => string;
}

const crud = (noun: string): readonly string[] => ['Create', 'Delete', 'Describe', 'Get', 'List', 'Put', 'Tag', 'Untag', 'Update'].map((verb) => `${verb}${noun}`);

export const benchServices: readonly BenchService[] = [
  { name: 's3', actions: ['GetObject', 'GetObjectTagging', 'PutObject', 'PutObjectTagging', 'DeleteObject', 'ListBucket', 'GetBucketLocation', 'AbortMultipartUpload'], arn: (name) => `arn:aws:s3:::${name}` },
  { name: 'dynamodb', actions: ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'DescribeTable'], arn: (name, region) => `arn:aws:dynamodb:${region}:${account}:table/${name}` },
  { name: 'sqs', actions: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl'], arn: (name, region) => `arn:aws:sqs:${region}:${account}:${name}` },
  { name: 'sns', actions: ['Publish', 'Subscribe', 'Unsubscribe', 'GetTopicAttributes'], arn: (name, region) => `arn:aws:sns:${region}:${account}:${name}` },
  { name: 'lambda', actions: [...crud('Function'), 'InvokeFunction'], arn: (name, region) => `arn:aws:lambda:${region}:${account}:function:${name}` },
  { name: 'iam', actions: [...crud('Role'), ...crud('User'), 'PassRole'], arn: (name) => `arn:aws:iam::${account}:role/${name}` },
  { name: 'secretsmanager', actions: [...crud('Secret'), 'GetSecretValue', 'PutSecretValue'], arn: (name, region) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}` },
  { name: 'logs', actions: ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents', 'GetLogEvents', 'FilterLogEvents'], arn: (name, region) => `arn:aws:logs:${region}:${account}:log-group:${name}` },
  { name: 'ec2', actions: ['RunInstances', 'StartInstances', 'StopInstances', 'TerminateInstances', 'DescribeInstances', 'CreateTags'], arn: (name, region) => `arn:aws:ec2:${region}:${account}:instance/${name}` },
  { name: 'kms', actions: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey'], arn: (name, region) => `arn:aws:kms:${region}:${account}:key/${name}` },
];

/** Every action that is ever asked for. */
export const allActions: readonly string[] = benchServices.flatMap(({ name, actions }) => actions.map((action) => `${name}:${action}`));

const regions = ['us-east-1', 'eu-west-1'];
const teams = ['payments', 'search', 'ads', 'data'];

/** A rule about something called `name`. */
export function ruleAbout(name: string, dice: Dice, denyShare: number): Rule {
  const service = dice.pick(benchServices);
  const region = dice.isBelow(0.4) ? '*' : dice.pick(regions);
  const resource = service.arn(name, region);
  const actions = dice.isBelow(0.15) ? [`${service.name}:*`] : dice.isBelow(0.3) ? [`${service.name}:${dice.pick(['Get', 'Put', 'De'])}*`, ...actionsOf(service, dice, 1)] : actionsOf(service, dice, 1 + dice.below(4));
  return {
    effect: dice.isBelow(denyShare) ? 'Deny' : 'Allow',
    actions,
    resources: dice.isBelow(0.5) ? [`${resource}/*`] : dice.isBelow(0.3) ? [`${resource}-*`] : [resource, `${resource}/*`],
    conditions: dice.isBelow(0.3) ? [dice.pick(conditions)] : [],
  };
}

const actionsOf = ({ name, actions }: BenchService, dice: Dice, count: number): readonly string[] => dice.some(actions, count).map((action) => `${name}:${action}`);

const conditions: readonly RuleCondition[] = [
  ...teams.map((team): RuleCondition => ({ operator: 'StringEquals', key: 'aws:PrincipalTag/team', values: [team, 'platform'] })),
  { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] },
  { operator: 'StringEquals', key: 'aws:RequestedRegion', values: regions },
];

/** A request for what the rule is about, or for nearly that. */
export function requestLike({ actions, resources }: Rule, subject: number, dice: Dice): { readonly subject: number; readonly action: string; readonly resource: string; readonly context: ReadonlyMap<string, string> } {
  const wanted = dice.pick(actions);
  const fitting = allActions.filter((action) => wanted === '*' || action === wanted || (wanted.endsWith('*') && action.startsWith(wanted.slice(0, -1))));
  const region = dice.pick(regions);
  const resource = dice.pick(resources).replace(':*:', `:${region}:`);
  return {
    subject,
    action: dice.isBelow(0.8) && fitting.length > 0 ? dice.pick(fitting) : dice.pick(allActions),
    resource: resource.endsWith('*') ? `${resource.slice(0, -1)}${dice.pick(['a', 'reports/2026/november.csv', 'x/y/z'])}` : resource,
    context: new Map([
      ['aws:principaltag/team', dice.pick(teams)],
      ['aws:multifactorauthpresent', String(dice.isBelow(0.7))],
      ['aws:requestedregion', region],
      ['aws:username', 'ann'],
      ['aws:sourceip', '203.0.113.7'],
      ['aws:securetransport', 'true'],
      ['aws:currenttime', '2026-11-24T10:00:00Z'],
      ['aws:principalaccount', account],
    ]),
  };
}
