/** An instance with a role in a whole Gatehouse, and its metadata service asked without a socket: what the tests of metadata begin with. */
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import { openEndpoint, standardHosts } from '../../src/doors/metadata/endpoint.ts';
import type { AnswerMetadata } from '../../src/doors/metadata/endpoint.ts';
import type { MetadataAnswer } from '../../src/doors/metadata/answer.ts';
import type { MetadataParts } from '../../src/doors/metadata/parts.ts';
import { userDataPlace } from '../../src/services/ec2/user-data.ts';
import type { InstanceDoc, MetadataOptionsDoc } from '../../src/store/instance-docs.ts';
import type { Draft } from '../../src/store/store.ts';
import { pairKey } from '../../src/store/tables.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';

export const region = 'eu-west-1';
export const roleName = 'app';
export const ec2Trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };

const options: MetadataOptionsDoc = { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'disabled' };

export interface AskedOptions { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly host?: string | undefined }

export class TestMachines {
  readonly gatehouse: TestGatehouse;
  readonly parts: MetadataParts;
  #count = 0;

  constructor(gatehouse: TestGatehouse) {
    this.gatehouse = gatehouse;
    this.parts = metadataParts(gatehouse);
  }

  /** An instance that stands in the journal and nowhere else; its id. */
  async instance(changes: Partial<InstanceDoc> = {}): Promise<string> {
    const number = String(++this.#count).padStart(2, '0');
    const InstanceId = changes.InstanceId ?? `i-0123456789abcde${number}`;
    await this.write((draft) => draft.instances.insert({ ...instanceDoc(number), ...changes, InstanceId }));
    return InstanceId;
  }

  /** A role in a profile of its name, and the profile's association. */
  async role(trust: object = ec2Trust): Promise<NonNullable<InstanceDoc['Profile']>> {
    const iam = this.gatehouse.iam();
    await iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
    const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: `${roleName}-profile` }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: `${roleName}-profile`, RoleName: roleName }));
    return { AssociationId: 'iip-assoc-01234567890123456', InstanceProfileId: InstanceProfile!.InstanceProfileId!, InstanceProfileArn: InstanceProfile!.Arn!, AssociateDate: this.gatehouse.clock.now };
  }

  /** Changes an instance as EC2 would. */
  async change(instanceId: string, changes: Partial<InstanceDoc>): Promise<void> {
    await this.write((draft) => draft.instances.update({ ...draft.instances.find(pairKey(region, instanceId))!, ...changes }));
  }

  async write(draft: (draft: Draft) => void): Promise<void> {
    await this.gatehouse.plane.store.write(this.gatehouse.account, { by: 'test', requestId: 'test', action: 'ec2:Test' }, (changed) => void draft(changed));
  }

  endpoint(instanceId: string): AskMetadata {
    return new AskMetadata(openEndpoint(this.parts, { account: this.gatehouse.account, region, instanceId, hosts: standardHosts }));
  }

  sealUserData(instanceId: string, text: string): string {
    return this.gatehouse.plane.seal.seal(Buffer.from(text).toString('base64'), userDataPlace(this.gatehouse.account, { InstanceId: instanceId }));
  }
}

export async function startMachines(): Promise<TestMachines> {
  return new TestMachines(await startGatehouse());
}

export function metadataParts({ plane }: TestGatehouse): MetadataParts {
  const { clock, random, newRequestId, store, seal, sessions, authorize, awsManagedPolicies, activeSshKeys, instanceIdentity, warn, denials, audit } = plane;
  return {
    clock, random, newRequestId, store, seal, sessions, authorize, awsManagedPolicies, activeSshKeys, instanceIdentity, warn,
    recordDenial: (...denial) => denials.record(...denial).id,
    recordEvent: (record) => audit.recordEvent(record),
  };
}

/** One endpoint, asked as whoever is inside asks. */
export class AskMetadata {
  readonly #answer: AnswerMetadata;

  constructor(answer: AnswerMetadata) {
    this.#answer = answer;
  }

  ask(target: string, { method = 'GET', headers = {}, ...more }: AskedOptions = {}): Promise<MetadataAnswer> {
    const all: Record<string, string> = { ...('host' in more ? more.host !== undefined && { host: more.host } : { host: '169.254.169.254' }), ...headers };
    return this.#answer({ method, target, header: (name) => all[name] });
  }

  async token(seconds = 300): Promise<string> {
    const { status, body } = await this.ask('/latest/api/token', { method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) } });
    if (status !== 200) throw new Error(`no token: ${status}`);
    return String(body);
  }

  /** With a token of its own. */
  async get(target: string, method = 'GET'): Promise<MetadataAnswer> {
    return this.ask(target, { method, headers: { 'x-aws-ec2-metadata-token': await this.token() } });
  }

  async text(target: string): Promise<string> {
    const { status, body } = await this.get(target);
    if (status !== 200) throw new Error(`${target}: ${status}`);
    return Buffer.from(body).toString();
  }
}

function instanceDoc(number: string): InstanceDoc {
  return {
    InstanceId: '', Region: region, MachineId: `machine-${number}`, ReservationId: 'r-01234567890123456', AmiLaunchIndex: 0, ImageId: 'ami-01234567890123456', InstanceType: 't3.micro', State: 'running', StateTransitionReason: '',
    CreateDate: Date.parse('2026-11-23T09:00:00Z'), LaunchTime: Date.parse('2026-11-23T09:00:00Z'), AvailabilityZone: `${region}a`, PrivateIpAddress: `172.31.0.${Number(number) + 3}`, MacAddress: `02:00:00:00:00:${number}`,
    NetworkInterfaceId: 'eni-01234567890123456', AttachmentId: 'eni-attach-01234567890123456', VolumeId: 'vol-01234567890123456', VolumeSizeGiB: 8, MetadataOptions: options, DisableApiTermination: false, DisableApiStop: false, ShutdownBehavior: 'stop',
  };
}

export const metadataOptions = (changes: Partial<MetadataOptionsDoc>): Pick<InstanceDoc, 'MetadataOptions'> => ({ MetadataOptions: { ...options, ...changes } });
