/** A process that runs one machine with the user data that it is given, says what became of it, and stays until it is ended: for the tests that end it. Arguments: the folder of disks, the user data, `unconfined` where it is to be so, or the socket of the engine that is to run it. */
import { openDockerDriver } from '../../src/doors/machines/docker-driver.ts';
import { openProcessDriver } from '../../src/doors/machines/process-driver.ts';
import { openUnconfinedDriver } from '../../src/doors/machines/unconfined-driver.ts';
import type { Machine } from '../../src/services/ec2/driver.ts';
import { startMachines } from '../metadata/test-instance.ts';

const [folder = '', userData = '', how] = process.argv.slice(2);
const { parts } = await startMachines();
const settings = { folder, api: { url: 'http://127.0.0.1:9', host: '127.0.0.1', port: 9 } };
const open = how === undefined ? openProcessDriver : how === 'unconfined' ? openUnconfinedDriver : (...[, ...rest]: Parameters<typeof openProcessDriver>) => openDockerDriver({ ...settings, socketPath: how }, ...rest);
const driver = await open(settings, parts, (ended) => say(ended));
const machine: Machine = { machineId: 'machine-one', account: '111122223333', region: 'eu-west-1', instanceId: 'i-0123456789abcdef0', instanceType: 't3.nano', vcpus: 1, memoryMiB: 512, diskGiB: 1, hostName: 'one', privateIpAddress: '172.31.0.4', userData: Buffer.from(userData), publicKey: undefined };

const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

if (driver.missing() === undefined) {
  await driver.launch(machine);
  for (let text = ''; !text.includes('user data ended'); text = Buffer.from((await driver.consoleOutput('machine-one'))!.bytes).toString()) await new Promise((resolve) => setTimeout(resolve, 50));
}
say({ missing: driver.missing(), console: Buffer.from((await driver.consoleOutput('machine-one'))?.bytes ?? []).toString() });
setInterval(() => {}, 60_000);
