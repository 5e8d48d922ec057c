/** A service is loaded with its first request, and that request is held to all that any later one is held to. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { LazyService } from '../../src/server/lazy-service.ts';
import { readModel } from '../../src/server/read-model.ts';
import { loadedServices, services } from '../../src/services/index.ts';
import type { AnyOperation } from '../../src/services/operation.ts';
import type { Operation } from '../../src/model/service.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';
import type { RequestToSign } from '../sign-request.ts';

const loaded = await loadedServices();

for (const row of services) {
  test(`the card of ${row.card.name} says what its model says`, () => {
    const { model } = new LazyService(row, readModel);
    const { name, signingName, protocol, apiVersion, targetPrefix } = model;
    assert.deepEqual({ targetPrefix: undefined, ...row.card }, { name, signingName, protocol, apiVersion, targetPrefix });
  });
}

/** An operation that asks permission and can be asked for with nothing said. */
function plainOperation(name: string): Operation | undefined {
  const row = services.find(({ card }) => card.name === name)!;
  const { operations } = loaded.find((definition) => definition.name === name)!;
  const asksPlainly = ({ proof = 'signature', access, accounts }: AnyOperation): boolean => proof === 'signature' && typeof access === 'function' && !accounts;
  return [...new LazyService(row, readModel).model.operations.values()].find((operation) => {
    const definition = operations.get(operation.name);
    return definition && asksPlainly(definition) && !operation.http.requestUri.includes('{') && ![...(operation.input?.members.values() ?? [])].some(({ isRequired }) => isRequired);
  });
}

/** The request for it as its wire writes it. */
function wireOf({ name, service: { protocol, apiVersion, targetPrefix, jsonVersion }, http }: Operation): Partial<RequestToSign> {
  switch (protocol) {
    case 'awsQuery':
    case 'ec2Query':
      return { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: `Action=${name}&Version=${apiVersion}` };
    case 'awsJson':
      return { headers: { 'Content-Type': `application/x-amz-json-${jsonVersion}`, 'X-Amz-Target': `${targetPrefix}.${name}` }, body: '{}' };
    default:
      return { method: http.method, target: http.requestUri };
  }
}

async function ask(gatehouse: TestGatehouse, operation: Operation, key: KeyPair | undefined): Promise<{ readonly status: number; readonly decision: unknown }> {
  const { accessKeyId, secretAccessKey } = key ?? { accessKeyId: 'none', secretAccessKey: 'none' };
  const { method, target, rawHeaders, body } = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, region: 'us-east-1', service: operation.service.signingName, ...wireOf(operation) });
  const headers = Array.from({ length: rawHeaders.length / 2 }, (_, i) => [rawHeaders[2 * i]!, rawHeaders[2 * i + 1]!] as const).filter(([name]) => key || !/^(?:authorization|x-amz-date)$/i.test(name));
  const { status, headers: answered } = await gatehouse.send({ method, target, headers, body });
  const line = gatehouse.logLines.find((each) => Reflect.get(each, 'requestId') === answered['x-amzn-RequestId']);
  return { status, decision: line && Reflect.get(line, 'decision') };
}

/** A user without any policy, made by calls that load IAM alone. */
async function nobody(gatehouse: TestGatehouse): Promise<KeyPair> {
  await gatehouse.iam().send(new CreateUserCommand({ UserName: 'nobody' }));
  const { AccessKey } = await gatehouse.iam().send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

describe('the first request of a service', () => {
  for (const { card: { name } } of services) {
    const operation = plainOperation(name);
    if (!operation) continue;
    test(`${name}: many at once, none of them waved through (${operation.name})`, async () => {
      const gatehouse = await startGatehouse();
      const key = await nobody(gatehouse);
      if (name !== 'iam') assert.equal(gatehouse.plane.services.get(name)!.served, undefined);
      const forged = { ...key, secretAccessKey: 'x'.repeat(40) };
      const answers = await Promise.all([undefined, forged, key, gatehouse.admin, key, forged, undefined].map((each) => ask(gatehouse, operation, each)));
      assert.ok(gatehouse.plane.services.get(name)!.served);
      const [unsigned, wrong, denied, allowed, ...others] = answers;
      assert.ok(unsigned!.status >= 400 && unsigned!.status < 500 && wrong!.status >= 400 && wrong!.status < 500, JSON.stringify(answers));
      assert.deepEqual([unsigned!.decision, wrong!.decision, denied!.decision, allowed!.decision], ['none', 'none', 'denied', 'allowed']);
      assert.deepEqual(others, [denied, wrong, unsigned]);
      // And the same once it is there.
      assert.deepEqual(await ask(gatehouse, operation, key), denied);
      await gatehouse.stop();
    });
  }

  test('that cannot be loaded is an InternalFailure, and the next one tries again', async () => {
    const gatehouse = await startGatehouse();
    const row = services.find(({ card }) => card.name === 'sts')!;
    let isBroken = true;
    const service = new LazyService({ ...row, load: () => (isBroken ? Promise.reject(new Error('torn file')) : row.load()) }, readModel);
    // The map is the plane's own; a test may put another service into it.
    (gatehouse.plane.services as Map<string, LazyService>).set('sts', service);
    const operation = service.model.operations.get('GetCallerIdentity')!;
    const statuses = await Promise.all([1, 2].map(() => ask(gatehouse, operation, gatehouse.admin)));
    assert.deepEqual(statuses.map(({ status }) => status), [500, 500]);
    isBroken = false;
    assert.equal((await ask(gatehouse, operation, gatehouse.admin)).status, 200);
    await gatehouse.stop();
  });
});
