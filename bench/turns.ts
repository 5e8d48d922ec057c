/** How long work holds the event loop: the processor time of this thread, as a whole and of the longest turn. */

/** Of the processor. */
export interface Turns { readonly seconds: number; readonly longestSeconds: number }

/** Time of the processor, not of the clock: what else the machine does is nobody's pause here. */
function threadSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

/** Runs the work, and looks at the time once in each turn of the event loop. */
export async function watchTurns(work: () => unknown): Promise<Turns> {
  await new Promise(setImmediate);
  const began = threadSeconds();
  let last = began;
  let longestSeconds = 0;
  let isDone = false;
  const look = (): void => {
    const now = threadSeconds();
    longestSeconds = Math.max(longestSeconds, now - last);
    last = now;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isDone = true;
  look();
  return { seconds: last - began, longestSeconds };
}
