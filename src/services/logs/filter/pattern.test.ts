/** Filter patterns take what AWS's page says they take, refuse what they do not understand, and cost no more than the message is long. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePattern } from './pattern.ts';
import { compileRegex } from './regex.ts';
import { PatternRefused } from './scanner.ts';

interface Case { readonly takes: readonly string[]; readonly leaves: readonly string[] }

const bad = ['[ERROR 400] BAD REQUEST', '[ERROR 401] UNAUTHORIZED REQUEST', '[ERROR 419] MISSING ARGUMENTS', '[ERROR 420] INVALID ARGUMENTS'];
const trail = JSON.stringify({ eventType: 'UpdateTrail', sourceIPAddress: '111.111.111.111', arrayKey: ['value', 'another value'], objectList: [{ name: 'a', id: 1 }, { name: 'b', id: 2 }], SomeObject: null, ThisFlag: true, 'cluster.name': 'c', errorCode: 400, latency: 50.5, text: '75' });
const user = JSON.stringify({ user: { id: 1, email: 'John.Stiles@example.com' }, users: [{ id: 2, email: 'John.Doe@example.com' }, { id: 3, email: 'Jane.Doe@example.com' }], actions: ['GET', 'PUT', 'DELETE'], coordinates: [[0, 1, 2], [4, 5, 6], [7, 8, 9]] });
const apache = ['127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534', '127.0.0.1 Prod frank [10/Oct/2000:13:35:22 -0700] "GET /about-us/index.html HTTP/1.0" 410 5324', '127.0.0.1 Prod frank [10/Oct/2000:13:50:35 -0700] "GET /a.gif HTTP/1.0" 200 4355'];
const spaced = ['INFO 09/25/2014 12:00:00 GET /service/resource/67 1200', 'INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310', 'WARNING 09/25/2014 12:00:02 Invalid user request', 'ERROR 09/25/2014 12:00:02 Failed to process request'];

const cases: Readonly<Record<string, Case>> = {
  '': { takes: ['anything', ''], leaves: [] },
  '" "': { takes: ['anything', ''], leaves: [] },
  ERROR: { takes: [...bad, 'Exiting with ERRORCODE: -1'], leaves: ['error'] },
  'ERROR ARGUMENTS': { takes: bad.slice(2), leaves: bad.slice(0, 2) },
  '?ERROR ?ARGUMENTS': { takes: [...bad, 'ARGUMENTS'], leaves: ['WARN'] },
  '?ERROR ?ARGUMENTS REQUEST': { takes: ['[INFO] REQUEST FAILED', bad[0]!], leaves: [bad[2]!] },
  '"INTERNAL SERVER ERROR"': { takes: ['[ERROR 500] INTERNAL SERVER ERROR'], leaves: ['INTERNAL ERROR'] },
  'ERROR -ARGUMENTS': { takes: bad.slice(0, 2), leaves: bad.slice(2) },
  'ERROR - "Exiting"': { takes: ['ERROR 1'], leaves: ['Exiting with ERRORCODE: -1'] },
  '-ERROR': { takes: ['INFO'], leaves: bad },
  '"say \\"x\\" \\\\"': { takes: ['he will say "x" \\ now'], leaves: ['say x'] },
  Fehlgröße: { takes: ['die Fehlgröße 3'], leaves: ['x'] },
  '%AUTHORIZED%': { takes: ['[ERROR 401] UNAUTHORIZED REQUEST', '[SUCCESS 200] AUTHORIZED REQUEST'], leaves: ['authorized'] },
  '{ $.eventType = "UpdateTrail" }': { takes: [trail], leaves: [user, 'UpdateTrail', '{"eventType":', '{"eventType":"updatetrail"}'] },
  '{$.eventType=UpdateTrail}': { takes: [trail], leaves: [user] },
  '{ $.sourceIPAddress != 123.123.* }': { takes: [trail], leaves: ['{"sourceIPAddress":"123.123.1.1"}', '{}', '{"sourceIPAddress":null}'] },
  '{ $.arrayKey[0] = "value" }': { takes: [trail], leaves: ['{"arrayKey":"value"}'] },
  '{ $.arrayKey[2] = "value" }': { takes: [], leaves: [trail] },
  '{ $.objectList[1].id = 2 }': { takes: [trail], leaves: [user, '{"objectList":[1,2]}'] },
  '{ $.eventType = %Trail% }': { takes: [trail], leaves: [user] },
  '{ $.arrayKey[*] = %val.{2}% }': { takes: [trail], leaves: ['{"arrayKey":["va"]}'] },
  '{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }': { takes: [trail], leaves: [user] },
  "{ $.['cluster.name'] = \"c\" }": { takes: [trail], leaves: ['{"cluster":{"name":"c"}}'] },
  '{ $.SomeObject IS NULL }': { takes: [trail], leaves: [user, '{"SomeObject":"null"}'] },
  '{ $.ThisFlag IS TRUE }': { takes: [trail], leaves: ['{"ThisFlag":"true"}', '{"ThisFlag":false}'] },
  '{ $.ThisFlag IS FALSE }': { takes: ['{"ThisFlag":false}'], leaves: [trail] },
  '{ $.SomeOtherObject NOT EXISTS }': { takes: [trail], leaves: ['{"SomeOtherObject":null}'] },
  '{ $.errorCode = 400 }': { takes: [trail], leaves: ['{"errorCode":500}'] },
  '{ $.errorCode != 500 }': { takes: [trail], leaves: ['{"errorCode":500}', '{}'] },
  '{ $.errorCode = 4* }': { takes: [trail], leaves: ['{"errorCode":14}'] },
  '{ $.latency > +50 }': { takes: [trail], leaves: ['{"latency":50}', '{"latency":"x"}', '{"latency":true}'] },
  '{ $.latency <= 5.05e1 }': { takes: [trail], leaves: ['{"latency":51}'] },
  '{ $.text >= 75 }': { takes: [trail], leaves: ['{"text":74}'] },
  '{ $.arrayKey = 1 }': { takes: [], leaves: [trail] },
  '{ $.arrayKey != 1 }': { takes: [], leaves: [trail] },
  '{ $.eventType = *Trail }': { takes: [trail], leaves: ['{"eventType":"TrailX"}'] },
  '{ $.eventType = * }': { takes: [trail], leaves: [user] },
  '{ $.eventType = "Up*ail" }': { takes: ['{"eventType":"Up*ail"}'], leaves: [trail] },
  '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }': { takes: [user], leaves: [trail] },
  '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }': { takes: [], leaves: [user] },
  '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }': { takes: [user], leaves: [] },
  '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }': { takes: [], leaves: [user] },
  '{ $.__proto__ NOT EXISTS && $.constructor NOT EXISTS }': { takes: [trail], leaves: ['{"__proto__":1}'] },
  '[ip=%127\\.0\\.0\\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]': { takes: apache.slice(0, 2), leaves: [apache[2]!, 'a b'] },
  '[..., request =*.html*, status_code = 4*, bytes]': { takes: apache.slice(0, 2), leaves: [apache[2]!, '1 2'] },
  '[..., request=*.html*, status_code=4*,]': { takes: apache.slice(0, 2), leaves: [apache[2]!] },
  '[ip, user, ..., status_code, bytes > 2000]': { takes: apache.slice(1), leaves: [apache[0]!] },
  '[ip, user, username, timestamp, request =*.html*, status_code = 404 || status_code = 410, bytes]': { takes: apache.slice(0, 2), leaves: [apache[2]!] },
  '[ip, user, username, timestamp=10/Oct*, request, status_code = 4* && status_code != 404, bytes]': { takes: [apache[1]!], leaves: [apache[0]!, apache[2]!] },
  '[w1=ERROR, w2]': { takes: [spaced[3]!], leaves: [...spaced.slice(0, 3), 'ERROR'] },
  '[w1=ERROR || w1=WARNING, w2]': { takes: spaced.slice(2), leaves: spaced.slice(0, 2) },
  '[w1!=ERROR && w1!=WARNING, w2]': { takes: spaced.slice(0, 2), leaves: spaced.slice(2) },
  '[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]': { takes: [spaced[0]!], leaves: spaced.slice(1) },
};

for (const [pattern, { takes, leaves }] of Object.entries(cases)) {
  test(`takes what it should: ${pattern}`, () => {
    const matches = compilePattern(pattern);
    for (const message of takes) assert.equal(matches(message), true, message);
    for (const message of leaves) assert.equal(matches(message), false, message);
  });
}

const refused = [
  'ERROR:', 'a.b', '2024-01-01', '"open', '"a"b', '?', '-', '%open', '%a% b', 'a %b%', '%a!%', '%(a)%', '%é%', '%%', '%a**%', '%*a%', '%a{3,2}%', '%a{0}%', '%[%', '%[]%', '%[z-a]%', '%a{9999}%', '%a{500}b{501}%', '%\\q%', '%a^b%', '%a||b%',
  '{', '{}', '{ $.a }', '{ a = 1 }', '{ $ = 1 }', '{ $.a = 1', '{ $.a = 1 } x', '{ $.a == 1 }', '{ $.a > "1" }', '{ $.a > x }', '{ $.a = }', '{ $.a IS NOT NULL }', '{ $.a EXISTS }', '{ $.a IS }', '{ $.*.* = 1 }', '{ $.a[*] = 1 && $.b[*] = 1 && $.c[*] = 1 && $.d[*] = 1 }', '{ $.a = %x% && $.b = %y% && $.c = %z% }', '{ $.a. = 1 }', '{ $.a[-1] = 1 }', '{ $.a = 1 & $.b = 2 }', '{ ($.a = 1 }', `{ ${'('.repeat(60)}$.a = 1${')'.repeat(60)} }`,
  '[', '[a', '[a b]', '[..., a, ...]', '[a = 1 && b = 2]', '[a > x]', '[a] x', '[=1]',
];

for (const pattern of refused) test(`is not understood, and refused: ${pattern.slice(0, 60)}`, () => { assert.throws(() => compilePattern(pattern), PatternRefused); });

test('a regular expression finds what JavaScript finds', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '\\.', '-');
  const expression = fc.array(fc.tuple(atom, fc.constantFrom('', '?', '*', '+', '{2}', '{1,2}', '{2,}')), { minLength: 1, maxLength: 6 }).map((parts) => parts.map(([a, q]) => a + q).join(''));
  const whole = fc.tuple(fc.boolean(), fc.array(expression, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([isStart, parts, isEnd]) => parts.map((part) => `${isStart ? '^' : ''}${part}${isEnd ? '$' : ''}`).join('|'));
  fc.assert(fc.property(whole, fc.stringMatching(/^[ab1. -]{0,12}$/), (source, text) => { assert.equal(compileRegex(source)(text), new RegExp(source, 's').test(text), `${source} in ${text}`); }), { seed: 7, numRuns: 3_000 });
});

test('patterns and messages made to cost are as cheap as others', () => {
  const long = 'a'.repeat(300_000);
  const dear: readonly (readonly [string, string])[] = [
    [`%${'a*'.repeat(400)}b%`, long], ['%[ab]*[ab]*[ab]*[ab]*c$%', long], ['%.*.*.*.*.*x%', long], [`%${'a?'.repeat(400)}${'a'.repeat(90)}b%`, long],
    ['[a, b = x]', '[ '.repeat(150_000)], ['[a, b = x]', '" x'.repeat(100_000)], ['[..., b = x]', 'a '.repeat(150_000)], ['{ $.a = 1 }', `{"a":${'['.repeat(150_000)}`], ['"ab"', long],
  ];
  for (const [pattern, message] of dear) assert.equal(compilePattern(pattern)(message), false, pattern.slice(0, 30));
});
