/** What requests cost a server: Gatehouse and the bare server under the same requests, by turns. */
import { connect } from 'node:net';
import type { ServerProcess } from './child.ts';
import { sendLoad } from './load.ts';

const requestsPerRound = 6_000;
const requestsToWarmUp = 15_000;

/** A contender: each call sends a round of load and gives the CPU time that a request took, in microseconds. */
export async function served(server: ServerProcess, requests: readonly Buffer[]): Promise<() => Promise<number>> {
  await sendLoad({ port: server.port, requests, count: requestsToWarmUp });
  return async () => {
    const before = await server.usage();
    await sendLoad({ port: server.port, requests, count: requestsPerRound });
    return ((await server.usage()).cpuMs - before.cpuMs) * (1000 / requestsPerRound);
  };
}

/** The bare server, made to answer as the other one does: same status, headers and body. */
export async function mirrored(bare: ServerProcess, server: ServerProcess, requests: readonly Buffer[]): Promise<() => Promise<number>> {
  await bare.ask(await answerTo(server, requests[0]!));
  return served(bare, requests);
}

interface Answer { readonly status: number; readonly headers: readonly string[]; readonly body: string }

/** What Node itself adds to an answer. */
const added = /^(?:date|connection|keep-alive)$/i;

/** Sends one request on a connection of its own and reads the answer. */
export async function answerTo({ port }: Pick<ServerProcess, 'port'>, request: Buffer): Promise<Answer> {
  const text = await new Promise<string>((resolve, reject) => {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(request));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      received += chunk;
      const head = received.indexOf('\r\n\r\n');
      const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
      if (head < 0 || received.length < head + 4 + Number(length)) return;
      socket.destroy();
      resolve(received);
    });
    socket.once('error', reject);
  });
  const end = text.indexOf('\r\n\r\n');
  const [first, ...lines] = text.slice(0, end).split('\r\n');
  const pairs = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const);
  const answer = { status: Number(first!.split(' ')[1]), headers: pairs.filter(([name]) => !added.test(name)).flat(), body: text.slice(end + 4) };
  if (answer.status !== 200) throw new Error(text);
  return answer;
}
