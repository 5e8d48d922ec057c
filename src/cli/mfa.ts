/** `gatehouse mfa import FILE | list | delete SERIAL`: the hardware tokens of the account. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openApi, RefusedCall, type CallApi } from './api-call.ts';
import { CommandError } from './commands.ts';
import { UsageError } from './option.ts';
import type { Target } from './options.ts';
import type { World } from './world.ts';

/** Does what was asked; resolves to the exit code. */
export async function mfa(options: Target, args: readonly string[], world: World): Promise<number> {
  const [word = '', operand, ...more] = args;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (!action || more.length > 0 || (operand !== undefined) !== action.takesOperand) throw new UsageError('mfa takes: import FILE, list, or delete SERIAL');
  // Called with an operand where it takes one.
  return action.run(openApi(options, world), operand ?? '', world);
}

interface Action { readonly takesOperand: boolean; run(call: CallApi, operand: string, world: World): Promise<number> }

const actions: Readonly<Record<string, Action>> = {
  import: { takesOperand: true, run: importTokens },
  list: { takesOperand: false, run: listTokens },
  delete: { takesOperand: true, run: deleteToken },
};

/** Nothing is sent before every line was read. */
async function importTokens(call: CallApi, file: string, world: World): Promise<number> {
  const tokens = readTokens(resolve(world.cwd, file));
  for (const [i, { SerialNumber, Base32StringSeed }] of tokens.entries()) {
    try {
      await call('gatehouse', 'ImportHardwareMFADevice', { SerialNumber, Base32StringSeed });
    } catch (thrown) {
      if (thrown instanceof RefusedCall) throw new CommandError(`${thrown.message} (${i} of ${tokens.length} tokens were imported)`, { cause: thrown });
      throw thrown;
    }
  }
  world.stdout.write(`${tokens.length} ${tokens.length === 1 ? 'token' : 'tokens'} imported. Delete the file: the seeds in it are secrets.\n`);
  return 0;
}

interface Token { readonly SerialNumber: string; readonly Base32StringSeed: string }

/** `SERIAL,SEED` a line; a seed stands in base32. What begins with `#` is passed over. A message never holds a seed. */
function readTokens(path: string): readonly Token[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const tokens = text.split(/\r?\n/).flatMap((line, i): Token[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [, SerialNumber, seed] = /^\s*([\w+=.@-]{9,64})\s*,\s*([A-Za-z2-7 ]+=*)\s*$/.exec(line) ?? [];
    if (SerialNumber === undefined || seed === undefined) throw new UsageError(`${path}:${i + 1}: a line is SERIAL,SEED with a seed in base32`);
    return [{ SerialNumber, Base32StringSeed: seed.replaceAll(/[ =]/g, '') }];
  });
  if (tokens.length === 0) throw new UsageError(`${path} holds no token`);
  return tokens;
}

async function listTokens(call: CallApi, _operand: string, world: World): Promise<number> {
  let Marker: string | undefined;
  do {
    const page = await call('gatehouse', 'ListHardwareMFADevices', { ...(Marker !== undefined && { Marker }) });
    for (const token of page.find('HardwareMFADevices')?.children ?? []) {
      const enabled = token.text('EnableDate');
      const owner = enabled === undefined ? 'nobody' : (token.text('UserName') ?? 'root');
      world.stdout.write(`${(token.text('SerialNumber') ?? '').padEnd(24)}  ${owner}${enabled === undefined ? '' : ` since ${enabled}`}\n`);
    }
    Marker = page.find('ListHardwareMFADevicesResult')?.text('Marker');
  } while (Marker !== undefined);
  return 0;
}

async function deleteToken(call: CallApi, SerialNumber: string, world: World): Promise<number> {
  await call('gatehouse', 'DeleteHardwareMFADevice', { SerialNumber });
  world.stdout.write(`${SerialNumber} is deleted.\n`);
  return 0;
}
