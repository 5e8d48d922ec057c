/** `gatehouse start`: starts, says where and what was made, and stops when it is told to. */
import { options, startOptions } from './options.ts';
import type { Commands, RunningGatehouse } from './commands.ts';
import { CommandError } from './commands.ts';
import { addEndpoint, removeEndpoint } from './endpoint-file.ts';
import { announceStart } from './new-account.ts';
import type { GivenFlags } from './option.ts';
import type { StartOptions } from './start-options.ts';
import type { World } from './world.ts';

/** Starts, and resolves to the exit code when it has stopped. */
export async function start(given: GivenFlags, world: World, commands: Commands): Promise<number> {
  const told = startOptions(given, world);
  const stop = stopRequest(world);
  const running = await started(told, commands);
  if (running.isWorker) {
    await stop;
    await running.stop();
    // The channel to the process that began this one would keep it.
    return world.exit(0);
  }
  addEndpoint(told.dataDir, running.endpoint);
  announceStart(running, { program: world.program, dataDir: told.dataDir, dataDirFlag: dataDirFlag(given), isEphemeral: told.isEphemeral }, world.stdout);
  await stop;
  removeEndpoint(told.dataDir, running.endpoint);
  await running.stop();
  return 0;
}

/** What the other commands need to be told to look in the same place: the environment tells them too. */
function dataDirFlag({ dataDir }: GivenFlags): string {
  return dataDir === undefined ? '' : ` ${options.dataDir.flag} ${String(dataDir)}`;
}

/** A terminal and a launcher may each hand on the same Ctrl-C: what follows this closely is no second wish. */
const sameWishMs = 1000;

/** Resolves at the first signal to stop; a later one, from someone who will not wait for the drain, ends the process at once. */
function stopRequest(world: World): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    world.onStop(() => {
      const now = Date.now();
      if (firstAt === undefined) {
        firstAt = now;
        resolve();
      } else if (now - firstAt > sameWishMs) {
        world.exit(1);
      }
    });
  });
}

/** What keeps a server from listening, in words that say what to do. Source: listen(2). */
const listenErrors: Readonly<Record<string, (where: string, flag: string) => string>> = {
  EADDRINUSE: (where, flag) => `something else listens on ${where}: stop it, or choose another port with ${flag}`,
  EACCES: (where) => `this user may not listen on ${where}: choose a port from 1024 on`,
  EADDRNOTAVAIL: (where) => `${where} is not an address of this machine`,
};

async function started(told: StartOptions, commands: Commands): Promise<RunningGatehouse> {
  try {
    return await commands.start(told);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && error.syscall === 'listen' && 'code' in error)) throw error;
    const say = listenErrors[String(error.code)];
    if (say === undefined) throw error;
    // INVARIANT: of a start that was told one port for two things, the first that listens is the API.
    const beside = [[told.gitSshPort, options.gitSshPort.flag!], [told.devicePort, options.devicePort.flag!]] as const;
    const [port, flag] = beside.find(([other]) => 'port' in error && error.port === other && other !== 0) ?? [told.port, options.port.flag!];
    throw new CommandError(say(`${told.host} port ${port}`, flag), { cause: error });
  }
}
