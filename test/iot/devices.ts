/** A Gatehouse with a listener for devices in front of it, and devices with certificates. */
import { request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { listenForDevices } from '../../src/doors/mtls/listener.ts';
import { deviceGround, makePair } from '../../src/server/device-listener.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { callRest } from '../rest-call.ts';
import type { RestAnswer } from '../rest-call.ts';
import { seededRandom } from '../seeded-random.ts';

export interface ShownKeys { readonly cert?: string; readonly key?: string }
export interface DeviceAnswer { readonly status: number; readonly json: { readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string; readonly expiration: string }; readonly message?: string }; readonly headers: Readonly<Record<string, unknown>> }

export interface Devices {
  readonly gatehouse: TestGatehouse;
  readonly port: number;
  /** The certificate of whoever signed what the listener shows. */
  readonly ca: string;
  call(method: string, target: string, body?: object, headers?: Readonly<Record<string, string>>, key?: KeyPair): Promise<RestAnswer>;
  ask(alias: string, keys: ShownKeys, options?: RequestOptions): Promise<DeviceAnswer>;
  /** A device with an active certificate: of a thing where one is named, with a policy that lets it have an alias. */
  device(options: { readonly thing?: string; readonly policy?: string }): Promise<{ readonly cert: string; readonly key: string; readonly id: string; readonly arn: string }>;
  role(name: string, trust?: object): Promise<string>;
  stop(): Promise<void>;
}

export const trustingDevices = (condition?: object): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'credentials.iot.amazonaws.com' }, Action: 'sts:AssumeRole', ...(condition && { Condition: condition }) }] });

export async function startDevices(): Promise<Devices> {
  // Certificates are of the machine's time: OpenSSL takes no other.
  const gatehouse = await startGatehouse({ startsAt: Date.now(), issuerBaseUrl: 'https://127.0.0.1:1' });
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-devices-'));
  const files = { key: join(folder, 'key.pem'), certificate: join(folder, 'ca.pem') };
  const pair = makePair('127.0.0.1', files, seededRandom('devices'), Date.now());
  const listener = await listenForDevices(deviceGround(gatehouse.plane), { host: '127.0.0.1', port: 0, ...pair });
  const ca = readFileSync(files.certificate, 'utf8');
  const call: Devices['call'] = (method, target, body, headers, key) => callRest(gatehouse, { service: 'iot', method, target, body, ...(headers && { headers }) }, key);
  return {
    gatehouse, port: listener.port, ca, call,
    ask: (alias, keys, options = {}) => new Promise((resolve, reject) => {
      const request = httpsRequest({ host: '127.0.0.1', port: listener.port, path: `/role-aliases/${alias}/credentials`, ca, agent: false, ...keys, ...options }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, json: JSON.parse(Buffer.concat(pieces).toString() || '{}') as DeviceAnswer['json'] }));
      });
      request.on('error', reject);
      request.end();
    }),
    async device({ thing, policy }) {
      const { json } = await call('POST', '/keys-and-certificate?setAsActive=true');
      if (policy !== undefined) assert.equal((await call('PUT', `/target-policies/${policy}`, { target: json.certificateArn })).status, 200);
      if (thing !== undefined) {
        assert.equal((await call('POST', `/things/${thing}`, {})).status, 200);
        assert.equal((await call('PUT', `/things/${thing}/principals`, undefined, { 'x-amzn-principal': json.certificateArn })).status, 200);
      }
      return { cert: json.certificatePem, key: json.keyPair.PrivateKey, id: json.certificateId, arn: json.certificateArn };
    },
    async role(RoleName, trust = trustingDevices()) {
      const { Role } = await gatehouse.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
      return Role!.Arn!;
    },
    async stop() {
      await listener.close();
      await gatehouse.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export const allowing = (Resource: string | readonly string[], Condition?: object): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:AssumeRoleWithCertificate', Resource, ...(Condition && { Condition }) }] });
