/** The other side: the database user logs in at the server as itself, with a password that only we can make. */
import { createHmac } from 'node:crypto';
import { openSecrets } from '../../services/rds/instances.ts';
import { isIamUser, setPassword } from '../../services/rds/database-servers.ts';
import { logIn, LoginRefused } from '../../services/rds/postgres/session.ts';
import type { LoggedIn, Login, ServerAddress } from '../../services/rds/postgres/session.ts';
import type { AskedInstance } from './proof.ts';
import { ProofRefused } from './proof.ts';
import type { PostgresDoorParts } from './parts.ts';

/** What PostgreSQL answers where the password is not the user's, or it has none. Source: PostgreSQL documentation, "PostgreSQL Error Codes". */
const wrongPassword: ReadonlySet<string> = new Set(['28P01', '28000']);

export function addressOf({ databases }: Pick<PostgresDoorParts, 'databases'>, { instance }: AskedInstance): ServerAddress {
  const address = databases.addresses.get(instance.Server);
  if (!address) throw new Error(`no server ${instance.Server} is named: see --database-server`);
  return address;
}

/** A session of the user. INVARIANT: never one of the master user's, which the client could make its own. Rejects with LoginRefused or ProofRefused. */
export async function openSession(parts: PostgresDoorParts, asked: AskedInstance, user: string, asFor: Pick<Login, 'parameters' | 'minorVersion'>): Promise<LoggedIn> {
  const { instance, account } = asked;
  const address = addressOf(parts, asked);
  // A master that is no superuser is a member of the rds_iam that it made (PostgreSQL 16). Its password is ours, and stays so.
  if (user === instance.MasterUsername) throw new ProofRefused('the master user has no session here');
  const { masterPassword, userPasswordKey } = openSecrets(instance, account, parts.seal);
  const master = { user: instance.MasterUsername, password: masterPassword };
  // Asked each time: whoever is taken out of rds_iam is out at the next connection.
  if (!(await isIamUser(address, master, user, parts.random))) throw new ProofRefused(`the user is not in the database, or not a member of rds_iam`);
  const password = createHmac('sha256', userPasswordKey).update(user).digest('base64');
  try {
    return await logIn(address, { ...asFor, user, password }, parts.random);
  } catch (thrown) {
    if (!(thrown instanceof LoginRefused) || !wrongPassword.has(thrown.fields.code)) throw thrown;
    await setPassword(address, master, user, password, parts.random);
    return await logIn(address, { ...asFor, user, password }, parts.random);
  }
}
