/** Bench: objects of S3, large ones streamed and small ones by the thousand, against bare node:http streaming to and from a file. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signRequest } from '../test/sign-request.ts';
import type { ServerProcess } from './child.ts';
import { install } from './installation.ts';
import type { AccessKey, Installation } from './installation.ts';
import type { Figure } from './measure.ts';
import { answerTo, mirrored, served } from './serving.ts';
import { alternate, ratios, spread } from './spread.ts';
import { download, piece, upload } from './streaming.ts';

const pieces = 1024;
const largeBytes = pieces * piece.length;
const rounds = 3;
const smallBytes = 4096;
const unsigned = 'UNSIGNED-PAYLOAD';
const megabyte = 1024 * 1024;

export async function s3(): Promise<readonly Figure[]> {
  using installation = install();
  const files = join(installation.folder, 'files');
  mkdirSync(files);
  const bare = await installation.startStreaming(files);
  const proxy = await installation.startStreaming(files, bare.port);
  await (await installation.start()).stop();
  const key = installation.adminKey();
  const account = await accountOf(installation, key);
  const stores = join(installation.folder, 'stores.json');
  writeFileSync(stores, JSON.stringify({ stores: { bare: { endpoint: `http://127.0.0.1:${bare.port}`, accessKeyId: 'AKID', secretAccessKey: 'secret' } }, accounts: { [account]: { store: 'bare', buckets: { elsewhere: 'elsewhere' } } } }), { mode: 0o600 });
  const gatehouse = await installation.start({ args: ['--object-stores', stores] });
  await answerTo(gatehouse, request(key, 'PUT', '/here'));
  const figures = [...(await large(gatehouse, bare, proxy, key)), ...(await small(installation, gatehouse, bare, key))];
  await gatehouse.stop();
  await Promise.all([proxy.stop(), bare.stop()]);
  return figures;
}

async function accountOf(installation: Installation, key: AccessKey): Promise<string> {
  const server = await installation.start();
  const { body } = await answerTo(server, wire(signRequest({ ...key, at: Date.now(), service: 'sts', region: 'us-east-1', body: 'Action=GetCallerIdentity&Version=2011-06-15' })));
  await server.stop();
  return /<Account>(\d{12})</.exec(body)![1]!;
}

/** A request as bytes of the wire, without the body where that is streamed. */
function request(key: AccessKey, method: string, target: string, headers: Readonly<Record<string, string>> = {}, body = ''): Buffer {
  return wire(signRequest({ ...key, at: Date.now(), service: 's3', region: 'us-east-1', method, target, headers: { 'X-Amz-Content-Sha256': createHash('sha256').update(body).digest('hex'), ...headers }, body }));
}

function wire({ method, target, rawHeaders, body }: ReturnType<typeof signRequest>): Buffer {
  const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}\r\n`] : []));
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), body]);
}

interface Transfer { readonly name: string; readonly run: () => Promise<unknown>; readonly reference: 'up' | 'down' }

async function large(gatehouse: ServerProcess, bare: ServerProcess, proxy: ServerProcess, key: AccessKey): Promise<readonly Figure[]> {
  const length = { 'Content-Length': String(largeBytes) };
  const sha256 = createHash('sha256');
  for (let i = 0; i < pieces; i++) sha256.update(piece);
  const signed = sha256.digest('hex');
  const put = (bucket: string, payload: string) => () => upload(gatehouse.port, request(key, 'PUT', `/${bucket}/large`, { ...length, 'X-Amz-Content-Sha256': payload }), pieces);
  const get = (bucket: string) => () => download(gatehouse.port, request(key, 'GET', `/${bucket}/large`));
  const plainPut = Buffer.from(`PUT /large HTTP/1.1\r\nHost: bare\r\nContent-Length: ${largeBytes}\r\n\r\n`);
  const plainGet = Buffer.from('GET /large HTTP/1.1\r\nHost: bare\r\n\r\n');
  const references = { up: () => upload(bare.port, plainPut, pieces), down: () => download(bare.port, plainGet) };
  const transfers: readonly (Transfer & { readonly must: number })[] = [
    { name: 'up, unsigned payload', run: put('here', unsigned), reference: 'up', must: 0.6 },
    { name: 'up, signed payload', run: put('here', signed), reference: 'up', must: 0.4 },
    { name: 'down', run: get('here'), reference: 'down', must: 0.6 },
    { name: 'up to another store, unsigned payload', run: put('elsewhere', unsigned), reference: 'up', must: 0.6 },
    { name: 'up to another store, signed payload', run: put('elsewhere', signed), reference: 'up', must: 0.4 },
    { name: 'down from another store', run: get('elsewhere'), reference: 'down', must: 0.6 },
  ];
  const proxied = { up: () => upload(proxy.port, plainPut, pieces), down: () => download(proxy.port, plainGet) };
  const idle = (await gatehouse.usage()).rssBytes;
  const peak = watchMemory(gatehouse);
  const timed = (server: ServerProcess, run: () => Promise<unknown>, cpu: number[]) => async (): Promise<number> => {
    const before = await server.usage();
    const began = performance.now();
    await run();
    const ms = performance.now() - began;
    cpu.push((await server.usage()).cpuMs - before.cpuMs);
    return ms;
  };
  const cpu = [...transfers, 'up', 'down', 'proxied up', 'proxied down'].map((): number[] => []);
  const times = await alternate(rounds, [
    ...transfers.map(({ run }, i) => timed(gatehouse, run, cpu[i]!)),
    timed(bare, references.up, cpu.at(-4)!), timed(bare, references.down, cpu.at(-3)!), timed(proxy, proxied.up, cpu.at(-2)!), timed(proxy, proxied.down, cpu.at(-1)!),
  ]);
  const most = peak.end();
  const speed = (ms: readonly number[]): string => (largeBytes / 1e6 / (spread(ms).median / 1000)).toFixed(0);
  const byReference = { up: times.at(-4)!, down: times.at(-3)! };
  return [
    ...transfers.map(({ name, reference, must }, i): Figure => ({
      measure: `S3, 1 GiB ${name}: throughput against node:http and a file`,
      figures: `${speed(times[i]!)} MB/s and ${spread(cpu[i]!).median.toFixed(0)} ms of CPU, bare ${speed(byReference[reference])} MB/s and ${spread(cpu.at(reference === 'up' ? -4 : -3)!).median.toFixed(0)} ms, through a bare proxy ${speed(times.at(reference === 'up' ? -2 : -1)!)} MB/s`,
      value: ratios(byReference[reference], times[i]!), unit: '×', bound: 'at least', must,
    })),
    { measure: 'S3, memory while 1 GiB is streamed, above idle', figures: `${(most / megabyte).toFixed(0)} MiB resident, ${(idle / megabyte).toFixed(0)} MiB idle`, value: spread([(most - idle) / megabyte]), unit: 'MB', bound: 'at most', must: 64 },
  ];
}

/** The most that the process holds at any look, until it is asked. */
function watchMemory(server: ServerProcess): { end(): number } {
  let most = 0;
  const timer = setInterval(() => { most = Math.max(most, server.residentBytes()); }, 10);
  return {
    end() {
      clearInterval(timer);
      return most;
    },
  };
}

/** As many requests as there are seconds, each signed at its own, as in signed-requests.ts. */
const seconds = 240;

async function small(installation: Installation, gatehouse: ServerProcess, bare: ServerProcess, key: AccessKey): Promise<readonly Figure[]> {
  const body = 'x'.repeat(smallBytes);
  const now = Date.now();
  const signed = (method: string, content: string): readonly Buffer[] => Array.from({ length: seconds }, (_, second) => wire(signRequest({
    ...key, at: now - second * 1000, service: 's3', region: 'us-east-1', method, target: `/here/small/${second}`, body: content,
    headers: { 'User-Agent': 'aws-sdk-js/3.1169.0 ua/2.1 os/linux lang/js md/nodejs#26.10.0 api/s3#3.1169.0', Accept: '*/*', 'X-Amz-Content-Sha256': createHash('sha256').update(content).digest('hex'), 'amz-sdk-request': 'attempt=1; max=3' },
  })));
  const [puts, gets] = [signed('PUT', body), signed('GET', '')];
  for (const put of puts) await answerTo(gatehouse, put);
  const answering = await installation.startBare();
  const [bareGets, ourGets] = await alternate(9, [await mirrored(answering, gatehouse, gets), await served(gatehouse, gets)]);
  const plainPuts = Array.from({ length: seconds }, (_, i) => Buffer.from(`PUT /small/${i} HTTP/1.1\r\nHost: bare\r\nContent-Length: ${smallBytes}\r\n\r\n${body}`));
  const [barePuts, ourPuts] = await alternate(5, [await served(bare, plainPuts), await served(gatehouse, puts)]);
  await answering.stop();
  return [
    { measure: 'S3, 4 KiB GET: requests per CPU second against a bare server that answers the same', figures: `${spread(ourGets!).median.toFixed(1)} µs a request, bare ${spread(bareGets!).median.toFixed(1)} µs`, value: ratios(bareGets!, ourGets!), unit: '×', bound: 'at least', must: 0.3 },
    { measure: 'S3, 4 KiB PUT: requests per CPU second against node:http and a synced file', figures: `${spread(ourPuts!).median.toFixed(1)} µs a request, bare ${spread(barePuts!).median.toFixed(1)} µs`, value: ratios(barePuts!, ourPuts!), unit: '×', bound: 'at least' },
  ];
}
