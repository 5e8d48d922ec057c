/** Holds the models to an independent reading of AWS's own: each service's operations are those of the SDK's client, but for the differences named here. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as iamClient from '@aws-sdk/client-iam';
import * as s3Client from '@aws-sdk/client-s3';
import * as stsClient from '@aws-sdk/client-sts';
import { compilePattern } from '../../src/model/pattern.ts';
import { loadService } from '../../src/model/load.ts';
import type { Member, Service, Shape } from '../../src/model/service.ts';

interface Difference { readonly service: string; readonly client: object; readonly onlyInClient: readonly string[]; readonly onlyInModel: readonly string[] }

/** A ledger that may only shrink. */
const ledger: readonly Difference[] = [
  // These came to AWS after botocore 1.43.11; `npm run refresh-models` with a newer botocore brings those that it knows.
  { service: 'iam', client: iamClient, onlyInClient: ['AcquireRole', 'GetAccountProperties', 'GetRoleTemplateVersion', 'PutAccountProperties'], onlyInModel: [] },
  { service: 'sts', client: stsClient, onlyInClient: ['GetScopedCredentials'], onlyInModel: [] },
  // ListDirectoryBuckets is S3 Express's, and left out (scripts/s3-model.ts).
  { service: 's3', client: s3Client, onlyInClient: ['DeleteObjectAnnotation', 'GetObjectAnnotation', 'ListDirectoryBuckets', 'ListObjectAnnotations', 'PutObjectAnnotation', 'UpdateBucketMetadataAnnotationTableConfiguration'], onlyInModel: [] },
];

const load = (name: string): Service => loadService(JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')));

function shapesOf(service: Service): ReadonlySet<Shape> {
  const shapes = new Set<Shape>();
  const visit = (shape: Shape): void => {
    if (shapes.has(shape)) return;
    shapes.add(shape);
    const members: readonly Member[] = shape.type === 'structure' ? [...shape.members.values()] : shape.type === 'list' ? [shape.member] : shape.type === 'map' ? [shape.key, shape.value] : [];
    for (const member of members) visit(member.shape);
  };
  for (const { input, output } of service.operations.values()) for (const shape of [input, output]) if (shape) visit(shape);
  return shapes;
}

for (const { service: name, client, onlyInClient, onlyInModel } of ledger) {
  describe(name, () => {
    const service = load(name);
    const inClient = Object.keys(client).filter((key) => /^[A-Z]\w+Command$/.test(key)).map((key) => key.slice(0, -'Command'.length));

    test('its operations are those of the SDK client, but for the ledger', () => {
      const advice = "if you are here because this assertion failed: AWS has changed the service. Refresh the model if botocore knows the operation; else name it in this file's ledger";
      assert.ok(inClient.length > 5);
      assert.deepEqual(inClient.filter((operation) => !service.operations.has(operation)).sort(), onlyInClient, advice);
      assert.deepEqual([...service.operations.keys()].filter((operation) => !inClient.includes(operation)).sort(), onlyInModel, advice);
    });

    test('every shape that an operation reaches can be linked, and every error it lists is known', () => {
      assert.ok(shapesOf(service).size > 20);
      for (const operation of service.operations.values()) for (const code of operation.errors) assert.ok(service.errors.has(code), `${operation.name}: ${code}`);
    });

    test('every operation with an output wraps it in its result', { skip: service.protocol === 'awsQuery' ? false : 'its wire has no such element' }, () => {
      for (const { name: operation, output, resultWrapper } of service.operations.values()) assert.equal(resultWrapper, output && `${operation}Result`, operation);
    });

    test('no pattern can be made to run for long', () => {
      const patterns = new Set([...shapesOf(service)].flatMap((shape) => (shape.type === 'string' && shape.pattern !== undefined ? [shape.pattern] : [])));
      assert.ok(patterns.size > 1);
      for (const pattern of patterns) {
        const expression = compilePattern(pattern);
        // All of it takes milliseconds; a pattern that backtracks would not come back from one of these.
        for (const text of adversarialTexts()) expression.test(text);
      }
    });
  });
}

const adversarialLength = 10_000;

/** Runs that many parts of a pattern could share out among themselves, each spoilt at the end. */
function* adversarialTexts(): Iterable<string> {
  const fills = ['a', 'A', '0', '/', '-', '.', '=', ' ', ',', '\u00e9', 'a-', '/a', '/a/', 'a.', '0-', 'v1', 'v1.', 'http://a', 'o-aaaaaaaaaa/r-aaaa/', 'o-aaaaaaaaaa', 'aA0', '??', '#a'];
  for (const fill of fills) {
    const run = fill.repeat(adversarialLength / fill.length);
    for (const head of ['', 'o-', 'p-', 'v1.', 'https://', 'o-aaaaaaaaaa/r-aaaa/', '/']) for (const tail of ['', '\u0000', '!', '\n', '/', '-']) yield head + run + tail;
  }
}
