/** Run by the bench of metadata: opens the metadata services of so many instances, asks each for its credentials, and prints what that took. */
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { openEndpoint, standardHosts } from '../src/doors/metadata/endpoint.ts';
import { MetadataListener } from '../src/doors/metadata/listener.ts';
import { region, roleName, startMachines } from '../test/metadata/test-instance.ts';
import type { MetadataCosts } from './metadata.ts';

const count = Number(process.argv[2]);
const machines = await startMachines();
const Profile = await machines.role();
const ids = Array.from({ length: count }, (_, i) => `i-${i.toString(16).padStart(17, '0')}`);
for (const [i, InstanceId] of ids.entries()) await machines.instance({ InstanceId, Profile: { ...Profile, AssociationId: `iip-assoc-${i}` } });

const residentBytes = (): number => {
  globalThis.gc?.();
  return process.memoryUsage.rss();
};

const before = residentBytes();
const openedAt = performance.now();
const listener = new MetadataListener((message, cause) => { throw new Error(message, { cause }); });
const ports: number[] = [];
for (const instanceId of ids) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  listener.open(server, openEndpoint(machines.parts, { account: machines.gatehouse.account, region, instanceId, hosts: standardHosts }));
  ports.push((server.address() as AddressInfo).port);
}
const openMs = performance.now() - openedAt;
const openBytes = residentBytes() - before;

const tokens: string[] = [];
const credentialsMicros = await microsOf(async (port) => {
  const token = await exchange(port, 'PUT /latest/api/token', 'X-aws-ec2-metadata-token-ttl-seconds: 21600');
  tokens.push(token);
  const answer = await exchange(port, `GET /latest/meta-data/iam/security-credentials/${roleName}`, `X-aws-ec2-metadata-token: ${token}`);
  if (JSON.parse(answer).Code !== 'Success') throw new Error(answer);
});
const usedBytes = residentBytes() - before;
const valueMicros = await microsOf(async (port, i) => void await exchange(port, 'GET /latest/meta-data/instance-id', `X-aws-ec2-metadata-token: ${tokens[i]}`));

process.stdout.write(JSON.stringify({ openMs, openBytes, usedBytes, credentialsMicros, valueMicros } satisfies MetadataCosts));
process.exit();

/** Wall time of one, in which the client's is. */
async function microsOf(work: (port: number, index: number) => Promise<void>): Promise<number> {
  const begun = performance.now();
  for (const [i, port] of ports.entries()) await work(port, i);
  return (performance.now() - begun) / ports.length * 1_000;
}

/** The body of an answer, whose connection the server closes. */
function exchange(port: number, line: string, header: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(`${line} HTTP/1.1\r\nHost: 169.254.169.254\r\n${header}\r\n\r\n`));
    socket.setEncoding('latin1').on('data', (text: string) => (received += text)).on('error', reject).on('close', () => {
      if (!received.startsWith('HTTP/1.1 200')) return reject(new Error(received));
      return resolve(received.slice(received.indexOf('\r\n\r\n') + 4));
    });
  });
}
