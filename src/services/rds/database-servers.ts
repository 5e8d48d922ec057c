/** The PostgreSQL servers that the operator has named: what instances may stand for, and how one is made ready. */
import type { RandomBytes } from '../../base/ids.ts';
import type { ServerAddress } from './postgres/session.ts';
import { runStatements, sqlLiteral, sqlName } from './postgres/session.ts';
import { scramVerifier } from './postgres/scram.ts';

export interface DatabaseServers {
  /** By the operator's names. INVARIANT: an address comes from the operator alone: whoever may create instances cannot have us connect anywhere. */
  readonly addresses: ReadonlyMap<string, ServerAddress>;
  /** The ports that instances are reached at; both ends belong to them. */
  readonly ports: { readonly first: number; readonly last: number };
  /** How clients name this host. */
  readonly hostName: () => string;
  /** Called when instances came, went or changed. */
  readonly changed: () => void;
}

/** The role that says who is let in by a token. Source: "Creating a database account using IAM authentication" (Amazon RDS User Guide). */
export const iamRole = 'rds_iam';

interface Master { readonly user: string; readonly password: string }

/** The database in which the master user asks. */
const masterDatabase = 'postgres';

const asMaster = ({ user, password }: Master) => ({ user, password, parameters: new Map([['database', masterDatabase], ['application_name', 'gatehouse']]) });

/** Sees that the master user is let in, and that there is the role rds_iam. Gives the server's version. Rejects with LoginRefused, or because nobody answers. */
export async function prepareServer(address: ServerAddress, master: Master, random: RandomBytes): Promise<string> {
  const [version] = await runStatements(address, asMaster(master), [
    'SHOW server_version',
    `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '${iamRole}') THEN CREATE ROLE ${iamRole} NOLOGIN; END IF; END $$`,
  ], random);
  return version ?? '';
}

/** Whether the user may log in and was granted rds_iam itself: a superuser counts as a member of everything, and is none of it. */
export async function isIamUser(address: ServerAddress, master: Master, user: string, random: RandomBytes): Promise<boolean> {
  const rows = await runStatements(address, asMaster(master), [
    `SELECT 'yes' FROM pg_catalog.pg_roles r JOIN pg_catalog.pg_auth_members m ON m.member = r.oid JOIN pg_catalog.pg_roles g ON g.oid = m.roleid WHERE r.rolname = ${sqlLiteral(user)} AND r.rolcanlogin AND g.rolname = '${iamRole}'`,
  ], random);
  return rows.includes('yes');
}

/** Gives the user this password, of which only a verifier is sent. */
export async function setPassword(address: ServerAddress, master: Master, user: string, password: string, random: RandomBytes): Promise<void> {
  await runStatements(address, asMaster(master), [`ALTER ROLE ${sqlName(user)} PASSWORD ${sqlLiteral(await scramVerifier(password, random(16)))}`], random);
}
