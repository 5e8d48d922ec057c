/** Asks what a caller may do without doing it: whole signed requests go the whole path, and where the operation would run, it is only noted that it would. */
import { generateKeyPairSync } from 'node:crypto';
import * as stsSdk from '@aws-sdk/client-sts';
import { ApiError } from '../../src/base/api-error.ts';
import type { RoutedService, ServedService } from '../../src/server/lazy-service.ts';
import { gatehouse as ours } from '../../src/services/gatehouse/index.ts';
import { iam } from '../../src/services/iam/index.ts';
import type { AnyOperation } from '../../src/services/operation.ts';
import { sts } from '../../src/services/sts/index.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';
import { makeSampleAccount, sampleInput, send } from '../iam/sample-account.ts';

export type Outcome = 'allowed' | 'denied' | { readonly other: string };

export interface Probe {
  /** Names of operations, `iam:CreateUser`. Those that a token proves instead of a signature are not among them. */
  readonly operations: readonly string[];
  ask(key: KeyPair, operation: string): Promise<Outcome>;
}

/** What answers in the place of an operation that was allowed. Of the model's codes, one that no operation of ours gives. */
const reached = 'RequestExpired';

/** By policies; of a session that may not call a service at all; of one that is no user's, where only users have what is asked for. */
const refusals: ReadonlySet<string> = new Set(['AccessDenied', 'InvalidClientTokenId', 'InvalidUserType']);

/** Makes the sample account. What is asked changes nothing: only while it is asked are the operations without effects. `roleArn` is what AssumeRole is asked for. */
export async function startProbing(gatehouse: TestGatehouse, roleArn: string): Promise<Probe> {
  const sshKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const values = await makeSampleAccount(gatehouse.iam(), gatehouse.account, sshKey, 'sample-alias');
  // The map is the plane's own; a test may put other operations into it.
  const served = gatehouse.plane.services as Map<string, RoutedService>;
  const real = [...served];
  const probing = await Promise.all(real.map(async ([name, service]) => [name, withoutEffects(service, await service.load())] as const));
  const put = (those: readonly (readonly [string, RoutedService])[]): void => { for (const [name, service] of those) served.set(name, service); };
  const stsInputs = inputsOfSts(roleArn, gatehouse.account);
  // What nobody need sign, no session can do more than anybody.
  const operations = [...[...iam.operations.keys()].map((name) => `iam:${name}`), ...Object.keys(stsInputs).map((name) => `sts:${name}`), ...[...ours.operations].flatMap(([name, { proof = 'signature' }]) => (proof === 'signature' ? [`gatehouse:${name}`] : []))];
  const senders: Readonly<Record<string, (key: KeyPair, name: string) => Promise<unknown>>> = {
    iam: (key, name) => send(gatehouse.iam(key), name, sampleInput(name, values)),
    sts: (key, name) => sendSts(gatehouse, key, name, stsInputs[name]!),
    gatehouse: (key, name) => sendOurs(gatehouse, key, name),
  };
  return {
    operations,
    async ask(key, operation) {
      const [service, name] = operation.split(':') as [string, string];
      put(probing);
      const asked = senders[service]!(key, name);
      return asked.then(() => ({ other: 'it was answered' }), (thrown: { readonly name: string; readonly Code?: string; readonly message: string }): Outcome => {
        const code = thrown.Code ?? thrown.name;
        if (code === reached) return 'allowed';
        return refusals.has(code) ? 'denied' : { other: `${code}: ${thrown.message}` };
      }).finally(() => put(real));
    },
  };
}

function withoutEffects({ card }: RoutedService, service: ServedService): RoutedService {
  const run: AnyOperation['run'] = () => { throw new ApiError(reached, 'It would have run.'); };
  const operations = new Map([...service.definition.operations].map(([name, operation]) => [name, { ...operation, run }]));
  const served = { model: service.model, definition: { ...service.definition, operations } };
  return { card, model: service.model, served, load: async () => served };
}

/** The operations of STS that are proven by a signature. */
function inputsOfSts(RoleArn: string, account: string): Readonly<Record<string, object>> {
  const all: Readonly<Record<string, object>> = {
    AssumeRole: { RoleArn, RoleSessionName: 'probe' },
    AssumeRoot: { TargetPrincipal: account, TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' } },
    DecodeAuthorizationMessage: { EncodedMessage: 'AAAA' },
    GetAccessKeyInfo: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    GetCallerIdentity: {},
    GetFederationToken: { Name: 'probe' },
    GetSessionToken: {},
    GetWebIdentityToken: { Audience: ['x'], SigningAlgorithm: 'RS256' },
    GetDelegatedAccessToken: { TradeInToken: 'x' },
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => sts.operations.has(name)));
}

function sendSts(gatehouse: TestGatehouse, key: KeyPair, name: string, input: object): Promise<unknown> {
  const Command = (stsSdk as unknown as Readonly<Record<string, new (input: object) => Parameters<stsSdk.STSClient['send']>[0]>>)[`${name}Command`];
  if (!Command) throw new Error(`the SDK has no ${name}`);
  return gatehouse.sts(key).send(new Command(input));
}

/** What the operations of our own service require. */
const ourInputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CreateEnrollmentCode: { MachineName: 'probed', ProfileArn: 'arn:aws:rolesanywhere:us-east-1:123456789012:profile/p', RoleArn: 'arn:aws:iam::123456789012:role/r' },
  CreateMachineAuthority: {},
  DeleteHardwareMFADevice: { SerialNumber: 'GAHT12345678' },
  DeregisterKubernetesCluster: { Name: 'none' },
  GetAuthorizationExplanation: { AuthorizationId: '00000000-0000-4000-8000-000000000000' },
  ImportHardwareMFADevice: { SerialNumber: 'GAHT12345678', Base32StringSeed: 'A'.repeat(32) },
  ListActionsOfPrincipal: { PrincipalArn: 'arn:aws:iam::123456789012:user/ann', ServiceNamespace: 'iam' },
  ListAuthorizationDenials: {},
  ListHardwareMFADevices: {},
  ListKubernetesClusters: {},
  ListMachines: {},
  ListPrincipalsWithAccess: { ActionName: 's3:GetObject' },
  ListQuotas: {},
  ListRequests: {},
  ListServicesOfPrincipal: { PrincipalArn: 'arn:aws:iam::123456789012:user/ann' },
  ListTokenSigningKeys: {},
  RegisterKubernetesCluster: { Name: 'probed', IssuerUrl: 'https://issuer.example' },
  RemoveMachine: { MachineName: 'none' },
  RevokeTokenSigningKeys: {},
  RotateTokenSigningKeys: {},
  SetQuota: { QuotaName: 'RolesPerAccount', Value: '1000' },
};

/** There is no SDK of it: the request is signed by hand. */
async function sendOurs(gatehouse: TestGatehouse, key: KeyPair, Action: string): Promise<void> {
  const input = ourInputs[Action];
  if (!input) throw new Error(`give gatehouse:${Action} an input in test/sts/probing.ts`);
  const body = new URLSearchParams({ Action, Version: '2026-11-24', ...input }).toString();
  const { accessKeyId, secretAccessKey, sessionToken } = key;
  const { rawHeaders } = signRequest({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }), at: gatehouse.clock.now, service: 'gatehouse', region: 'us-east-1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body });
  const answer = await gatehouse.send({ headers: rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : [])), body });
  const text = Buffer.from(answer.body).toString();
  const code = /<Code>([^<]*)</.exec(text)?.[1];
  if (code !== undefined) throw Object.assign(new Error(text), { name: code });
}
