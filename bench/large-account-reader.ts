/** An account of so many things in memory, and its lists read to the end as the server does between a request and its answer: the operation run, the answer written. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadService } from '../src/model/load.ts';
import { awsQuery } from '../src/protocol/aws-query.ts';
import type { StructureValue } from '../src/protocol/protocol.ts';
import { iam } from '../src/services/iam/index.ts';
import type { RunContext } from '../src/services/operation.ts';
import { openAwsManagedPolicies } from '../src/store/aws-managed-policies.ts';
import { memoryJournal } from '../src/store/journals/memory.ts';
import { memoryLastUsed } from '../src/store/last-used.ts';
import { openStore } from '../src/store/open.ts';
import type { Draft } from '../src/store/store.ts';
import { cause, random, warn } from './population.ts';

export interface Sizes { readonly users: number; readonly groups: number; readonly roles: number; readonly policies: number }
/** Of the processor. */
export interface Read { readonly seconds: number; readonly longestSeconds: number }

const account = '111122223333';
const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'] }] });
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] });

/** Reads a paged list of the account, by the operation's name. */
export async function createAwsLists(sizes: Sizes): Promise<(operation: string) => Read> {
  const store = await openStore({ journal: memoryJournal(), clock: Date.now, random, warn });
  await store.write(account, cause, (draft) => void draft.partition.accounts.insert({ AccountId: account, Email: 'root@example.com', CreateDate: 0 }));
  for (const [kind, count] of Object.entries(sizes)) {
    for (let from = 0; from < count; from += batch) await store.write(account, cause, (draft) => fill(draft, kind as keyof Sizes, from, Math.min(from + batch, count)));
  }
  const view = (await store.account(account))!;
  const model = loadService(JSON.parse(readFileSync(new URL('../models/iam.json', import.meta.url), 'utf8')));
  const awsManagedPolicies = openAwsManagedPolicies(fileURLToPath(new URL('../data/aws-managed-policies.json', import.meta.url)));
  // An edge: what these operations look at of a request's context. Markers are not sealed.
  const context = { view, account, partition: store.partition, awsManagedPolicies, lastUsed: memoryLastUsed(), now: 0, marker: { seal: (text: string) => text, open: (text: string) => text } } as unknown as RunContext<string>;
  return (operation) => {
    const run = iam.operations.get(operation)!.run;
    let longestSeconds = 0;
    let seconds = 0;
    let Marker: string | undefined;
    do {
      // Time of the processor: what else the machine does is not the page's.
      const before = process.cpuUsage();
      const output = run({ MaxItems: 1_000, Marker }, context) as StructureValue;
      awsQuery.writeOutput(model.operations.get(operation)!, output, 'bench');
      const { user, system } = process.cpuUsage(before);
      const took = (user + system) / 1e6;
      seconds += took;
      longestSeconds = Math.max(longestSeconds, took);
      Marker = output['Marker'] as string | undefined;
    } while (Marker !== undefined);
    return { seconds, longestSeconds };
  };
}

const batch = 1_000;

function fill(draft: Draft, kind: keyof Sizes, from: number, to: number): void {
  for (let i = from; i < to; i++) insert[kind](draft, i);
}

/** One thing of each kind, with a policy in it. */
const insert: Record<keyof Sizes, (draft: Draft, i: number) => void> = {
  users(draft, i) {
    draft.users.insert({ UserId: `AIDA${i}`, UserName: `user-${i}`, Path: '/', CreateDate: 0, Tags: [{ Key: 'team', Value: 'blue' }] });
    draft.inlinePolicies.insert({ PrincipalId: `AIDA${i}`, PolicyName: 'inline', Document: document });
    draft.attachments.insert({ PrincipalId: `AIDA${i}`, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
  },
  groups(draft, i) {
    draft.groups.insert({ GroupId: `AGPA${i}`, GroupName: `group-${i}`, Path: '/', CreateDate: 0 });
    draft.inlinePolicies.insert({ PrincipalId: `AGPA${i}`, PolicyName: 'inline', Document: document });
    draft.memberships.insert({ GroupId: `AGPA${i}`, UserId: `AIDA${i}` });
  },
  roles(draft, i) {
    draft.roles.insert({ RoleId: `AROA${i}`, RoleName: `role-${i}`, Path: '/', CreateDate: 0, TrustPolicy: { Document: trust, PrincipalIds: {} } });
    draft.inlinePolicies.insert({ PrincipalId: `AROA${i}`, PolicyName: 'inline', Document: document });
  },
  policies(draft, i) {
    draft.policies.insert({ PolicyId: `ANPA${i}`, PolicyName: `policy-${i}`, Path: '/', CreateDate: 0, UpdateDate: 0, DefaultVersionId: 'v1', LatestVersion: 1 });
    draft.policyVersions.insert({ PolicyId: `ANPA${i}`, VersionId: 'v1', CreateDate: 0, Document: document });
  },
};
