/** The request log: lines in the log's form, JSON whatever a caller sent, and our own failures with their cause. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Exchange } from './exchange.ts';
import { HttpRequest } from './http-request.ts';
import { openLog } from './log.ts';
import { prettyLine } from './pretty-log.ts';
import { requestLine, requestLogger } from './request-log.ts';

const receivedAt = Date.parse('2026-11-23T10:00:00.007Z');
const requestId = '00000000-0000-4000-8000-000000000001';

function exchangeOf(said: Partial<Exchange> = {}): Exchange {
  const request = new HttpRequest({ method: 'POST', target: '/?secret', rawHeaders: ['Authorization', 'secret'], body: Buffer.from('secret'), remoteAddress: '192.0.2.7', isSecure: true, receivedAt, requestId });
  return Object.assign(new Exchange(request), said);
}

test('a line says who asked for what, what came of it and how long it took, in the log\'s form', () => {
  const line = requestLine(exchangeOf({ serviceName: 'iam', decision: 'allowed' }), 200, receivedAt + 12);
  const written: string[] = [];
  openLog({ write: (text) => void written.push(text) }, () => receivedAt + 12).info('', { requestId, caller: 'anonymous', action: 'iam:Unknown', decision: 'allowed', status: 200, ms: 12 });
  assert.deepEqual([line], written.map((text) => text.replace(',"msg":""', '')));
});

test('a key that was not proven is not named, and a clock that went back is not told', () => {
  const record = JSON.parse(requestLine(exchangeOf({ claimedAccessKeyId: 'AKIAIOSFODNN7EXAMPLE', error: { code: 'SignatureDoesNotMatch', message: 'secret', cause: undefined } }), 403, receivedAt - 5_000));
  assert.deepEqual(record, { level: 30, time: '2026-11-23T09:59:55.007Z', pid: process.pid, requestId, caller: 'unproven', decision: 'none', status: 403, ms: 0, error: 'SignatureDoesNotMatch' });
});

test('nothing of headers, parameters, body or messages is in a line', () => {
  assert.doesNotMatch(requestLine(exchangeOf({ error: { code: 'AccessDenied', message: 'secret', cause: new Error('secret') } }), 403, receivedAt), /secret/);
});

test('whatever callers send, a line is one line of JSON that says it', () => {
  fc.assert(fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }), (serviceName) => {
    const line = requestLine(exchangeOf({ serviceName }), 501, receivedAt);
    assert.equal(line.indexOf('\n'), line.length - 1);
    assert.equal(JSON.parse(line).action, `${serviceName}:Unknown`);
  }), { seed: 1 });
});

test('our own failure is an error in the log, with its cause; a caller\'s is a line like any other', () => {
  const lines: string[] = [];
  const output = { write: (text: string) => void lines.push(text) };
  const logger = requestLogger(output, () => receivedAt + 1);
  logger(exchangeOf({ serviceName: 'iam', error: { code: 'InternalFailure', message: 'unknown', cause: new Error('the bug') } }), 500);
  logger(exchangeOf({ serviceName: 'iam', error: { code: 'NotImplemented', message: 'not yet', cause: undefined } }), 501);
  const [failure, refusal] = lines.map((line) => JSON.parse(line));
  assert.deepEqual([failure.level, failure.requestId, failure.status, failure.error, failure.err.message], [50, requestId, 500, 'InternalFailure', 'the bug']);
  assert.deepEqual([refusal.level, refusal.error], [30, 'NotImplemented']);
});

test('on a terminal a line is for the eye', () => {
  const line = prettyLine(requestLine(exchangeOf({ serviceName: 'iam' }), 200, receivedAt));
  assert.equal(line.replaceAll(/\x1b\[\d+m/g, ''), '10:00:00 200 iam:Unknown  anonymous 0 ms\n');
});

test('why a token was refused is said, in our words and not without end; of other refusals nothing', () => {
  const refused = (name: string, message: string, cause?: unknown) => requestLine(exchangeOf({ error: { code: 'InvalidIdentityToken', message: 'x', cause: Object.assign(new Error(message, { cause }), { name }) } }), 400, receivedAt);
  assert.equal(JSON.parse(refused('IssuerUnreachable', 'it cannot be reached', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).reason, 'it cannot be reached (ECONNREFUSED)');
  assert.equal(JSON.parse(refused('TokenRefused', `audience: "\n${'x'.repeat(1_000)}`)).reason.length, 200);
  assert.equal('reason' in JSON.parse(refused('Error', 'secret')), false);
  assert.match(prettyLine(refused('TokenRefused', 'audience: other')).replaceAll(/\x1b\[\d+m/g, ''), /400 - InvalidIdentityToken \(audience: other\) anonymous 0 ms/);
});
