/** Where an option's value comes from, and which variables are refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError, readOptions, refuseUnknownVariables } from './option.ts';
import { options } from './options.ts';

const { port, ephemeral, tlsCert } = options;
const table = { port, ephemeral, tlsCert };

test('an option is its flag, else its environment form, else its fallback', () => {
  assert.deepEqual(readOptions(table, {}, {}), { port: 4566, ephemeral: false, tlsCert: undefined });
  assert.deepEqual(readOptions(table, {}, { GATEHOUSE_LISTEN_PORT: '80', GATEHOUSE_EPHEMERAL: '1' }), { port: 80, ephemeral: true, tlsCert: undefined });
  assert.deepEqual(readOptions(table, { port: '81', tlsCert: 'c' }, { GATEHOUSE_LISTEN_PORT: '80', GATEHOUSE_TLS_CERT: 'd' }), { port: 81, ephemeral: false, tlsCert: 'c' });
});

test('a bad value is refused by the name of where it stands', () => {
  assert.throws(() => readOptions(table, { port: '65536' }, {}), new UsageError('--port must be a port from 0 to 65535; it is "65536"'));
  assert.throws(() => readOptions(table, {}, { GATEHOUSE_EPHEMERAL: 'yes' }), new UsageError('GATEHOUSE_EPHEMERAL must be true, false, 1 or 0; it is "yes"'));
  assert.throws(() => readOptions(table, {}, { GATEHOUSE_LISTEN_PORT: '' }), /GATEHOUSE_LISTEN_PORT is set but empty/);
});

test('a flag given beside a bad environment form wins without reading it', () => {
  assert.equal(readOptions(table, { port: '1' }, { GATEHOUSE_LISTEN_PORT: 'x' }).port, 1);
});

test('a GATEHOUSE_ variable that means nothing is refused by name', () => {
  for (const name of ['GATEHOUSE_LISTEN_PROT', 'GATEHOUSE_DATADIR', 'GATEHOUSE_']) {
    assert.throws(() => refuseUnknownVariables(options, { [name]: '1' }), new RegExp(`unknown environment variable ${name};`));
  }
  assert.throws(() => refuseUnknownVariables(options, { GATEHOUSE_PORT: '4566' }), new UsageError('unknown environment variable GATEHOUSE_PORT; is GATEHOUSE_LISTEN_PORT meant?'));
  assert.throws(() => refuseUnknownVariables(options, { GATEHOUSE_EPHEMERL: '1' }), new UsageError('unknown environment variable GATEHOUSE_EPHEMERL; is GATEHOUSE_EPHEMERAL meant?'));
  assert.throws(() => refuseUnknownVariables(options, { GATEHOUSE_THREADS: '4' }), new UsageError('unknown environment variable GATEHOUSE_THREADS; the help of each command shows those that mean something'));
  refuseUnknownVariables(options, { GATEHOUSE_LISTEN_PORT: '1', HOME: '/', AWS_PROFILE: 'x', NOT_GATEHOUSE_X: '1' });
});

test('the service links that Kubernetes sets are let pass, and nothing that only looks like one', () => {
  const links = {
    GATEHOUSE_SERVICE_HOST: '10.0.0.11', GATEHOUSE_SERVICE_PORT: '4566', GATEHOUSE_SERVICE_PORT_HTTPS: '443',
    GATEHOUSE_PORT: 'tcp://10.0.0.11:4566', GATEHOUSE_PORT_4566_TCP: 'tcp://10.0.0.11:4566', GATEHOUSE_PORT_4566_TCP_PROTO: 'tcp',
    GATEHOUSE_PORT_4566_TCP_PORT: '4566', GATEHOUSE_PORT_4566_TCP_ADDR: 'fd00::11', GATEHOUSE_CONSOLE_SERVICE_HOST: '10.0.0.12', GATEHOUSE_CONSOLE_PORT: 'tcp://10.0.0.12:80',
  };
  refuseUnknownVariables(options, links);
  for (const [name, value] of [['GATEHOUSE_PORT', '4566'], ['GATEHOUSE_SERVICE_HOST', 'yes please'], ['GATEHOUSE_SERVICE_NAME', 'x'], ['GATEHOUSE_PORT_4566', 'tcp://10.0.0.11:4566']]) {
    assert.throws(() => refuseUnknownVariables(options, { [name!]: value }), UsageError, name);
  }
});

test('every option has an environment form of its own, and a name and a meaning', () => {
  const all = Object.values(options);
  assert.equal(new Set(all.map(({ environment }) => environment)).size, all.length);
  for (const { flag, about, environment } of all) {
    assert.match(environment, /^GATEHOUSE_[A-Z][A-Z_]*[A-Z]$/);
    if (flag !== undefined) assert.match(flag, /^--[a-z][a-z-]*[a-z]$/);
    assert.ok(about.length > 10, environment);
  }
});
