/** Hostile input: what it costs against benign input of the same size, and what it does to the engines that a user could pick instead. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compilePolicy } from '../../src/policy/compile.ts';
import { decide } from '../../src/policy/decide.ts';
import type { AppliedPolicy, ContextValue, DecisionRequest, Principal } from '../../src/policy/types.ts';
import type { Figure } from '../measure.ts';
import { alternate, ratios, spread } from '../spread.ts';
import { account } from './workload.ts';
import { wildcardLevels } from './workloads.ts';

const patienceSeconds = 10;

/** Each peer on each level of W4, up to the first that it does not answer in time: its process is then ended, and it hangs. */
export function peersOnPathological(): readonly Figure[] {
  return ['casbin', 'pbac'].flatMap((peer) => {
    const figures: Figure[] = [];
    for (const wildcards of wildcardLevels) {
      const { status, stdout, stderr, signal } = spawnSync(process.execPath, [join(import.meta.dirname, 'peer-on-w4.ts'), peer, String(wildcards)], { encoding: 'utf8', timeout: patienceSeconds * 1_000, killSignal: 'SIGKILL' });
      const hangs = signal === 'SIGKILL';
      if (!hangs && status !== 0) throw new Error(`${peer} ended with ${status}: ${stderr}`);
      const seconds = hangs ? patienceSeconds : Number(stdout) / 1_000;
      figures.push({ measure: `W4, ${wildcards} wildcards, ${peer}`, figures: hangs ? `hangs: ended after ${patienceSeconds} s without an answer` : 'answers', value: spread([seconds]), unit: 's', bound: 'at most' });
      if (hangs) break;
    }
    return figures;
  });
}

/** The same size, the same question: once made to be slow, once as anyone might ask. */
interface Pair { readonly name: string; readonly hostile: () => void; readonly benign: () => void; readonly repeat: number }

const principal: Principal = { kind: 'user', account, arn: `arn:aws:iam::${account}:user/ann`, principalArn: `arn:aws:iam::${account}:user/ann`, principalId: 'AIDAIOSFODNN7EXAMPLE' };
const policyLengthMax = 6_144;
const documentLengthMax = 131_072;
const arnLengthMax = 2_048;

const documentOf = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...statement }] });

function asking(statement: object, resource: string, context: Readonly<Record<string, ContextValue>> = {}): () => void {
  const policy: AppliedPolicy = { compiled: compilePolicy(documentOf(statement), 'identity'), arn: undefined, name: 'hostile' };
  const request: DecisionRequest = { action: 's3:GetObject', resource, resourceAccount: account, principal, context: { get: (key) => context[key] } };
  return () => {
    if (decide(request, { identity: [policy] }).outcome === 'budgetExceeded') throw new Error('the budget was exceeded');
  };
}

const reading = (text: string): (() => void) => () => { compilePolicy(text, 'identity'); };

const arn = `arn:aws:s3:::${'a'.repeat(arnLengthMax - 13)}`;
const wildcards = '*a'.repeat((policyLengthMax - 200) / 2);
const values = (last: string): readonly string[] => Array.from({ length: 10_000 }, (_, i) => `${'a'.repeat(20)}${i}${last}`);
const filled = (piece: string, length: number): string => piece.repeat(Math.floor(length / piece.length));
const longDocument = documentOf({ Resource: Array.from({ length: 4_000 }, (_, i) => `arn:aws:s3:::bucket-${i}/*`) });
const inDocument = (text: string): string => `{"Version":"2012-10-17","Statement":${text}`;

const pairs: readonly Pair[] = [
  { name: 'a pattern of 4,000 characters of wildcards on an ARN of 2,048', repeat: 200, hostile: asking({ Resource: `arn:aws:s3:::${wildcards.slice(0, 4_000)}*b*` }, arn), benign: asking({ Resource: `arn:aws:s3:::${wildcards.slice(0, 4_000)}*a*` }, arn) },
  { name: 'as many patterns as it holds that almost match', repeat: 50, hostile: asking({ Resource: Array.from({ length: 120 }, (_, i) => `arn:aws:s3:::*aaaa*b${i}*aaaa*`) }, arn), benign: asking({ Resource: Array.from({ length: 120 }, (_, i) => `arn:aws:s3:::bucket-${i}/aaaa*`) }, `arn:aws:s3:::bucket-${'a'.repeat(arnLengthMax - 20)}`) },
  { name: 'question marks', repeat: 200, hostile: asking({ Resource: `arn:aws:s3:::*${filled('a?', 1_000)}*b*` }, arn), benign: asking({ Resource: `arn:aws:s3:::*${filled('a?', 1_000)}*a*` }, arn) },
  { name: 'colons that a wildcard may reach over', repeat: 200, hostile: asking({ Resource: `arn:aws:sqs:*:?*:${filled('a:', 500)}b` }, `arn:aws:sqs:${filled('a:', 2_000)}`), benign: asking({ Resource: `arn:aws:sqs:*:?*:${filled('a:', 500)}*` }, `arn:aws:sqs:${filled('a:', 2_000)}`) },
  { name: '10,000 values of a key', repeat: 5, hostile: asking({ Condition: { 'ForAnyValue:StringLike': { 'aws:TagKeys': '*a*a*a*a*b*' } } }, '*', { 'aws:tagkeys': values('') }), benign: asking({ Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': '*a*a*a*a*b*' } } }, '*', { 'aws:tagkeys': values('b') }) },
  { name: 'variables', repeat: 200, hostile: asking({ Resource: `arn:aws:s3:::${filled('*${aws:username}', 2_000)}*b*` }, arn, { 'aws:username': 'aaaa' }), benign: asking({ Resource: `arn:aws:s3:::${filled('*${aws:username}', 2_000)}*a*` }, arn, { 'aws:username': 'aaaa' }) },
  { name: 'JSON as deep as it is long', repeat: 10, hostile: reading(inDocument('['.repeat(documentLengthMax))), benign: reading(longDocument) },
  { name: 'JSON of elements that there are not', repeat: 10, hostile: reading(inDocument(`[{${Array.from({ length: 10_000 }, (_, i) => `"a${i}":1`).join()}}]}`)), benign: reading(longDocument) },
  { name: 'JSON of escapes, and half a surrogate pair at its end', repeat: 10, hostile: reading(inDocument(`"${filled('\\u0061', documentLengthMax - 100)}\\ud800"}`)), benign: reading(longDocument) },
  { name: 'JSON of __proto__', repeat: 10, hostile: reading(inDocument(`[${filled('{"__proto__":{"Effect":"Allow"}},', documentLengthMax - 100)}{}]}`)), benign: reading(longDocument) },
];

const rounds = 11;
/** What "a few times" is. */
const timesMax = 5;

/** What each kind of hostile input costs for each that benign input of its size does. */
export async function hostileAgainstBenign(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { name, hostile, benign, repeat } of pairs) {
    const contenders = [hostile, benign].map((ask) => () => {
      const before = process.cpuUsage();
      for (let i = 0; i < repeat; i++) ask();
      const { user, system } = process.cpuUsage(before);
      return Math.max((user + system) / repeat, 0.001);
    });
    await alternate(2, contenders);
    const [slow = [], usual = []] = await alternate(rounds, contenders);
    figures.push({ measure: `hostile: ${name}`, figures: `${spread(slow).median.toFixed(1)} µs, benign ${spread(usual).median.toFixed(1)} µs`, value: ratios(slow, usual), unit: '×', bound: 'at most', must: timesMax });
  }
  return figures;
}
