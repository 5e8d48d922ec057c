/** Routing: which service a request is for, by its host, its signature's scope or what it names, and which operation. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError } from '../base/api-error.ts';
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import { services as rows } from '../services/index.ts';
import { HttpRequest } from './http-request.ts';
import { operationOf, serviceOf } from './route.ts';
import { readModel } from './read-model.ts';
import { LazyService } from './lazy-service.ts';
import type { Services } from './route.ts';

const services: Services = new Map(rows.map((row) => [row.card.name, new LazyService(row, readModel)]));

function requestOf({ host, body = '', method = 'POST', target = '/' }: { readonly host?: string; readonly body?: string; readonly method?: string; readonly target?: string }): HttpRequest {
  return new HttpRequest({ method, target, rawHeaders: host === undefined ? [] : ['HOST', host], body: Buffer.from(body), remoteAddress: '192.0.2.7', isSecure: true, receivedAt: 0, requestId: 'id' });
}

/** Only the scope's service matters to routing. */
const claimOf = (service: string): SignatureClaim => ({ service }) as SignatureClaim;

const named = (request: HttpRequest, scope?: string): string | undefined => serviceOf(request, scope === undefined ? undefined : claimOf(scope), services)?.card.name;

describe('a service is named', () => {
  for (const [host, name] of [
    ['iam.amazonaws.com', 'iam'], ['STS.eu-west-1.example.net:4566', 'sts'], ['iam.localhost', 'iam'],
  ] as const) test(`by the host ${host}, whatever the signature was made for`, () => assert.equal(named(requestOf({ host }), name === 'iam' ? 'sts' : 'iam'), name));

  for (const host of ['127.0.0.1:4566', 'localhost:4566', 'example.iam.net', '.iam', 'iam', 'gatehouse.example.net', '__proto__.x', 'constructor.x', undefined]) {
    test(`by the scope where the host ${host} names none`, () => {
      assert.equal(named(requestOf({ ...(host !== undefined && { host }) }), 'sts'), 'sts');
      assert.equal(named(requestOf({ ...(host !== undefined && { host }) }), 'sqs'), undefined);
    });
  }

  test('by action and version where nothing is signed', () => {
    assert.equal(named(requestOf({ body: 'Action=AssumeRoleWithWebIdentity&Version=2011-06-15' })), 'sts');
    assert.equal(named(requestOf({ method: 'GET', target: '/?Action=ListUsers&Version=2010-05-08' })), 'iam');
    assert.equal(named(requestOf({ body: 'Action=AssumeRoleWithWebIdentity&Version=2010-05-08' })), undefined);
    assert.equal(named(requestOf({ body: 'Action=toString&Version=2011-06-15' })), undefined);
    assert.equal(named(requestOf({})), undefined);
  });
});

describe('an operation', () => {
  const sts = services.get('sts')!;

  test('is the one that the request names, in the letter case of the model', () => {
    assert.equal(operationOf(requestOf({ body: 'Version=2011-06-15&Action=GetCallerIdentity' }), sts).name, 'GetCallerIdentity');
    // Of two, the first counts; what the query says comes before what the body says.
    assert.equal(operationOf(requestOf({ target: '/?Action=GetCallerIdentity', body: 'Action=AssumeRole&Version=2011-06-15' }), sts).name, 'GetCallerIdentity');
  });

  for (const body of ['Action=getcalleridentity&Version=2011-06-15', 'Action=GetCallerIdentity', 'Action=GetCallerIdentity&Version=2010-05-08', 'Action=ListUsers&Version=2011-06-15', 'Action=__proto__&Version=2011-06-15', '']) {
    test(`that does not exist is an InvalidAction: ${body}`, () => {
      assert.throws(() => operationOf(requestOf({ body }), sts), (thrown) => thrown instanceof ApiError && thrown.name === 'InvalidAction' && /^Could not find operation /.test(thrown.message));
    });
  }
});
