/** Bench: the memory of a server that has answered for a while, with 1,000 users against a bare server, and what 100,000 more add. */
import type { ServerProcess } from './child.ts';
import { install } from './installation.ts';
import type { Figure } from './measure.ts';
import { sendLoad } from './load.ts';
import { populate } from './population.ts';
import { answerTo } from './serving.ts';
import { signedRequests } from './signed-requests.ts';
import { ratios, spread } from './spread.ts';

const rounds = 3;
const requestsBefore = 5_000;
const further = 100_000;
const megabyte = 1e6;

export async function memory(): Promise<readonly Figure[]> {
  using installation = install();
  await (await installation.start()).stop();
  await populate(installation.dataDir, { users: 1_000 });
  const requests = signedRequests({ service: 'iam', key: installation.adminKey(), parameters: { Action: 'GetUser', UserName: 'user-500' } });
  const [bare, few]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const server = await installation.start();
    const reference = await installation.startBare();
    await reference.ask(await answerTo(server, requests[0]!));
    bare.push(await megabytes(reference, requests));
    few.push(await megabytes(server, requests));
  }
  await populate(installation.dataDir, { users: further, from: 1_000 });
  const many: number[] = [];
  for (let round = 0; round < rounds; round++) many.push(await megabytes(await installation.start(), requests));
  const added = many.map((size, i) => size - few[i]!);
  return [
    { measure: 'memory with 1,000 users against the bare server', figures: `${spread(few).median.toFixed(0)} MB resident, bare ${spread(bare).median.toFixed(0)} MB`, value: ratios(few, bare), unit: '×', bound: 'at most', must: 1.5, aim: 1.25 },
    { measure: 'memory of each further 100,000 users', figures: `${spread(many).median.toFixed(0)} MB resident, ${spread(few).median.toFixed(0)} MB before`, value: spread(added), unit: 'MB', bound: 'at most', must: 150, aim: 80 },
  ];
}

/** What the server holds after a while of requests; it is stopped then. */
async function megabytes(server: ServerProcess, requests: readonly Buffer[]): Promise<number> {
  await sendLoad({ port: server.port, requests, count: requestsBefore });
  const { rssBytes } = await server.usage();
  await server.stop();
  return rssBytes / megabyte;
}
