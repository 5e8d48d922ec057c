/** A real PostgreSQL behind a real psql: a token opens the database that policies let it, as the user that it names, and nothing else opens anything. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, PutRolePolicyCommand, PutUserPolicyCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { AddTagsToResourceCommand, CreateDBInstanceCommand, DeleteDBInstanceCommand, DescribeDBInstancesCommand, ListTagsForResourceCommand, ModifyDBInstanceCommand, RDSClient, RemoveTagsFromResourceCommand } from '@aws-sdk/client-rds';
import { Signer } from '@aws-sdk/rds-signer';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { Client, Pool } from 'pg';
import { openPostgresDoor } from '../../src/doors/postgres/listeners.ts';
import type { PostgresDoor } from '../../src/doors/postgres/listeners.ts';
import { postgresGround } from '../../src/server/doors.ts';
import { runStatements } from '../../src/services/rds/postgres/session.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { localhostCertificate, localhostKey } from '../certificates.ts';
import { findOnPath } from '../running.ts';
import { findPostgres, freePort, startPostgres } from './postgres-server.ts';
import type { PostgresServer } from './postgres-server.ts';

const programs = findPostgres();
const psql = findOnPath('psql');
const missing = programs === undefined ? 'POSTGRESQL' : psql === undefined ? 'PSQL' : undefined;

describe('databases by token', { skip: missing !== undefined && `${missing} IS NOT ON THE MACHINE: the database door was not tried. Install it (Debian: postgresql) to run these tests.` }, () => {
  let server: PostgresServer;
  let gatehouse: TestGatehouse;
  let door: PostgresDoor;
  let rds: RDSClient;
  let port: number;
  let resourceId: string;
  let analyst: KeyPair;

  before(async () => {
    server = await startPostgres(programs!);
    const first = await freePort();
    // The clock of tokens is the machine's: their signer takes no other.
    gatehouse = await startGatehouse({ startsAt: Date.now(), databases: { addresses: new Map([['main', { host: '127.0.0.1', port: server.port, isSecure: false }]]), ports: { first, last: first } } });
    door = openPostgresDoor(postgresGround(gatehouse.plane), { host: '127.0.0.1', tls: undefined });
    rds = gatehouse.client(RDSClient);
    await admin('CREATE DATABASE orders', 'CREATE ROLE rds_iam NOLOGIN', 'CREATE ROLE reader LOGIN', 'GRANT rds_iam TO reader', 'CREATE ROLE outsider LOGIN');
    await runStatements({ host: '127.0.0.1', port: server.port, isSecure: false }, { user: server.superuser, password: server.password, parameters: new Map([['database', 'orders']]) }, ['CREATE TABLE o (n int)', 'INSERT INTO o VALUES (1), (2)', 'GRANT SELECT ON o TO reader'], randomBytes);
    const { DBInstance } = await rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier: 'Orders', DBInstanceClass: 'db.t3.micro', Engine: 'postgres', MasterUsername: server.superuser, MasterUserPassword: server.password, EnableIAMDatabaseAuthentication: true }));
    port = DBInstance!.Endpoint!.Port!;
    resourceId = DBInstance!.DbiResourceId!;
    await door.sync();
    analyst = await userWith('analyst', { Effect: 'Allow', Action: 'rds-db:connect', Resource: `arn:aws:rds-db:us-east-1:${gatehouse.account}:dbuser:${resourceId}/reader` });
  });

  after(async () => {
    await door?.close();
    await gatehouse?.stop();
    await server?.stop();
  });

  const admin = (...statements: string[]) => runStatements({ host: '127.0.0.1', port: server.port, isSecure: false }, { user: server.superuser, password: server.password, parameters: new Map([['database', 'postgres']]) }, statements, randomBytes);

  async function userWith(UserName: string, ...statements: readonly object[]): Promise<KeyPair> {
    const iam = gatehouse.iam();
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  }

  const tokenOf = (key: KeyPair, options: { username?: string; hostname?: string; port?: number; region?: string } = {}): Promise<string> =>
    new Signer({ hostname: '127.0.0.1', port, username: 'reader', region: 'us-east-1', credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey, ...(key.sessionToken !== undefined && { sessionToken: key.sessionToken }) }, ...options }).getAuthToken();

  /** Runs a statement by psql. */
  async function ask(password: string, sql: string, { user = 'reader', database = 'orders', more = '' } = {}): Promise<string> {
    const { stdout } = await promisify(execFile)(psql!, ['--no-psqlrc', '--no-password', '--tuples-only', '--no-align', '--command', sql, `host=127.0.0.1 port=${port} user=${user} dbname=${database} sslmode=prefer gssencmode=disable ${more}`], { env: { PATH: process.env['PATH'], PGPASSWORD: password, HOME: '/nonexistent' }, encoding: 'utf8' });
    return stdout.trim();
  }
  const refused = async (password: string, expected: RegExp, options: Parameters<typeof ask>[2] = {}): Promise<void> => {
    await assert.rejects(ask(password, 'SELECT 1', options), (thrown: { stderr?: string }) => expected.test(thrown.stderr ?? '') || assert.fail(`${thrown.stderr}`));
  };
  const failed = /PAM authentication failed for user "\w+"/;

  test('an analyst reads as the user that the token names, and may do there what the database lets that user do', async () => {
    const token = await tokenOf(analyst);
    assert.equal(await ask(token, 'SELECT current_user, session_user, sum(n) FROM o'), 'reader|reader|3');
    await assert.rejects(ask(token, 'INSERT INTO o VALUES (3)'), /permission denied for table o/);
    await assert.rejects(ask(token, 'RESET SESSION AUTHORIZATION; SET ROLE master'), /permission denied to set role "master"/);
    await refused(token, /database "none" does not exist/, { database: 'none' });
    const records = gatehouse.auditRecords as { eventName: string; errorCode?: string; requestParameters?: { dbUser: string } }[];
    // Neither the master's password nor a token's signature is in any record.
    for (const secret of [server.password, /X-Amz-Signature=(\w+)/.exec(token)![1]!]) assert.ok(!JSON.stringify(gatehouse.auditRecords).includes(secret));
    assert.ok(records.some(({ eventName, errorCode, requestParameters }) => eventName === 'connect' && errorCode === undefined && requestParameters!.dbUser === 'reader'));
  });

  test('policies decide: another database user is denied and told why, and a role\'s session opens what the role may', async () => {
    await refused(await tokenOf(analyst, { username: 'outsider' }), /DETAIL: {2}User: arn:aws:iam::\d+:user\/analyst is not authorized to perform: rds-db:connect on resource: arn:aws:rds-db:us-east-1:\d+:dbuser:db-\w+\/outsider because no identity-based policy allows .* \(authorization id [\w-]+\)/, { user: 'outsider' });
    const iam = gatehouse.iam();
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'reading', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' }] }) }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'reading', PolicyName: 'connect', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'rds-db:connect', Resource: `arn:aws:rds-db:*:*:dbuser:*/reader` }] }) }));
    const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'session' }));
    const session = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
    assert.equal(await ask(await tokenOf(session), 'SELECT current_user'), 'reader');
    // Allowed by policy, but no member of rds_iam: the database does not know it as one of IAM's.
    const all = await userWith('all', { Effect: 'Allow', Action: 'rds-db:connect', Resource: '*' });
    for (const user of ['outsider', server.superuser, 'nobody', 'rds_iam']) await refused(await tokenOf(all, { username: user }), failed, { user });
  });

  test('a token is good at its host and port, for its user, in its region, in its time and unaltered, and while its key is active', async () => {
    const good = await tokenOf(analyst);
    await refused(await tokenOf(analyst, { hostname: 'localhost' }), failed);
    await refused(await tokenOf(analyst, { port: port + 1 }), failed);
    await refused(await tokenOf(analyst, { region: 'eu-west-1' }), failed);
    await refused(await tokenOf(analyst, { username: 'outsider' }), failed);
    await refused(good.replace('DBUser=reader', 'DBUser=master'), failed, { user: 'master' });
    await refused(good.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')), failed);
    await refused(good.replace('Action=connect', 'Action=Connect'), failed);
    await refused(`${good}&DBUser=master`, failed);
    await refused(good.slice(0, good.indexOf('&X-Amz-Signature')), failed);
    await refused(good.replace('X-Amz-Expires=900', 'X-Amz-Expires=90000'), failed);
    for (const password of ['', ' ', 'password', server.password, '%', '127.0.0.1/?Action=connect', 'x'.repeat(20_000)]) await refused(password, /FATAL|fe_sendauth: no password supplied|no password supplied|server closed the connection/);
    const iam = gatehouse.iam();
    await iam.send(new UpdateAccessKeyCommand({ UserName: 'analyst', AccessKeyId: analyst.accessKeyId, Status: 'Inactive' }));
    await refused(good, failed);
    await iam.send(new UpdateAccessKeyCommand({ UserName: 'analyst', AccessKeyId: analyst.accessKeyId, Status: 'Active' }));
    assert.equal(await ask(good, 'SELECT 1'), '1');
    gatehouse.clock.advance(16 * 60_000);
    await refused(good, failed);
    gatehouse.clock.advance(-16 * 60_000);
  });

  test('another account\'s token opens nothing, whatever its policies say; a role\'s session opens nothing any more once it has ended', async (t) => {
    const stranger = await gatehouse.newAccount('222233334444');
    await refused(await tokenOf(stranger), failed);
    const iam = gatehouse.iam();
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'ending', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: [gatehouse.account, '222233334444'] }, Action: 'sts:AssumeRole' }] }) }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'ending', PolicyName: 'connect', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'rds-db:connect', Resource: '*' }] }) }));
    // By way of a role of the instance's account the other's identities come in.
    const { Credentials } = await gatehouse.sts(stranger).send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'visitor', DurationSeconds: 900 }));
    const session = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
    assert.equal(await ask(await tokenOf(session), 'SELECT 1'), '1');
    await refused((await tokenOf(session)).replace(/&X-Amz-Security-Token=[^&]+/, ''), failed);
    // Made in the session's last minute, and of an age that others are still good at.
    gatehouse.clock.advance(14 * 60_000);
    t.mock.timers.enable({ apis: ['Date'], now: gatehouse.clock.now });
    const [late, lasting] = await Promise.all([tokenOf(session), tokenOf(analyst)]);
    t.mock.timers.reset();
    assert.equal(await ask(late, 'SELECT 1'), '1');
    gatehouse.clock.advance(2 * 60_000);
    assert.equal(await ask(lasting, 'SELECT 1'), '1');
    await refused(late, failed);
    gatehouse.clock.advance(-16 * 60_000);
  });

  test('pg, from npm, has its session: a token for each connection of a pool, parameters, prepared statements, errors, notifications', async () => {
    const pool = new Pool({ host: '127.0.0.1', port, user: 'reader', database: 'orders', password: () => tokenOf(analyst), max: 3 });
    try {
      const sums = await Promise.all([1, 2, 3].map((n) => pool.query<{ sum: number }>({ name: 'sum', text: 'SELECT sum(n * $1)::int AS sum FROM o', values: [n] })));
      assert.deepEqual(sums.map(({ rows: [row] }) => row!.sum), [3, 6, 9]);
      await assert.rejects(pool.query('INSERT INTO o VALUES ($1)', [3]), { code: '42501' });
      const client = await pool.connect();
      const heard = new Promise<string | undefined>((resolve) => { client.once('notification', ({ payload }) => resolve(payload)); });
      await client.query('LISTEN news');
      await pool.query("SELECT pg_notify('news', $1)", ['x'.repeat(7_000)]);
      assert.equal((await heard)?.length, 7_000);
      const { rows } = await client.query<{ text: string }>("SELECT repeat('y', 3000000) AS text");
      assert.equal(rows[0]!.text.length, 3_000_000);
      client.release();
    } finally {
      await pool.end();
    }
    await assert.rejects(new Client({ host: '127.0.0.1', port, user: 'reader', database: 'orders', password: 'reader' }).connect(), { code: '28000' });
  });

  test('who is taken out of rds_iam, and an instance without IAM authentication, let nobody in', async () => {
    const token = await tokenOf(analyst);
    await admin('REVOKE rds_iam FROM reader');
    await refused(token, failed);
    await admin('GRANT rds_iam TO reader');
    assert.equal(await ask(token, 'SELECT 1'), '1');
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders', EnableIAMDatabaseAuthentication: false, ApplyImmediately: true }));
    await refused(token, failed);
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders', EnableIAMDatabaseAuthentication: true, ApplyImmediately: true }));
    await admin("ALTER ROLE reader PASSWORD 'changed by somebody'");
    assert.equal(await ask(token, 'SELECT 1'), '1');
  });

  test('a client that skips the password, asks for another protocol or sends rubbish gets no session', async () => {
    const startup = (): Buffer => {
      const body = Buffer.concat([Buffer.of(0, 3, 0, 0), Buffer.from('user\0reader\0database\0orders\0\0')]);
      const length = Buffer.alloc(4);
      length.writeInt32BE(body.length + 4);
      return Buffer.concat([length, body]);
    };
    const query = Buffer.concat([Buffer.from('Q'), Buffer.of(0, 0, 0, 14), Buffer.from('SELECT 1;\0')]);
    const answers = await Promise.all([Buffer.concat([startup(), query]), Buffer.of(0, 0, 0, 8, 0, 2, 0, 0), Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.of(0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0), Buffer.concat([Buffer.of(0, 0, 0, 8, 4, 210, 22, 47), startup()])].map(send));
    for (const answer of answers) assert.ok(!answer.includes('T\0') && !answer.includes('Z\x00\x00\x00\x05'), JSON.stringify(answer));
    assert.match(answers[1]!, /this protocol is not spoken here/);
  });

  /** What is answered until the connection ends; one that stays open is given up. */
  const send = (bytes: Buffer): Promise<string> => new Promise((resolve) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (data) => { said += data.toString('latin1'); });
    socket.on('error', () => {});
    socket.on('close', () => resolve(said));
  });

  test('a client that would speak a newer version of the protocol, or with options of it, is told which there is, and let in by that', async () => {
    const token = await tokenOf(analyst);
    const opened = async (minor: number, options: string, instance = port): Promise<Buffer> => {
      const socket = connect(instance, '127.0.0.1', () => socket.write(packet(Buffer.of(0, 3, minor >> 8, minor & 255), `user\0reader\0database\0orders\0${options}\0`)));
      const pieces: Buffer[] = [];
      let isProven = false;
      for await (const piece of socket) {
        pieces.push(piece as Buffer);
        const said = Buffer.concat(pieces).toString('latin1');
        if (!isProven && said.includes('R\0\0\0\x08\0\0\0\x03')) {
          isProven = true;
          socket.write(Buffer.concat([Buffer.from('p'), packet(`${token}\0`)]));
        }
        if (said.includes('Z\0\0\0\x05I')) break;
      }
      return Buffer.concat(pieces);
    };
    const negotiated = (said: Buffer) => (said[0] === 0x76 ? { length: said.readUInt32BE(1), version: said.readUInt32BE(5) - 196_608, options: said.subarray(9, said.readUInt32BE(1) + 1).toString('latin1') } : undefined);
    assert.equal(negotiated(await opened(0, '')), undefined);
    const spoken = (await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'orders' }))).DBInstances![0]!.EngineVersion! >= '18' ? 2 : 0;
    const newer = await opened(2, '');
    assert.deepEqual(negotiated(newer), spoken === 2 ? undefined : { length: 12, version: 0, options: '\0\0\0\0' });
    // The key for cancelling is as long as the version has it.
    assert.equal(newer.readUInt32BE(newer.indexOf('K\0\0') + 1), spoken === 2 ? 40 : 12);
    assert.deepEqual(negotiated(await opened(9_999, '_pq_.grease\0x\0')), { length: 24, version: spoken, options: '\0\0\0\x01_pq_.grease\0' });
    assert.deepEqual(negotiated(await opened(0, '_pq_.grease\0x\0')), { length: 24, version: 0, options: '\0\0\0\x01_pq_.grease\0' });
  });

  test('a query is cancelled by its client', async () => {
    const token = await tokenOf(analyst);
    const child = spawn(psql!, ['--no-psqlrc', '--command', "SELECT 'at it', pg_sleep(60)", `host=127.0.0.1 port=${port} user=reader dbname=orders sslmode=prefer gssencmode=disable`], { env: { PATH: process.env['PATH'], PGPASSWORD: token, HOME: '/nonexistent' }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => { said += bytes.toString(); });
    const closed = new Promise((resolve) => { child.once('close', resolve); });
    while (!(await admin("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%at it%' AND usename = 'reader' AND state = 'active'")).length);
    child.kill('SIGINT');
    await closed;
    assert.match(said, /canceling statement due to user request/);
  });

  test('over TLS, with a certificate, the token works too, and what was sent before the handshake is not taken', async () => {
    await door.close();
    door = openPostgresDoor(postgresGround(gatehouse.plane), { host: '127.0.0.1', tls: { cert: Buffer.from(localhostCertificate), key: Buffer.from(localhostKey) } });
    await door.sync();
    assert.equal(await ask(await tokenOf(analyst), 'SELECT 1', { more: 'sslmode=require' }), '1');
    const injected = await send(Buffer.concat([Buffer.of(0, 0, 0, 8, 4, 210, 22, 47), Buffer.of(0, 0, 0, 9, 0, 3, 0, 0, 0)]));
    assert.equal(injected, '');
    await door.close();
    door = openPostgresDoor(postgresGround(gatehouse.plane), { host: '127.0.0.1', tls: undefined });
    await door.sync();
  });

  /** How many sockets this process has open. */
  const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

  const packet = (...parts: readonly (Buffer | string)[]): Buffer => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([length, body]);
  };
  const startupOf = (user: string): Buffer => packet(Buffer.of(0, 3, 0, 0), `user\0${user}\0database\0orders\0\0`);

  test('who is refused, cancels nothing or has logged in leaves no connection behind, not even one that the client keeps open', { timeout: 60_000 }, async () => {
    const before = sockets();
    const cancelling = packet(Buffer.of(4, 210, 22, 46), Buffer.alloc(8));
    const kept = Array.from({ length: 5 }, () => connect({ port, host: '127.0.0.1', allowHalfOpen: true }));
    for (const socket of kept) socket.on('error', () => {}).resume().write(packet(Buffer.of(0, 2, 0, 0)));
    for (let i = 0; i < 5; i++) {
      await send(cancelling);
      await ask(await tokenOf(analyst), 'SELECT 1');
    }
    // The far ends of those that are kept are this process's, too.
    while (sockets() > before + kept.length) await delay(20);
    for (const socket of kept) socket.destroy();
  });

  test('the master user has no session here, though a policy and the database would have it', async () => {
    const all = await userWith('everybody', { Effect: 'Allow', Action: 'rds-db:connect', Resource: '*' });
    // Where a master that is no superuser makes the role, PostgreSQL 16 makes it a member.
    await admin(`GRANT rds_iam TO ${server.superuser}`);
    await refused(await tokenOf(all, { username: server.superuser }), failed, { user: server.superuser });
    await admin(`REVOKE rds_iam FROM ${server.superuser}`);
  });

  test('a user is the one whom the policy names: PostgreSQL cuts long names, and what was cut off is not let in', async () => {
    const long = 'r'.repeat(63);
    await admin(`CREATE ROLE ${long} LOGIN`, `GRANT rds_iam TO ${long}`);
    const careful = await userWith('careful', { Effect: 'Allow', Action: 'rds-db:connect', Resource: '*' }, { Effect: 'Deny', Action: 'rds-db:connect', Resource: `arn:aws:rds-db:*:*:dbuser:*/${long}` });
    await refused(await tokenOf(careful, { username: `${long}x` }), /a user name has at most 63 bytes/, { user: `${long}x` });
  });

  test('an instance whose IAM authentication is turned off while a client still thinks of its password lets it in no more', async () => {
    const token = await tokenOf(analyst);
    const socket = connect(port, '127.0.0.1', () => socket.write(startupOf('reader')));
    let said = '';
    const asked = new Promise<void>((resolve) => { socket.on('data', (bytes) => { said += bytes.toString('latin1'); resolve(); }); });
    await asked;
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders', EnableIAMDatabaseAuthentication: false, ApplyImmediately: true }));
    socket.write(Buffer.concat([Buffer.from('p'), packet(`${token}\0`)]));
    // A session that was opened would stay open.
    while (!socket.closed && !said.includes('Z\0\0\0\x05')) await delay(20);
    socket.destroy();
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders', EnableIAMDatabaseAuthentication: true, ApplyImmediately: true }));
    assert.match(said, failed);
  });

  test('who may read instances changes none, who has full access does, and neither connects by that', async () => {
    const iam = gatehouse.iam();
    const [reading, full] = await Promise.all(['AmazonRDSReadOnlyAccess', 'AmazonRDSFullAccess'].map(async (policy) => {
      const key = await userWith(policy, { Effect: 'Deny', Action: 'iam:*', Resource: '*' });
      await iam.send(new AttachUserPolicyCommand({ UserName: policy, PolicyArn: `arn:aws:iam::aws:policy/${policy}` }));
      return key;
    })) as [KeyPair, KeyPair];
    const arn = `arn:aws:rds:us-east-1:${gatehouse.account}:db:orders`;
    const reads = [new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'orders' }), new ListTagsForResourceCommand({ ResourceName: arn })];
    const changes = [new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders', DeletionProtection: false }), new AddTagsToResourceCommand({ ResourceName: arn, Tags: [{ Key: 'team', Value: 'blue' }] }), new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys: ['team'] })];
    const others = [new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders', SkipFinalSnapshot: true }), new CreateDBInstanceCommand({ DBInstanceIdentifier: 'more', DBInstanceClass: 'db.t3.micro', Engine: 'postgres', MasterUsername: 'm', MasterUserPassword: 'p' })];
    // Each command is of a type of its own; a client sends any.
    const sendAs = (key: KeyPair) => { const client = gatehouse.client(RDSClient, key); return (command: object) => client.send(command as DescribeDBInstancesCommand); };
    for (const read of reads) for (const key of [reading, full]) await sendAs(key)(read);
    for (const change of [...changes, ...others]) await assert.rejects(sendAs(reading)(change), { name: 'AccessDenied' });
    for (const change of changes) await sendAs(full)(change);
    for (const key of [reading, full]) await refused(await tokenOf(key), /is not authorized to perform: rds-db:connect/);
  });

  test('who may register instances finds out no password of the server by trying many', async () => {
    const guess = (MasterUserPassword: string) => rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier: 'guess', DBInstanceClass: 'db.t3.micro', Engine: 'postgres', MasterUsername: server.superuser, MasterUserPassword }));
    const outcomes = await Promise.all(Array.from({ length: 61 }, (_, i) => guess(`guess ${i}`).then(() => 'made', ({ name }: Error) => name)));
    assert.deepEqual([...new Set(outcomes)].sort(), ['InvalidParameterValue', 'Throttling']);
    // Not even the right one is told from the others any more, until time has passed.
    await assert.rejects(guess(server.password), { name: 'Throttling' });
    gatehouse.clock.advance(16 * 60_000);
    await assert.rejects(guess('guess'), { name: 'InvalidParameterValue' });
    gatehouse.clock.advance(-16 * 60_000);
  });

  test('an instance that is deleted ends its sessions and its listener', async () => {
    assert.equal((await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'ORDERS' }))).DBInstances!.length, 1);
    await assert.rejects(rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders' })), { name: 'InvalidParameterCombination' });
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders', SkipFinalSnapshot: true }));
    await door.sync();
    await refused(await tokenOf(analyst), /Connection refused/);
  });
});
