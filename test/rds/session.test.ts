/** Logging in to a real PostgreSQL: SCRAM-SHA-256 both ways, refusals in its own words, literals that stay what they are. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { LoginRefused, runStatements, sqlLiteral, sqlName } from '../../src/services/rds/postgres/session.ts';
import { scramVerifier } from '../../src/services/rds/postgres/scram.ts';
import { findPostgres, startPostgres } from './postgres-server.ts';

test('statements run, passwords that were never sent open, wrong ones do not', async (t) => {
  const programs = findPostgres();
  if (programs === undefined) return t.skip('POSTGRESQL IS NOT ON THE MACHINE: logging in to it was not tried. Install it (Debian: postgresql) to run this test.');
  const { port, superuser, password, stop } = await startPostgres(programs);
  try {
    const address = { host: '127.0.0.1', port, isSecure: false };
    const parameters = new Map([['database', 'postgres']]);
    const login = { user: superuser, password, parameters };
    const hostile = `it's \\ a "test" \n ; DROP TABLE x --`;
    assert.deepEqual(await runStatements(address, login, [`SELECT ${sqlLiteral(hostile)}`, 'SELECT 1 AS a UNION ALL SELECT NULL ORDER BY a'], randomBytes), [hostile, '1', null]);
    await runStatements(address, login, [`CREATE ROLE ${sqlName('odd "name"')} LOGIN PASSWORD ${sqlLiteral(await scramVerifier('its own', randomBytes(16)))}`], randomBytes);
    assert.deepEqual(await runStatements(address, { user: 'odd "name"', password: 'its own', parameters }, ['SELECT current_user'], randomBytes), ['odd "name"']);
    const refusedWith = (code: string) => (thrown: LoginRefused): boolean => thrown instanceof LoginRefused && thrown.fields.code === code;
    await assert.rejects(runStatements(address, { ...login, password: 'wrong' }, [], randomBytes), refusedWith('28P01'));
    await assert.rejects(runStatements(address, { ...login, parameters: new Map([['database', 'none']]) }, [], randomBytes), refusedWith('3D000'));
    await assert.rejects(runStatements(address, login, ['SELECT * FROM nowhere'], randomBytes), refusedWith('42P01'));
    await assert.rejects(runStatements({ ...address, isSecure: true }, login, [], randomBytes), /does not speak TLS/);
  } finally {
    await stop();
  }
});
