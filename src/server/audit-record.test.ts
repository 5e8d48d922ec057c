/** Audit records: what CloudTrail would say of a request, as JSON whatever a caller sent. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Caller } from '../base/caller.ts';
import { loadService } from '../model/load.ts';
import type { StructureValue } from '../protocol/protocol.ts';
import { auditRecord } from './audit-record.ts';
import { Exchange } from './exchange.ts';
import { HttpRequest } from './http-request.ts';

const iam = loadService(JSON.parse(readFileSync(new URL('../../models/iam.json', import.meta.url), 'utf8')));
const sts = loadService(JSON.parse(readFileSync(new URL('../../models/sts.json', import.meta.url), 'utf8')));

interface Said { readonly service?: 'iam' | 'sts'; readonly operation?: string; readonly caller?: Caller; readonly input?: StructureValue; readonly output?: StructureValue; readonly userAgent?: string }

function exchangeOf({ service = 'iam', operation = 'GetUser', caller, input, output, userAgent }: Said): Exchange {
  const exchange = new Exchange(new HttpRequest({
    method: 'POST', target: '/', rawHeaders: userAgent === undefined ? [] : ['User-Agent', userAgent], body: new Uint8Array(0), remoteAddress: '192.0.2.7', isSecure: true,
    receivedAt: Date.parse('2026-11-23T10:00:00.750Z'), requestId: '00000000-0000-4000-8000-000000000001',
  }));
  exchange.serviceName = service;
  exchange.operation = { iam, sts }[service].operations.get(operation);
  exchange.region = 'us-east-1';
  exchange.caller = caller;
  exchange.input = input;
  exchange.output = output;
  return exchange;
}

const recordOf = (exchange: Exchange): Record<string, unknown> => JSON.parse(auditRecord(exchange, '00000000-0000-4000-8000-00000000000e'));

const alice: Caller = { kind: 'user', account: '111122223333', arn: 'arn:aws:iam::111122223333:user/alice', principalArn: 'arn:aws:iam::111122223333:user/alice', userId: 'AIDAALICE', principalId: 'AIDAALICE', accessKeyId: 'AKIAALICE', userName: 'alice' };

test('a request is recorded under the names of CloudTrail, in its order', () => {
  const exchange = exchangeOf({ operation: 'CreateUser', caller: alice, input: { UserName: 'bob', Tags: [{ Key: 'k', Value: '"' }] }, output: { User: { UserName: 'bob', CreateDate: Date.parse('2026-11-23T10:00:00Z') } }, userAgent: 'aws-cli/2' });
  assert.equal(JSON.stringify(recordOf(exchange)), JSON.stringify({
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', principalId: 'AIDAALICE', arn: 'arn:aws:iam::111122223333:user/alice', accountId: '111122223333', accessKeyId: 'AKIAALICE', userName: 'alice' },
    eventTime: '2026-11-23T10:00:00Z', eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', awsRegion: 'us-east-1', sourceIPAddress: '192.0.2.7', userAgent: 'aws-cli/2',
    requestParameters: { userName: 'bob', tags: [{ key: 'k', value: '"' }] },
    responseElements: { user: { userName: 'bob', createDate: '2026-11-23T10:00:00Z' } },
    requestID: '00000000-0000-4000-8000-000000000001', eventID: '00000000-0000-4000-8000-00000000000e',
    readOnly: false, eventType: 'AwsApiCall', managementEvent: true, recipientAccountId: '111122223333', eventCategory: 'Management',
  }));
});

test('what only reads is recorded without its answer', () => {
  const record = recordOf(exchangeOf({ caller: alice, input: {}, output: { User: { UserName: 'alice' } } }));
  assert.deepEqual([record['readOnly'], record['requestParameters'], record['responseElements']], [true, {}, null]);
});

test('a refused request is recorded with its error, and with the key it claimed', () => {
  const exchange = exchangeOf({});
  exchange.claimedAccessKeyId = `AKIA"${'x'.repeat(200)}`;
  exchange.error = { code: 'AccessDenied', message: 'User: "a"\n is not', cause: undefined };
  const record = recordOf(exchange);
  assert.deepEqual([record['errorCode'], record['errorMessage']], ['AccessDenied', 'User: "a"\n is not']);
  assert.deepEqual(record['userIdentity'], { type: 'Unknown', accessKeyId: `AKIA"${'x'.repeat(123)}` });
  assert.equal('recipientAccountId' in record, false);
});

test('a request that names no operation of any service is recorded all the same', () => {
  const exchange = exchangeOf({});
  Object.assign(exchange, { operation: undefined, serviceName: 's"3', region: undefined });
  const { eventName, eventSource, awsRegion, readOnly, requestParameters } = recordOf(exchange);
  assert.deepEqual({ eventName, eventSource, awsRegion, readOnly, requestParameters }, { eventName: 'Unknown', eventSource: 's"3.amazonaws.com', awsRegion: 'us-east-1', readOnly: true, requestParameters: null });
});

describe('who called is said of every kind of caller', () => {
  const signed = { account: '111122223333', arn: 'arn', principalArn: 'arn:role', userId: 'id', principalId: 'AROA', accessKeyId: 'ASIA' } as const;
  const session = { issuer: 'AssumeRole', account: '111122223333', principalId: 'AROA', accessKeyId: 'ASIA', secretAccessKey: 'never recorded', issuedAt: 0, expiresAt: 1 } as const;
  const attributes = { creationDate: '1970-01-01T00:00:00Z', mfaAuthenticated: 'false' };
  const said = { principalId: 'id', arn: 'arn', accountId: '111122223333', accessKeyId: 'ASIA' };
  const cases: readonly (readonly [Caller, object])[] = [
    [{ kind: 'anonymous', arn: 'anonymous', userId: 'anonymous' }, { type: 'AWSAccount', principalId: 'anonymous', accountId: 'anonymous' }],
    [{ ...signed, kind: 'root' }, { type: 'Root', ...said }],
    [{ ...signed, kind: 'user', userName: 'alice', session: { ...session, mfaAt: 5 } }, { type: 'IAMUser', ...said, userName: 'alice', sessionContext: { attributes: { ...attributes, mfaAuthenticated: 'true' } } }],
    [{ ...signed, kind: 'role', roleName: 'auditor', session: { ...session, sourceIdentity: 'bob' } }, {
      type: 'AssumedRole', ...said,
      sessionContext: { sessionIssuer: { type: 'Role', principalId: 'AROA', arn: 'arn:role', accountId: '111122223333', userName: 'auditor' }, attributes, sourceIdentity: 'bob' },
    }],
    [{ ...signed, kind: 'federatedUser', session }, { type: 'FederatedUser', ...said, sessionContext: { attributes } }],
  ];
  for (const [caller, identity] of cases) {
    test(caller.kind, () => {
      // Twice: what is said of a caller is kept.
      for (let i = 0; i < 2; i++) assert.deepEqual(recordOf(exchangeOf({ caller }))['userIdentity'], identity);
    });
  }
});

test('secrets are hidden, also where the model does not call them so, and never leave a trace', () => {
  const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';
  const issued = exchangeOf({ service: 'sts', operation: 'AssumeRole', caller: alice, input: { RoleArn: 'arn:aws:iam::111122223333:role/r', TokenCode: '123456' }, output: { Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: 'the-secret', SessionToken: 'the-token', Expiration: 0 } } });
  const text = auditRecord(issued, 'e');
  assert.doesNotMatch(text, /the-secret|the-token|123456/);
  const { requestParameters, responseElements } = JSON.parse(text) as Record<string, unknown>;
  assert.deepEqual(requestParameters, { roleArn: 'arn:aws:iam::111122223333:role/r', tokenCode: hidden });
  assert.deepEqual(responseElements, { credentials: { accessKeyId: 'ASIA', secretAccessKey: hidden, sessionToken: hidden, expiration: '1970-01-01T00:00:00Z' } });
});

test('whatever callers send, a record is one line of JSON that says it', () => {
  const anything = fc.oneof(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }), fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u2028', '\0', '\ud800', '}', ',', ':', 'a') }));
  fc.assert(fc.property(fc.record({ userAgent: anything, name: anything, key: anything, message: anything, region: anything, service: anything }), ({ userAgent, name, key, message, region, service }) => {
    const exchange = exchangeOf({ operation: 'CreateUser', input: { UserName: name, Tags: [{ Key: key, Value: message }] }, userAgent });
    Object.assign(exchange, { serviceName: service, region, error: { code: 'ValidationError', message, cause: undefined } });
    const line = auditRecord(exchange, 'event');
    assert.ok(!line.includes('\n'));
    const record: Record<string, unknown> = JSON.parse(line);
    assert.deepEqual(
      [record['userAgent'], record['awsRegion'], record['errorMessage'], record['eventSource'], record['requestParameters']],
      [userAgent.slice(0, 1_024), region, message, `${service}.amazonaws.com`, { userName: name, tags: [{ key, value: message }] }],
    );
    assert.ok(line.isWellFormed());
  }), { seed: 1, numRuns: 500 });
});
