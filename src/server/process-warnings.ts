/** What Node itself warns of becomes a line of the log, as everything else that is said: readers of the log take JSON and nothing beside it. */
import type { Log } from './log.ts';

/** Takes the warnings until the function that it gives is called. */
export function takeProcessWarnings(log: Pick<Log, 'info'>): () => void {
  const before = process.listeners('warning');
  const take = ({ name, message }: Error): void => log.info('Node warns', { warning: name, about: message });
  process.removeAllListeners('warning');
  process.on('warning', take);
  return () => {
    process.off('warning', take);
    for (const listener of before) process.on('warning', listener);
  };
}
