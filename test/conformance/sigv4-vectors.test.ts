/** Holds signature verification to the test suite that AWS publishes for Signature Version 4. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { objectPath } from '../../src/proof/sigv4/canonical-path.ts';
import { readClaim } from '../../src/proof/sigv4/claim.ts';
import { signatureDialects } from '../../src/proof/sigv4/dialect.ts';
import { SigningKey } from '../../src/proof/sigv4/signing-key.ts';
import { isSignedBy } from '../../src/proof/sigv4/verify.ts';

interface Vector {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  /** Absent where the signature stands in the target. */
  readonly signedHeaders?: string;
  readonly signature?: string;
  /** False where the path is signed as it is. */
  readonly isNormalized?: false;
}

const suite = JSON.parse(readFileSync(new URL('sigv4-vectors.json', import.meta.url), 'utf8')) as { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string; readonly service: string; readonly vectors: readonly Vector[] };

/** As node:http hands it out: one character a byte. */
const wire = (text: string): string => Buffer.from(text).toString('latin1');

for (const { name, method, target, headers, body = '', signedHeaders, signature, isNormalized = true } of suite.vectors) {
  test(`${name}: the published signature verifies, and another does not`, () => {
    const authorization = signedHeaders === undefined ? [] : ['Authorization', `AWS4-HMAC-SHA256 Credential=${suite.accessKeyId}/20150830/${suite.region}/${suite.service}/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`];
    const request = { method, target: wire(target), rawHeaders: [...headers.flat().map(wire), ...authorization], body: Buffer.from(body) };
    const dialect = isNormalized ? signatureDialects.standard : { ...signatureDialects.standard, path: objectPath };
    const claim = readClaim(request);
    assert.ok(claim);
    assert.equal(isSignedBy(new SigningKey(suite.secretAccessKey, claim), claim, request, dialect), true);
    assert.equal(isSignedBy(new SigningKey(`${suite.secretAccessKey}x`, claim), claim, request, dialect), false);
    assert.equal(isSignedBy(new SigningKey(suite.secretAccessKey, claim), claim, { ...request, body: Buffer.from(`${body}x`) }, dialect), false);
  });
}
