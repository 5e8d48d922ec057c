/** Bench: what a start costs until requests are answered, against the start of a bare server. */
import type { ServerProcess } from './child.ts';
import { install } from './installation.ts';
import type { Figure } from './measure.ts';
import { alternate, ratios, spread } from './spread.ts';

export async function start(): Promise<readonly Figure[]> {
  using installation = install();
  const first = await startAndStop(() => installation.start());
  const contenders = [() => installation.startBare(), () => installation.start(), () => installation.startCheckout()].map((begin) => () => startAndStop(begin));
  await alternate(1, contenders);
  const [bare, built, checkout] = await alternate(11, contenders);
  const figures = (costs: readonly number[]): string => `${spread(costs).median.toFixed(0)} ms of CPU, bare ${spread(bare!).median.toFixed(0)} ms`;
  const told = { unit: '×', bound: 'at most' } as const;
  return [
    { measure: 'start to ready, a second start of the built package, CPU against the bare server', figures: figures(built!), value: ratios(built!, bare!), ...told, must: 2, aim: 1.3 },
    { measure: '… its very first start, which makes the account, nothing compiled yet', figures: figures([first]), value: spread([first / spread(bare!).median]), ...told },
    { measure: '… a second start of the checkout, which strips types', figures: figures(checkout!), value: ratios(checkout!, bare!), ...told },
  ];
}

async function startAndStop(begin: () => Promise<ServerProcess>): Promise<number> {
  const server = await begin();
  await server.stop();
  return server.atReady.cpuMs;
}
