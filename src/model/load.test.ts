/** Linking a model: every trait finds its place, shapes may contain themselves, and what is broken says so. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compilePattern } from './pattern.ts';
import { loadService } from './load.ts';
import type { Shape } from './service.ts';

const model = {
  service: 'things', serviceId: 'Things', signingName: 'things', apiVersion: '2026-11-24', protocol: 'restXml', xmlNamespace: 'https://things.example.com/', isGlobal: true, isValueEchoed: true,
  patternMessages: { Name: 'It must be plain.' },
  operations: { MakeThing: { http: { method: 'PUT', requestUri: '/{Name}', responseCode: 201 }, input: 'Thing', output: 'Thing', resultWrapper: 'MakeThingResult', errors: ['NoThing'] }, Ping: { errors: [] }, Broken: { input: 'Gone', errors: [] }, Odd: { input: 'Name', errors: [] } },
  errors: { NoThing: { shape: 'NoThingException', status: 404, fault: 'Sender' } },
  shapes: {
    Thing: { type: 'structure', required: ['Name'], payload: 'Body', members: { Name: { shape: 'Name', location: 'uri', locationName: 'name' }, Parent: 'Thing', Parts: { shape: 'Things', flattened: true }, Body: 'Body', At: { shape: 'At', timestampFormat: 'unixTimestamp' }, Kind: { shape: 'Name', xmlAttribute: true, xmlNamespace: { uri: 'http://x', prefix: 'x' }, queryName: 'kind' }, Labels: 'Labels' } },
    Name: { type: 'string', min: 1, max: 5, pattern: '[a-z]*', enum: ['a'], sensitive: true },
    Things: { type: 'list', member: { shape: 'Thing', locationName: 'item' }, max: 3 },
    Labels: { type: 'map', key: 'Name', value: 'Thing', flattened: true },
    Body: { type: 'blob', streaming: true },
    At: { type: 'timestamp', timestampFormat: 'rfc822' },
    Weird: { type: 'bigdecimal' },
  },
};

describe('a linked service', () => {
  const service = loadService(model);
  const make = service.operations.get('MakeThing')!;
  const member = (name: string) => make.input!.members.get(name)!;

  test('it carries its own traits', () => {
    assert.deepEqual([service.name, service.protocol, service.isGlobal, service.isValueEchoed, service.xmlNamespace, service.targetPrefix], ['things', 'restXml', true, true, 'https://things.example.com/', undefined]);
    assert.deepEqual(service.errors.get('NoThing'), { code: 'NoThing', status: 404, fault: 'Sender' });
    assert.equal(make.service, service);
  });

  test('an operation carries its own', () => {
    assert.deepEqual(make.http, { method: 'PUT', requestUri: '/{Name}', responseCode: 201 });
    assert.deepEqual([make.resultWrapper, [...make.errors]], ['MakeThingResult', ['NoThing']]);
    const ping = service.operations.get('Ping')!;
    assert.deepEqual([ping.http, ping.input, ping.output, ping.resultWrapper], [{ method: 'POST', requestUri: '/' }, undefined, undefined, undefined]);
  });

  test('members carry theirs', () => {
    assert.deepEqual([member('Name').isRequired, member('Name').location, member('Name').locationName, member('Name').patternMessage], [true, 'uri', 'name', 'It must be plain.']);
    assert.deepEqual([member('Parent').isRequired, member('Parent').locationName, member('Parts').isFlattened], [false, undefined, true]);
    assert.deepEqual([member('Kind').isXmlAttribute, member('Kind').xmlNamespace, member('Kind').queryName], [true, { uri: 'http://x', prefix: 'x' }, 'kind']);
  });

  test('shapes carry theirs, and each is the same object wherever it is reached', () => {
    const { input, output } = make;
    assert.equal(input, output);
    assert.equal(member('Parent').shape, input);
    const parts = member('Parts').shape as Shape & { readonly type: 'list' };
    assert.deepEqual([parts.type, parts.max, parts.member.locationName, parts.isFlattened], ['list', 3, 'item', false]);
    assert.equal(parts.member.shape, input);
    assert.deepEqual(member('Name').shape, { name: 'Name', isSensitive: true, type: 'string', min: 1, max: 5, pattern: '[a-z]*', enum: ['a'] });
    assert.deepEqual([member('Body').shape, input!.payload], [{ name: 'Body', isSensitive: false, type: 'blob' }, 'Body']);
    assert.equal((member('Labels').shape as Shape & { readonly type: 'map' }).isFlattened, true);
  });

  test('a member\'s timestamp format overrides its shape\'s', () => {
    assert.equal((member('At').shape as Shape & { readonly type: 'timestamp' }).format, 'unixTimestamp');
  });

  test('a missing shape, or one of the wrong kind, says so when it is looked at', () => {
    assert.throws(() => service.operations.get('Broken')!.input, /no shape Gone/);
    assert.throws(() => service.operations.get('Odd')!.input, /Name is a string, not a structure/);
  });
});

for (const [what, json] of [['null', null], ['text', 'x'], ['an empty object', {}], ['a model without operations', { ...model, operations: undefined }], ['a model that does not say whether it echoes', { ...model, isValueEchoed: undefined }]] as const) {
  test(`${what} is no model`, () => assert.throws(() => loadService(json), /service model/));
}

describe('patterns', () => {
  test('the whole text must match, as in Java', () => {
    assert.ok(compilePattern('[a-z]+|x').test('abc'));
    assert.ok(!compilePattern('[a-z]+|x').test('abc1'));
    assert.ok(!compilePattern('[a-z]+').test('abc\n'));
    assert.ok(!compilePattern('^[a-z]+$').test('abc\n'));
  });
  test('classes count characters, and escapes that JavaScript forbids are taken off', () => {
    assert.ok(compilePattern('[^a]').test('\u{1f511}'));
    assert.ok(compilePattern('[\\w\\:\\,]*').test('a:,'));
    assert.ok(compilePattern('[\\p{L}+\\-@]+').test('\u00e9+-@'));
    assert.ok(compilePattern('[\\u0020-\\u00FF]+').test(' \u00ff'));
  });
  test('one that JavaScript cannot express throws', () => assert.throws(() => compilePattern('a++'), SyntaxError));
});
