/** The four workloads: a typical principal, one at AWS's limits, ten thousand, and patterns that try to take for ever. */
import { Ceiling } from './ceiling.ts';
import { requestLike, ruleAbout } from './services.ts';
import { type BenchRequest, Dice, documentOf, type Rule, type RulePolicy, type Subject, type Workload } from './workload.ts';

/** Requests of which 60 in 100 are allowed, as one engine decides. */
function mixedRequests(count: number, draw: (i: number) => BenchRequest, decide: (request: BenchRequest) => boolean): readonly BenchRequest[] {
  const wanted = { allowed: Math.round(count * 0.6), denied: count - Math.round(count * 0.6) };
  const requests: BenchRequest[] = [];
  for (let i = 0; requests.length < count; i++) {
    if (i > count * 200) throw new Error('too few requests of one kind are drawn');
    const request = draw(i);
    const outcome = decide(request) ? 'allowed' : 'denied';
    if (wanted[outcome]-- > 0) requests.push(request);
  }
  return requests;
}

const rulesOf = (subject: Subject): readonly Rule[] => subject.identity.flat();

/** Three policies of five statements, a thousand requests. */
export function typical(): Workload {
  const dice = new Dice(1);
  const subject: Subject = { identity: Array.from({ length: 3 }, (_, p) => Array.from({ length: 5 }, (_, s) => ruleAbout(`app-${p}-${s % 3}`, dice, 0.1))) };
  const ceiling = new Ceiling(() => subject, 1);
  return { name: 'W1', subjects: 1, subject: () => subject, requests: mixedRequests(1_000, () => requestLike(dice.pick(rulesOf(subject)), 0, dice), (request) => ceiling.decide(request)) };
}

const allowAll: Rule = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] };

/** As many rules as a document of that many characters holds. */
function filled(characters: number, draw: (i: number) => Rule): RulePolicy {
  const rules: Rule[] = [];
  for (;;) {
    const longer = [...rules, draw(rules.length)];
    if (documentOf(longer).length > characters) return rules;
    rules.push(longer.at(-1)!);
  }
}

/** A user with all that AWS lets it have. Source: "IAM and AWS STS quotas" (IAM User Guide). */
export function atLimits(): Workload {
  const dice = new Dice(2);
  const policy = (name: string, characters: number): RulePolicy => filled(characters, (i) => ruleAbout(`${name}-${i % 7}`, dice, 0.02));
  const limit = (characters: number): RulePolicy => filled(characters, (i) => (i === 0 ? allowAll : { ...ruleAbout(`forbidden-${i}`, dice, 1) }));
  const managed = (holder: string): readonly RulePolicy[] => Array.from({ length: 10 }, (_, i) => policy(`${holder}-${i}`, 6_144));
  const subject: Subject = {
    identity: [policy('own', 2_048), ...managed('user'), ...Array.from({ length: 10 }, (_, g) => [policy(`group-${g}`, 5_120), ...managed(`group-${g}`)]).flat()],
    boundary: limit(6_144),
    session: limit(2_048),
    scps: Array.from({ length: 3 }, () => [limit(5_120)]),
  };
  const ceiling = new Ceiling(() => subject, 1);
  return { name: 'W2', subjects: 1, subject: () => subject, requests: mixedRequests(1_000, () => requestLike(dice.pick(rulesOf(subject)), 0, dice), (request) => ceiling.decide(request)) };
}

/** Ten thousand principals, each with twenty statements of its own. */
export function many(): Workload {
  const subject = (number: number): Subject => {
    const dice = new Dice(3_000_000 + number);
    return { identity: [Array.from({ length: 20 }, (_, i) => ruleAbout(`team-${number}-${i % 8}`, dice, 0.05))] };
  };
  const dice = new Dice(3);
  const requests = Array.from({ length: 50_000 }, () => {
    const number = dice.below(10_000);
    return requestLike(dice.pick(rulesOf(subject(number))), number, dice);
  });
  return { name: 'W3', subjects: 10_000, subject, requests };
}

/** How many wildcards a pattern of W4 has, from a few to all that a policy can hold. */
export const wildcardLevels = [2, 8, 32, 128, 512, 2_048];

/** A policy of 6,144 characters full of patterns that almost match, asked about an ARN of 2,048. */
export function pathological(wildcards: number): Workload {
  const head = 'arn:aws:s3:::';
  const pattern = (end: string): string => `${head}${'*a'.repeat(wildcards - 1)}*${end}`;
  const rule = (count: number): Rule => ({ effect: 'Allow', actions: ['s3:GetObject'], resources: Array.from({ length: count }, (_, i) => pattern(`b${'c'.repeat(i % 5)}*a`)), conditions: [] });
  let count = 1;
  while (documentOf([rule(count + 1)]).length <= 6_144) count++;
  const subject: Subject = { identity: [[rule(count)]] };
  const resource = head + 'a'.repeat(2_048 - head.length);
  return { name: `W4, ${wildcards} wildcards`, subjects: 1, subject: () => subject, requests: [{ subject: 0, action: 's3:GetObject', resource, context: new Map() }] };
}
