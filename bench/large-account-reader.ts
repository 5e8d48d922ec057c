/** An account of so many things in a data directory, opened, listed to the end and reported on as the server does it between a request and its answer: the operation run, the answer written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { raise } from '../src/base/api-error.ts';
import { type IdPrefix, newId, newUuid } from '../src/base/ids.ts';
import { loadService } from '../src/model/load.ts';
import { awsQuery } from '../src/protocol/aws-query.ts';
import type { StructureValue } from '../src/protocol/protocol.ts';
import { authorizationReference, awsManagedPoliciesFile, readModel } from '../src/server/read-model.ts';
import { gatehouse } from '../src/services/gatehouse/index.ts';
import { iam } from '../src/services/iam/index.ts';
import type { RunContext } from '../src/services/operation.ts';
import { openAwsManagedPolicies } from '../src/store/aws-managed-policies.ts';
import { sqliteJournal } from '../src/store/journals/sqlite.ts';
import { openStore } from '../src/store/open.ts';
import { openSideStore } from '../src/store/side-store.ts';
import type { AccountView, Draft, LastUsed, Store } from '../src/store/store.ts';
import { cause, random, warn, writeMany } from './population.ts';
import { type Turns, watchTurns } from './turns.ts';

export interface Sizes { readonly users: number; readonly groups: number; readonly roles: number; readonly policies: number }

/** An account on disk, and what is measured of it. */
export interface LargeAccount extends AsyncDisposable {
  /** Opens the journal in memory anew, and looks for the first time at all that hangs on users. */
  load(): Promise<Turns>;
  /** Runs an operation, all its pages. */
  read(operation: string, input?: StructureValue): Promise<Turns & { readonly last: StructureValue; readonly pages: number }>;
}

const account = '111122223333';
/** Attached to every user and role. */
export const commonPolicy = `arn:aws:iam::${account}:policy/policy-0`;
const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket', 'iam:Get*'], Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'] }] });
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
/** An id that holds the account, as all do, and the number. */
const idOf = (prefix: IdPrefix, i: number): string => newId(prefix, account, (size) => {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt32BE(i * 8, size - 4);
  return bytes;
});
const usedAt = Date.parse('2026-11-01T00:00:00Z');

/** Fills the account and closes it, so that it is opened from what is on disk. */
export async function createLargeAccount(sizes: Sizes): Promise<LargeAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const journal = join(folder, 'journal.sqlite');
  await fillAccount(journal, sizes);
  const side = openSideStore(join(folder, 'side.sqlite'), () => usedAt);
  await markUses(side.lastUsed, sizes);
  const awsManagedPolicies = openAwsManagedPolicies(awsManagedPoliciesFile);
  let store: Store | undefined;
  const open = async (): Promise<AccountView> => {
    store ??= await openStore({ journal: sqliteJournal(journal), clock: Date.now, random, warn });
    return (await store.account(account))!;
  };
  let now = usedAt;
  return {
    async load() {
      await store?.close();
      store = undefined;
      return watchTurns(async () => lookAtAll(await open()));
    },
    async read(name, input = {}) {
      const view = await open();
      // A report that is old enough is made anew.
      if (name === 'GenerateCredentialReport') now += 5 * 3_600_000;
      // An edge: what these operations look at of a request's context. Markers are not sealed.
      const context = {
        view, account, partition: store!.partition, awsManagedPolicies, authorizationReference, lastUsed: side.lastUsed, reports: side.reports, random, now, error: raise,
        caller: { kind: 'user', principalId: idOf('AIDA', 0), account, arn: `arn:aws:iam::${account}:user/user-0` }, marker: { seal: (text: string) => text, open: (text: string) => text },
        // Whoever measures may simulate everybody.
        require: () => undefined,
      } as unknown as RunContext<string>;
      return readAll(name, input, context);
    },
    async [Symbol.asyncDispose]() {
      await store?.close();
      await side.guard.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The first look at each index that requests use. */
async function lookAtAll(view: AccountView): Promise<void> {
  const looks: readonly (() => unknown)[] = [
    () => view.users.page({ limit: 1 }), () => view.users.findBy('name', 'user-0'), () => view.users.countBy('boundary', ''), () => view.attachments.countBy('policy', ''), () => view.attachments.countBy('principal', ''),
    () => view.inlinePolicies.countBy('principal', ''), () => view.memberships.countBy('user', ''), () => view.memberships.countBy('group', ''), () => view.accessKeys.countBy('principal', ''), () => view.roles.findBy('name', ''), () => view.policies.page({ limit: 1 }),
  ];
  for (const look of looks) {
    look();
    await new Promise(setImmediate);
  }
}

/** Whose operations are measured, and their models. */
const services = [iam, gatehouse].map((definition) => ({ operations: definition.operations, model: loadService(readModel(definition.name) as Parameters<typeof loadService>[0]) }));

/** Every page of an operation, each as another request. */
async function readAll(name: string, input: StructureValue, context: RunContext<string>): ReturnType<LargeAccount['read']> {
  const { operations, model } = services.find((service) => service.operations.has(name))!;
  const { run } = operations.get(name)!;
  const operation = model.operations.get(name)!;
  let last: StructureValue = {};
  let pages = 0;
  const turns = await watchTurns(async () => {
    let Marker: string | undefined;
    do {
      last = (await run({ MaxItems: 1_000, ...input, Marker }, context)) as StructureValue;
      awsQuery.writeOutput(operation, last, newUuid(random));
      pages++;
      Marker = last['Marker'] as string | undefined;
      await new Promise(setImmediate);
    } while (Marker !== undefined);
  });
  return { ...turns, last, pages };
}

/** An entry for each thing, as operations write them. */
async function fillAccount(file: string, sizes: Sizes): Promise<void> {
  const store = await openStore({ journal: sqliteJournal(file), clock: Date.now, random, warn });
  await store.write(account, cause, (draft) => {
    draft.partition.accounts.insert({ AccountId: account, Email: 'root@example.com', CreateDate: 0, OrganizationId: 'o-large' });
    draft.partition.organizations.insert({ OrganizationId: 'o-large', RootId: 'r-large', ManagementAccountId: account, CreateDate: 0, RootFeatures: [] });
  });
  for (const kind of ['policies', 'users', 'roles', 'groups'] as const) await writeMany(store, account, sizes[kind], insert[kind]);
  // The first group has everybody.
  await writeMany(store, account, sizes.users, (draft, i) => void draft.memberships.insert({ GroupId: idOf('AGPA', 0), UserId: idOf('AIDA', i) }));
  await store.close();
}

/** One thing of each kind, with what hangs on it. */
const insert: Record<keyof Sizes, (draft: Draft, i: number) => void> = {
  users(draft, i) {
    draft.users.insert({ UserId: idOf('AIDA', i), UserName: `user-${i}`, Path: '/', CreateDate: 0, Tags: [{ Key: 'team', Value: 'blue' }] });
    draft.inlinePolicies.insert({ PrincipalId: idOf('AIDA', i), PolicyName: 'inline', Document: document });
    draft.attachments.insert({ PrincipalId: idOf('AIDA', i), PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
    draft.attachments.insert({ PrincipalId: idOf('AIDA', i), PolicyArn: commonPolicy });
    draft.accessKeys.insert({ AccessKeyId: `AKIA${i}`, PrincipalId: idOf('AIDA', i), Status: 'Active', CreateDate: 0, SecretAccessKey: '' });
  },
  groups(draft, i) {
    draft.groups.insert({ GroupId: idOf('AGPA', i), GroupName: `group-${i}`, Path: '/', CreateDate: 0 });
    draft.inlinePolicies.insert({ PrincipalId: idOf('AGPA', i), PolicyName: 'inline', Document: document });
    if (i > 0) draft.memberships.insert({ GroupId: idOf('AGPA', i), UserId: idOf('AIDA', i) });
  },
  roles(draft, i) {
    draft.roles.insert({ RoleId: idOf('AROA', i), RoleName: `role-${i}`, Path: '/', CreateDate: 0, TrustPolicy: { Document: trust, PrincipalIds: {} } });
    draft.inlinePolicies.insert({ PrincipalId: idOf('AROA', i), PolicyName: 'inline', Document: document });
    draft.attachments.insert({ PrincipalId: idOf('AROA', i), PolicyArn: commonPolicy });
  },
  policies(draft, i) {
    draft.policies.insert({ PolicyId: idOf('ANPA', i), PolicyName: `policy-${i}`, Path: '/', CreateDate: 0, UpdateDate: 0, DefaultVersionId: 'v1', LatestVersion: 1 });
    draft.policyVersions.insert({ PolicyId: idOf('ANPA', i), VersionId: 'v1', CreateDate: 0, Document: document });
  },
};

/** Every user has used its key, and three actions; every role two. */
async function markUses(lastUsed: LastUsed, { users, roles }: Sizes): Promise<void> {
  const use = (i: number, service: string) => ({ at: usedAt - i, service, region: 'us-east-1' });
  for (let i = 0; i < users; i++) {
    lastUsed.mark(`AKIA${i}`, use(i, 'iam'));
    for (const action of ['s3:GetObject', 's3:ListBucket', 'iam:GetUser']) lastUsed.mark(`${idOf('AIDA', i)}/${action}`, use(i, action.split(':')[0]!));
  }
  for (let i = 0; i < roles; i++) for (const action of ['s3:GetObject', 'iam:GetRole']) lastUsed.mark(`${idOf('AROA', i)}/${action}`, use(i, action.split(':')[0]!));
  await lastUsed.flush();
}
