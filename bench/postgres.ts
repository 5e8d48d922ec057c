/** Bench: what the PostgreSQL door costs a session that is open: pgbench with the same queries, straight to the server and through the door, by turns. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { Signer } from '@aws-sdk/rds-signer';
import { runStatements } from '../src/services/rds/postgres/session.ts';
import { intermediateCertificate, localhostCertificate, localhostKey, rootCertificate } from '../test/certificates.ts';
import { findPostgres, freePort, startPostgres } from '../test/rds/postgres-server.ts';
import type { PostgresServer } from '../test/rds/postgres-server.ts';
import type { ServerProcess } from './child.ts';
import { install } from './installation.ts';
import type { AccessKey } from './installation.ts';
import type { Figure } from './measure.ts';
import { alternate, spread } from './spread.ts';

const rounds = 7;
/** pgbench counts in whole seconds. */
const secondsPerRun = 1;
const scale = 10;

interface Script { readonly name: string; readonly args: readonly string[]; /** At most so many per cent more. */ readonly must?: number }

/** An analyst's question, over a tenth of a branch's accounts. */
const report = '\\set branch random(1, :scale)\nSELECT count(*), sum(abalance), avg(abalance), max(abalance) FROM pgbench_accounts WHERE aid BETWEEN (:branch - 1) * 100000 + 1 AND :branch * 100000 - 90000;\n';
/** pgbench's own transaction, said at once, as a client's pipeline does. */
const pipelined = `\\set aid random(1, 100000 * :scale)
\\set bid random(1, 1 * :scale)
\\set tid random(1, 10 * :scale)
\\set delta random(-5000, 5000)
\\startpipeline
BEGIN;
UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = :aid;
SELECT abalance FROM pgbench_accounts WHERE aid = :aid;
UPDATE pgbench_tellers SET tbalance = tbalance + :delta WHERE tid = :tid;
UPDATE pgbench_branches SET bbalance = bbalance + :delta WHERE bid = :bid;
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (:tid, :bid, :aid, :delta, CURRENT_TIMESTAMP);
END;
\\endpipeline
`;

const scripts = (folder: string): readonly Script[] => [
  { name: 'a report over 10,000 rows', args: ['-M', 'prepared', '-f', join(folder, 'report.sql')], must: 10 },
  { name: 'TPC-B in a pipeline, durable', args: ['-M', 'prepared', '-f', join(folder, 'pipelined.sql')] },
  { name: 'TPC-B, durable: seven questions', args: ['-M', 'prepared'] },
  { name: 'simple update, durable: five questions', args: ['-N', '-M', 'prepared'] },
  { name: 'the shortest SELECT, prepared', args: ['-S', '-M', 'prepared'] },
  { name: 'the shortest SELECT, simple protocol', args: ['-S'] },
];

export async function postgres(): Promise<readonly Figure[]> {
  const programs = findPostgres();
  if (programs === undefined) throw new Error('PostgreSQL is not on the machine (Debian: postgresql)');
  using installation = install();
  const { folder } = installation;
  writeFileSync(join(folder, 'report.sql'), report);
  writeFileSync(join(folder, 'pipelined.sql'), pipelined);
  const cert = localhostCertificate + intermediateCertificate;
  writeFileSync(join(folder, 'cert.pem'), cert);
  // No machine trusts the tests' authority by itself.
  writeFileSync(join(folder, 'root.pem'), rootCertificate);
  writeFileSync(join(folder, 'key.pem'), localhostKey, { mode: 0o600 });
  const server = await startPostgres(programs, { isDurable: true, tls: { cert, key: localhostKey } });
  try {
    const pgbench = join(programs, 'pgbench');
    await prepare(pgbench, server);
    const port = await freePort();
    const start = (upstream: string, ...more: string[]): Promise<ServerProcess> => installation.start({ env: { NODE_EXTRA_CA_CERTS: join(folder, 'root.pem') }, args: ['--database-server', `main=${upstream}`, '--database-ports', `${port}-${port}`, ...more] });
    let gatehouse = await start(`127.0.0.1:${server.port}`);
    const key = installation.adminKey();
    await register(gatehouse, key, server);
    const through = (host: string): Promise<Target> => tokenFor(key, host, port);
    const straight = (host: string): Target => ({ host, port: server.port, user: 'straight', password: 'straight' });
    const plain = await compare(pgbench, scripts(folder), 'no TLS', 'disable', straight('127.0.0.1'), await through('127.0.0.1'), gatehouse);
    await gatehouse.stop();
    gatehouse = await start(`tls:localhost:${server.port}`, '--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, 'key.pem'));
    const secure = await compare(pgbench, scripts(folder), 'TLS on both ways', 'require', straight('localhost'), await through('localhost'), gatehouse);
    await gatehouse.stop();
    return [...plain, ...secure];
  } finally {
    await server.stop();
  }
}

async function prepare(pgbench: string, { port, superuser, password }: PostgresServer): Promise<void> {
  const asMaster = (database: string, ...statements: string[]) => runStatements({ host: '127.0.0.1', port, isSecure: false }, { user: superuser, password, parameters: new Map([['database', database]]) }, statements, randomBytes);
  await asMaster('postgres', 'CREATE DATABASE bench', 'CREATE ROLE rds_iam NOLOGIN', 'CREATE ROLE token LOGIN', 'GRANT rds_iam TO token', "CREATE ROLE straight LOGIN PASSWORD 'straight'");
  await promisify(execFile)(pgbench, ['-h', '127.0.0.1', '-p', String(port), '-U', superuser, '-i', '-q', '-s', String(scale), 'bench'], { env: { PATH: process.env['PATH'], PGPASSWORD: password } });
  await asMaster('bench', 'GRANT ALL ON ALL TABLES IN SCHEMA public TO token, straight', 'CHECKPOINT');
}

async function register(gatehouse: ServerProcess, key: AccessKey, { superuser, password }: PostgresServer): Promise<void> {
  const rds = new RDSClient({ endpoint: `http://127.0.0.1:${gatehouse.port}`, region: 'us-east-1', credentials: key });
  await rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier: 'bench', DBInstanceClass: 'db.t3.micro', Engine: 'postgres', MasterUsername: superuser, MasterUserPassword: password, EnableIAMDatabaseAuthentication: true }));
  rds.destroy();
}

interface Target { readonly host: string; readonly port: number; readonly user: string; readonly password: string }

async function tokenFor(key: AccessKey, host: string, port: number): Promise<Target> {
  return { host, port, user: 'token', password: await new Signer({ hostname: '127.0.0.1', port, username: 'token', region: 'us-east-1', credentials: key }).getAuthToken() };
}

async function compare(pgbench: string, all: readonly Script[], how: string, sslmode: string, straight: Target, through: Target, gatehouse: ServerProcess): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { name, args, must } of all) {
    let cpuMs = 0;
    let transactions = 0;
    const [direct, joined] = await alternate(rounds, [
      async () => (await run(pgbench, args, sslmode, straight)).microseconds,
      async () => {
        const before = (await gatehouse.usage()).cpuMs;
        const ran = await run(pgbench, args, sslmode, through);
        cpuMs += (await gatehouse.usage()).cpuMs - before;
        transactions += ran.transactions;
        return ran.microseconds;
      },
    ]);
    const [a, b] = [spread(direct!).median, spread(joined!).median];
    figures.push({
      measure: `PostgreSQL, ${how}, ${name}: what the door adds to a transaction`,
      figures: `${b.toFixed(0)} µs (${(1e6 / b).toFixed(0)} a second) through the door, ${a.toFixed(0)} µs straight; ${((cpuMs * 1000) / transactions).toFixed(0)} µs of the door's CPU each`,
      value: spread(joined!.map((microseconds, i) => (microseconds / direct![i]! - 1) * 100)), unit: '%', bound: 'at most', must,
    });
  }
  return figures;
}

async function run(pgbench: string, args: readonly string[], sslmode: string, { host, port, user, password }: Target): Promise<{ readonly microseconds: number; readonly transactions: number }> {
  const { stdout } = await promisify(execFile)(pgbench, ['-n', '-T', String(secondsPerRun), '-s', String(scale), ...args, 'bench'], { env: { PATH: process.env['PATH'], PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGSSLMODE: sslmode, PGGSSENCMODE: 'disable', HOME: '/nonexistent' } });
  const number = (pattern: RegExp): number => Number(pattern.exec(stdout)?.[1] ?? NaN);
  return { microseconds: number(/^latency average = ([\d.]+) ms/m) * 1000, transactions: number(/^number of transactions actually processed: (\d+)/m) };
}
