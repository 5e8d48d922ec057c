/** What the XML writer can say that Smithy's awsQuery cases do not ask: attributes, and flattened lists as botocore's older models write them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadService } from '../model/load.ts';
import type { StructureValue } from './protocol.ts';
import { contentWriter } from './xml-output.ts';

const service = loadService({
  service: 'x', serviceId: 'X', signingName: 'x', apiVersion: '1', protocol: 'restXml', isGlobal: false, isValueEchoed: false, patternMessages: {}, errors: {},
  operations: { Do: { output: 'Out', errors: [] } },
  shapes: {
    Out: { type: 'structure', members: { Grantee: { shape: 'Grantee', xmlNamespace: { prefix: 'xsi', uri: 'http://www.w3.org/2001/XMLSchema-instance' } }, List: 'Named', Map: { shape: 'Map', locationName: 'Attribute' }, Depth: 'Out' } },
    Grantee: { type: 'structure', members: { Type: { shape: 'Text', locationName: 'xsi:type', xmlAttribute: true }, Name: 'Text' } },
    Named: { type: 'list', flattened: true, member: { shape: 'Text', locationName: 'NamedList' } },
    Map: { type: 'map', flattened: true, key: { shape: 'Text', locationName: 'Name' }, value: { shape: 'Text', locationName: 'Value' } },
    Text: { type: 'string' },
  },
});
const write = (output: StructureValue): string => contentWriter(service.operations.get('Do')!.output!)(output);

test('attributes stand in their structure\'s own tag, escaped', () => {
  assert.equal(write({ Grantee: { Type: 'a"<b>\n', Name: 'n' } }), '<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="a&quot;&lt;b&gt;&#xA;"><Name>n</Name></Grantee>');
  assert.equal(write({ Grantee: { Name: 'n' } }), '<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Name>n</Name></Grantee>');
});

test('a list that is itself flattened takes the name that it gives its members, a map the name of its place', () => {
  assert.equal(write({ List: ['a', 'b'], Map: { k: 'v' } }), '<NamedList>a</NamedList><NamedList>b</NamedList><Attribute><Name>k</Name><Value>v</Value></Attribute>');
});

test('a structure within itself is written, and absent members are not', () => {
  assert.equal(write({ Depth: { Depth: { List: ['x'] } }, Map: undefined }), '<Depth><Depth><NamedList>x</NamedList></Depth></Depth>');
});
