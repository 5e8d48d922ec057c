/** Database instances as operations name them, and what they ask permission for. */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { DatabaseInstanceDoc } from '../../store/database-docs.ts';
import type { AccountView } from '../../store/store.ts';
import type { TagDoc } from '../../store/tables.ts';
import { pairKey } from '../../store/tables.ts';
import type { AccessContext } from '../operation.ts';

/** `arn:aws:rds:REGION:ACCOUNT:db:NAME`. Source: "Actions, resources, and condition keys for Amazon RDS". */
export const instanceArn = (account: string, region: string, name: string): string => `arn:aws:rds:${region}:${account}:db:${name.toLowerCase()}`;

/** RDS keeps identifiers in lower case. Source: "CreateDBInstance", DBInstanceIdentifier. */
export function findInstance(view: AccountView, region: string, name: string): DatabaseInstanceDoc | undefined {
  return view.databaseInstances.findBy('name', pairKey(region, name.toLowerCase()));
}

export function getInstance(view: AccountView, region: string, name: string, error: Raise<'DBInstanceNotFound'>): DatabaseInstanceDoc {
  const instance = findInstance(view, region, name);
  if (!instance) throw error('DBInstanceNotFound', `DBInstance ${name} not found.`);
  return instance;
}

/** Asks for an instance, with the condition keys of what it is where it is there. */
export function instanceAsk({ view, account, region }: Pick<AccessContext<never>, 'view' | 'account' | 'region'>, name: string, context: Ask['context'] = {}): Ask {
  const instance = findInstance(view, region, name);
  return { resource: instanceArn(account, region, name), context: { ...(instance && instanceContext(instance)), ...context } };
}

function instanceContext({ DBInstanceClass, DBName, AllocatedStorage, Tags }: DatabaseInstanceDoc): NonNullable<Ask['context']> {
  return { ...describedContext({ DBInstanceClass, DBName, AllocatedStorage }), ...tagContext(['aws:ResourceTag/', 'rds:db-tag/'], Tags) };
}

interface Described { readonly DBInstanceClass?: string | undefined; readonly DBName?: string | undefined; readonly AllocatedStorage?: number | undefined }

export function describedContext({ DBInstanceClass, DBName, AllocatedStorage }: Described): NonNullable<Ask['context']> {
  return { 'rds:DatabaseClass': DBInstanceClass, 'rds:DatabaseEngine': 'postgres', 'rds:DatabaseName': DBName, 'rds:StorageSize': AllocatedStorage === undefined ? undefined : String(AllocatedStorage) };
}

export function requestTagContext(tags: readonly TagDoc[] | undefined): NonNullable<Ask['context']> {
  if (!tags || tags.length === 0) return {};
  return { 'aws:TagKeys': tags.map(({ Key }) => Key), ...tagContext(['aws:RequestTag/', 'rds:req-tag/'], tags) };
}

function tagContext(prefixes: readonly string[], tags: readonly TagDoc[] = []): NonNullable<Ask['context']> {
  return Object.fromEntries(prefixes.flatMap((prefix) => tags.map(({ Key, Value }) => [`${prefix}${Key}`, Value])));
}

/** The name in an instance's ARN: of the caller's own account, in the region that is asked. */
export function nameOf(resourceName: string, { account, region, error }: Pick<AccessContext<never>, 'account' | 'region' | 'error'>): string {
  const parsed = arn.parse(resourceName);
  const [kind, name] = parsed?.resource.split(':') ?? [];
  if (parsed?.service !== 'rds' || parsed.account !== account || parsed.region !== region || kind !== 'db' || !name) throw error('InvalidParameterValue', `The specified resource name does not match an RDS resource in this region: ${resourceName}`);
  return name;
}
