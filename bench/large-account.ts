/** Bench: an account at ten times AWS's default quotas, opened, listed page by page and reported on: the longest time that the event loop is held, and how the whole grows from a tenth of it. */
import { commonPolicy, createLargeAccount, type LargeAccount } from './large-account-reader.ts';
import type { Figure } from './measure.ts';
import { ratios, spread } from './spread.ts';
import type { Turns } from './turns.ts';

/** Things of each kind at ten times the quotas of a new account. Source: "IAM and AWS STS quotas" (IAM User Guide). */
const tenfold = { users: 50_000, groups: 3_000, roles: 10_000, policies: 15_000 };
const tenth = { users: 5_000, groups: 300, roles: 1_000, policies: 1_500 };

const user = 'arn:aws:iam::111122223333:user/user-7';

interface Measured { readonly name: string; run(account: LargeAccount): Promise<Turns> }

/** An operation and its input. */
const reading = (name: string, input?: Parameters<LargeAccount['read']>[1], told = ''): Measured => ({ name: `${name}${told}`, run: (account) => account.read(name, input) });

/** Each account's report, ordered once. */
const jobs = new WeakMap<LargeAccount, Promise<unknown>>();

/** Does something with the JobId of a report. */
const withJob = (name: string, input: Parameters<LargeAccount['read']>[1] = {}): Measured => ({
  name,
  async run(account) {
    const ordered = jobs.get(account) ?? account.read('GenerateServiceLastAccessedDetails', { Arn: commonPolicy, Granularity: 'ACTION_LEVEL' }).then(({ last: { JobId } }) => JobId);
    jobs.set(account, ordered);
    return account.read(name, { ...input, JobId: (await ordered) as string });
  },
});

const measured: readonly Measured[] = [
  { name: 'opening it', run: (account) => account.load() },
  reading('ListUsers'), reading('ListGroups'), reading('ListRoles'), reading('ListPolicies'),
  reading('GetGroup', { GroupName: 'group-0' }, ' of everybody'),
  reading('ListEntitiesForPolicy', { PolicyArn: commonPolicy }, ' of a policy that all have'),
  reading('GetAccountAuthorizationDetails'),
  reading('GetAccountSummary'),
  reading('GenerateCredentialReport'), reading('GetCredentialReport'),
  reading('GenerateServiceLastAccessedDetails', { Arn: commonPolicy }, ' of a policy that all have'),
  reading('GenerateServiceLastAccessedDetails', { Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', Granularity: 'ACTION_LEVEL' }, ' of ReadOnlyAccess, by action'),
  withJob('GetServiceLastAccessedDetails'), withJob('GetServiceLastAccessedDetailsWithEntities', { ServiceNamespace: 's3' }),
  reading('GenerateOrganizationsAccessReport', { EntityPath: 'o-large/r-large' }),
  reading('ListPoliciesGrantingServiceAccess', { Arn: user, ServiceNamespaces: ['s3', 'iam', 'ec2'] }),
  reading('ListPrincipalsWithAccess', { ActionName: 's3:GetObject' }, ' of what all have'),
  reading('ListServicesOfPrincipal', { PrincipalArn: user }),
  reading('SimulatePrincipalPolicy', { PolicySourceArn: user, ActionNames: ['s3:GetObject', 'iam:GetUser'] }),
];

// What grows with the square is a hundred times as much; what takes each thing once, somewhat more than ten times, for a larger account fits no cache.
const rounds = 3;
/** A processor's time is told in steps of milliseconds: what takes less is done often. */
const secondsMin = 0.05;
const timesMax = 200;

/** The mean of as many times as it takes to tell. */
async function often(run: () => Promise<Turns>): Promise<Turns> {
  let seconds = 0;
  let longestSeconds = 0;
  let times = 0;
  for (; times < 1 || (seconds < secondsMin && times < timesMax); times++) {
    const turns = await run();
    seconds += turns.seconds;
    longestSeconds = Math.max(longestSeconds, turns.longestSeconds);
  }
  return { seconds: seconds / times, longestSeconds };
}

export async function largeAccount(): Promise<readonly Figure[]> {
  await using large = await createLargeAccount(tenfold);
  await using small = await createLargeAccount(tenth);
  const figures: Figure[] = [];
  const residentBytes: number[] = [];
  for (const { name, run } of measured) {
    const [whole, part]: [Turns[], Turns[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      whole.push(await often(() => run(large)));
      part.push(await often(() => run(small)));
    }
    residentBytes.push(process.memoryUsage.rss());
    const [seconds, ofPart] = [whole, part].map((each) => each.map((turns) => turns.seconds)) as [number[], number[]];
    figures.push(
      { measure: `${name}: the longest turn`, figures: `${spread(seconds).median.toFixed(3)} s of CPU as a whole`, value: spread(whole.map(({ longestSeconds }) => longestSeconds)), unit: 's', bound: 'at most', must: 0.05, aim: 0.02 },
      { measure: `${name}: ten times as much against a tenth`, figures: `${(spread(ofPart).median * 1000).toFixed(1)} ms of CPU for a tenth`, value: ratios(seconds, ofPart), unit: '×', bound: 'at most', must: 20, aim: 11 },
    );
  }
  figures.push({ measure: 'memory of the process that reads it', figures: 'resident after each operation, both accounts in it', value: spread(residentBytes.map((bytes) => bytes / 1e6)), unit: 'MB', bound: 'at most', must: 1_000 });
  return figures;
}
