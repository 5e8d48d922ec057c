/** Database instances: a PostgreSQL server that the operator named is registered, described, changed, and forgotten. Source: "CreateDBInstance" and its siblings (Amazon RDS API Reference). */
import { newOpaqueId } from '../../base/ids.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Seal } from '../../base/seal.ts';
import type { CreateDBInstanceMessage, DBInstance, ModifyDBInstanceMessage, Rds } from '../../../models/rds.ts';
import type { DatabaseInstanceDoc } from '../../store/database-docs.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { prepareServer } from './database-servers.ts';
import type { DatabaseServers } from './database-servers.ts';
import { describedContext, findInstance, getInstance, instanceArn, instanceAsk, requestTagContext } from './lookup.ts';
import { LoginRefused } from './postgres/session.ts';
import type { ServerAddress } from './postgres/session.ts';
import { readTags, tagList } from './tags.ts';

/** Source: "Quotas in Amazon RDS". */
const instancesMax = 40;
const recordsDefault = 100;
/** How often an account may have a master user tried, in so long: whoever may register instances is not to find out passwords that way, nor to keep a server busy. */
const masterTriesMax = 60;
const masterTriesWindowMs = 15 * 60_000;
/** By this tag an instance says which server it stands for, where the operator has named several. */
const serverTag = 'gatehouse:server';

/** What an instance is described by; whatever else AWS's API takes has no meaning for a server that runs elsewhere, and is refused. */
const createMembers = ['DBInstanceIdentifier', 'DBInstanceClass', 'Engine', 'EngineVersion', 'MasterUsername', 'MasterUserPassword', 'DBName', 'AllocatedStorage', 'Port', 'EnableIAMDatabaseAuthentication', 'DeletionProtection', 'Tags'] as const satisfies readonly (keyof CreateDBInstanceMessage)[];
const modifyMembers = ['DBInstanceIdentifier', 'NewDBInstanceIdentifier', 'DBInstanceClass', 'AllocatedStorage', 'MasterUserPassword', 'EnableIAMDatabaseAuthentication', 'DeletionProtection', 'ApplyImmediately'] as const satisfies readonly (keyof ModifyDBInstanceMessage)[];

export const instances = {
  CreateDBInstance: {
    access: ({ DBInstanceIdentifier, Tags, ...described }, { account, region, error }) => [{ resource: instanceArn(account, region, DBInstanceIdentifier), context: { ...describedContext(described), ...requestTagContext(readTags(Tags, error)) } }],
    async run(input, context) {
      const { error, databases, random, now, region, seal, account } = context;
      refuseOthers(input, createMembers, error);
      const { DBInstanceClass, MasterUsername, MasterUserPassword, DBName, AllocatedStorage, Port } = input;
      const DBInstanceIdentifier = readIdentifier(input.DBInstanceIdentifier, error);
      if (input.Engine !== 'postgres') throw error('InvalidParameterValue', `Invalid DB engine: only postgres can be registered here, not ${input.Engine}`);
      if (MasterUsername === undefined || MasterUserPassword === undefined) throw error('InvalidParameterValue', 'MasterUsername and MasterUserPassword are required: by them the server that is registered is made ready.');
      const tags = readTags(input.Tags, error);
      const { name: server, address } = findServer(databases, tags.find(({ Key }) => Key === serverTag)?.Value, error);
      const assertRoom = (state: AccountView): void => {
        if (findInstance(state, region, DBInstanceIdentifier)) throw error('DBInstanceAlreadyExists', `DB instance already exists`);
        if (state.databaseInstances.countBy('region', region) >= instancesMax) throw error('InstanceQuotaExceeded', `DB instance quota exceeded: ${instancesMax}`);
      };
      // Before a server is bothered; what counts is the draft's word.
      assertRoom(context.view);
      const version = await checkServer(address, MasterUsername, MasterUserPassword, context);
      if (input.EngineVersion !== undefined && !version.startsWith(input.EngineVersion)) throw error('InvalidParameterValue', `The server is of version ${version}, not ${input.EngineVersion}.`);
      const DbiResourceId = `db-${newOpaqueId(26, random)}`;
      const place = (field: string) => ({ account, table: 'databaseInstances', key: DbiResourceId, field });
      const instance: Omit<DatabaseInstanceDoc, 'Port'> = {
        DbiResourceId, Region: region, DBInstanceIdentifier, DBInstanceClass, EngineVersion: version, MasterUsername, Server: server, CreateDate: now,
        MasterUserPassword: seal.seal(MasterUserPassword, place('MasterUserPassword')),
        UserPasswordKey: seal.seal(Buffer.from(random(32)).toString('base64'), place('UserPasswordKey')),
        IamAuthentication: input.EnableIAMDatabaseAuthentication === true, DeletionProtection: input.DeletionProtection === true,
        ...(DBName !== undefined && { DBName }), ...(AllocatedStorage !== undefined && { AllocatedStorage }), ...(tags.length > 0 && { Tags: tags }),
      };
      const made = await context.write((draft) => {
        assertRoom(draft);
        const doc = { ...instance, Port: takePort(draft, databases, Port, error) };
        draft.partition.databasePorts.insert({ Port: doc.Port, AccountId: account, Region: region, DbiResourceId });
        draft.databaseInstances.insert(doc);
        return doc;
      });
      databases.changed();
      return { DBInstance: shown(made, context) };
    },
  },

  DescribeDBInstances: {
    access: ({ DBInstanceIdentifier = '*' }, context) => [instanceAsk(context, DBInstanceIdentifier)],
    run({ DBInstanceIdentifier, Filters = [], MaxRecords = recordsDefault, Marker }, context) {
      const { view, region, error, marker } = context;
      // Source: "DescribeDBInstances", MaxRecords.
      if (MaxRecords < 20 || MaxRecords > 100) throw error('InvalidParameterValue', `Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`);
      const all = DBInstanceIdentifier === undefined ? view.databaseInstances.listBy('region', region) : [getInstance(view, region, DBInstanceIdentifier, error)];
      const after = Marker === undefined ? '' : marker.open(Marker);
      const wanted = all.filter((instance) => instance.DBInstanceIdentifier > after && Filters.every((filter) => isWanted(instance, filter, context))).sort((a, b) => (a.DBInstanceIdentifier < b.DBInstanceIdentifier ? -1 : 1));
      const page = wanted.slice(0, MaxRecords);
      return { DBInstances: page.map((instance) => shown(instance, context)), ...(wanted.length > page.length && { Marker: marker.seal(page.at(-1)!.DBInstanceIdentifier) }) };
    },
  },

  ModifyDBInstance: {
    access: ({ DBInstanceIdentifier }, context) => [instanceAsk(context, DBInstanceIdentifier)],
    async run(input, context) {
      const { error, databases, region, seal, account } = context;
      refuseOthers(input, modifyMembers, error);
      const { NewDBInstanceIdentifier, MasterUserPassword, DBInstanceClass, AllocatedStorage, EnableIAMDatabaseAuthentication, DeletionProtection } = input;
      const before = getInstance(context.view, region, input.DBInstanceIdentifier, error);
      // The password is the server's to keep: what is given must be the one that it has.
      if (MasterUserPassword !== undefined) await checkServer(findServer(databases, before.Server, error).address, before.MasterUsername, MasterUserPassword, context);
      const renamed = NewDBInstanceIdentifier === undefined ? undefined : readIdentifier(NewDBInstanceIdentifier, error);
      const made = await context.write((draft) => {
        const instance = getInstance(draft, region, input.DBInstanceIdentifier, error);
        const changed: DatabaseInstanceDoc = {
          ...instance,
          ...(renamed !== undefined && { DBInstanceIdentifier: renamed }), ...(DBInstanceClass !== undefined && { DBInstanceClass }), ...(AllocatedStorage !== undefined && { AllocatedStorage }),
          ...(EnableIAMDatabaseAuthentication !== undefined && { IamAuthentication: EnableIAMDatabaseAuthentication }), ...(DeletionProtection !== undefined && { DeletionProtection }),
          ...(MasterUserPassword !== undefined && { MasterUserPassword: seal.seal(MasterUserPassword, { account, table: 'databaseInstances', key: instance.DbiResourceId, field: 'MasterUserPassword' }) }),
        };
        if (!draft.databaseInstances.update(changed)) throw error('DBInstanceAlreadyExists', 'DB instance already exists');
        return changed;
      });
      databases.changed();
      return { DBInstance: shown(made, context) };
    },
  },

  DeleteDBInstance: {
    access: ({ DBInstanceIdentifier }, context) => [instanceAsk(context, DBInstanceIdentifier)],
    async run({ DBInstanceIdentifier, SkipFinalSnapshot = false, FinalDBSnapshotIdentifier, DeleteAutomatedBackups }, context) {
      const { error, region, databases } = context;
      if (FinalDBSnapshotIdentifier !== undefined) throw error('InvalidParameterValue', 'There are no snapshots here: leave FinalDBSnapshotIdentifier out and set SkipFinalSnapshot.');
      if (!SkipFinalSnapshot) throw error('InvalidParameterCombination', 'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.');
      if (DeleteAutomatedBackups === false) throw error('InvalidParameterValue', 'There are no automated backups here to be kept.');
      const gone = await context.write((draft) => {
        const instance = getInstance(draft, region, DBInstanceIdentifier, error);
        if (instance.DeletionProtection) throw error('InvalidParameterCombination', 'Cannot delete protected DB Instance, please disable deletion protection and try again.');
        draft.databaseInstances.remove(pairKey(region, instance.DbiResourceId));
        draft.partition.databasePorts.remove(String(instance.Port));
        return instance;
      });
      databases.changed();
      return { DBInstance: { ...shown(gone, context), DBInstanceStatus: 'deleting' } };
    },
  },
} satisfies Operations<Rds, 'CreateDBInstance' | 'DescribeDBInstances' | 'ModifyDBInstance' | 'DeleteDBInstance'>;

function refuseOthers(input: object, known: readonly string[], error: Raise<never>): void {
  const other = Object.keys(input).find((name) => !known.includes(name));
  if (other !== undefined) throw error('InvalidParameterValue', `${other} has no meaning for a server that is only registered here: leave it out.`);
}

/** Source: "CreateDBInstance", DBInstanceIdentifier. */
function readIdentifier(text: string, error: Raise<never>): string {
  if (!/^[a-z][a-z0-9-]{0,62}$/i.test(text) || text.endsWith('-') || text.includes('--')) {
    throw error('InvalidParameterValue', 'The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.');
  }
  return text.toLowerCase();
}

function findServer({ addresses }: DatabaseServers, name: string | undefined, error: Raise<never>): { readonly name: string; readonly address: ServerAddress } {
  if (addresses.size === 0) throw error('InvalidParameterValue', 'This Gatehouse was started without a server for databases: see --database-server.');
  const chosen = name ?? (addresses.size === 1 ? [...addresses.keys()][0] : undefined);
  const address = chosen === undefined ? undefined : addresses.get(chosen);
  if (chosen === undefined || !address) throw error('InvalidParameterValue', `The tag ${serverTag} must say which server the instance stands for: one of ${[...addresses.keys()].join(', ')}.`);
  return { name: chosen, address };
}

async function checkServer(address: ServerAddress, user: string, password: string, { account, error, guard, random }: Pick<RunContext<never>, 'account' | 'error' | 'guard' | 'random'>): Promise<string> {
  if ((await guard.count(`rds/master/${account}`, masterTriesWindowMs)) > masterTriesMax) throw error('Throttling', 'Rate exceeded');
  try {
    return await prepareServer(address, { user, password }, random);
  } catch (cause) {
    throw error('InvalidParameterValue', cause instanceof LoginRefused ? `The server refuses the master user: ${cause.fields.message}` : 'The server cannot be reached, or does not answer as a PostgreSQL does.', { cause });
  }
}

function takePort(draft: Draft, { ports: { first, last } }: DatabaseServers, wanted: number | undefined, error: Raise<'InstanceQuotaExceeded'>): number {
  const isTaken = (port: number): boolean => draft.partition.databasePorts.find(String(port)) !== undefined;
  if (wanted !== undefined) {
    if (wanted < first || wanted > last) throw error('InvalidParameterValue', `The port must be one of ${first} to ${last}.`);
    if (isTaken(wanted)) throw error('InvalidParameterValue', `The port ${wanted} is another instance's.`);
    return wanted;
  }
  for (let port = first; port <= last; port++) if (!isTaken(port)) return port;
  throw error('InstanceQuotaExceeded', `All ports from ${first} to ${last} are taken.`);
}

/** Source: "DescribeDBInstances", Filters. */
function isWanted(instance: DatabaseInstanceDoc, { Name, Values }: { readonly Name: string; readonly Values: readonly string[] }, { account, region, error }: Pick<RunContext<never>, 'account' | 'region' | 'error'>): boolean {
  switch (Name) {
    case 'db-instance-id': return Values.some((value) => value.toLowerCase() === instance.DBInstanceIdentifier || value === instanceArn(account, region, instance.DBInstanceIdentifier));
    case 'dbi-resource-id': return Values.includes(instance.DbiResourceId);
    case 'engine': return Values.includes('postgres');
    case 'db-cluster-id':
    case 'domain': return false;
    default: throw error('InvalidParameterValue', `Unrecognized filter name: ${Name}`);
  }
}

function shown(instance: DatabaseInstanceDoc, { databases, account }: Pick<RunContext<never>, 'databases' | 'account'>): DBInstance {
  const { DBInstanceIdentifier, DBInstanceClass, EngineVersion, MasterUsername, DBName, AllocatedStorage, Port, DbiResourceId, IamAuthentication, DeletionProtection, CreateDate, Region } = instance;
  return {
    DBInstanceIdentifier, DBInstanceClass, Engine: 'postgres', EngineVersion, DBInstanceStatus: 'available', MasterUsername, DbiResourceId, DeletionProtection, InstanceCreateTime: CreateDate,
    ...(DBName !== undefined && { DBName }), ...(AllocatedStorage !== undefined && { AllocatedStorage }),
    Endpoint: { Address: databases.hostName(), Port }, IAMDatabaseAuthenticationEnabled: IamAuthentication, DBInstanceArn: instanceArn(account, Region, DBInstanceIdentifier), TagList: tagList(instance),
  };
}

/** What opens a server for its instance. */
export function openSecrets(instance: DatabaseInstanceDoc, account: string, seal: Seal): { readonly masterPassword: string; readonly userPasswordKey: Uint8Array } {
  const open = (text: string, field: string): string => seal.open(text, { account, table: 'databaseInstances', key: instance.DbiResourceId, field });
  return { masterPassword: open(instance.MasterUserPassword, 'MasterUserPassword'), userPasswordKey: Buffer.from(open(instance.UserPasswordKey, 'UserPasswordKey'), 'base64') };
}
