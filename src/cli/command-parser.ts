/** Understands any command line: help, mistakes and all. Loaded where what was typed is more than a command and its flags (see readPlainCommand). */
import { Command, CommanderError, Option as Flag } from 'commander';
import type { CommandName, CommandRow, Run } from './command-line.ts';
import { examples, optionHelp } from './help.ts';
import { UsageError } from './option.ts';
import type { GivenFlags, Option } from './option.ts';
import { options, optionsOf } from './options.ts';
import { packageVersion } from './package-version.ts';
import type { World } from './world.ts';

export interface Understood {
  readonly rows: Readonly<Record<CommandName, CommandRow>>;
  /** What the commands of two words are about, by their first. */
  readonly familyAbout: Readonly<Record<string, string>>;
  readonly run: Run;
  readonly world: World;
}

/** Runs the command that was typed, or shows help; resolves to the exit code. */
export async function parseCommand(argv: readonly string[], understood: Understood): Promise<number> {
  let exitCode = 0;
  const program = programOf(understood, async (name, given, args) => {
    exitCode = await understood.run(name, given, args);
    return exitCode;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has already written what was wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function programOf({ rows, familyAbout, world: { stdout, stderr } }: Understood, run: Run): Command {
  const program = new Command('gatehouse')
    .description('Identity and access management that speaks AWS\'s own API.')
    .version(packageVersion(), '--version', 'show the version')
    .helpOption('-h, --help', 'show help; `gatehouse start --help` for a command\'s own')
    .helpCommand('help [command]', 'show help for a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text), outputError: (text, write) => write(text.replace(/^error: /, 'gatehouse: ')) })
    .addHelpText('after', examples.gatehouse);
  const families = new Map(Object.entries(familyAbout).map(([family, about]) => [family, program.command(family).description(about).helpOption('-h, --help', 'show this help')]));
  for (const name of Object.keys(rows) as readonly CommandName[]) {
    const [first, second] = name.split(' ');
    addCommand(second === undefined ? program.command(name) : families.get(first!)!.command(second), name, rows[name], run);
  }
  program.command('version').description('show the versions of Gatehouse and of Node').action(() => {
    stdout.write(`gatehouse ${packageVersion()} (Node ${process.versions.node})\n`);
  });
  return program;
}

function addCommand(command: Command, name: CommandName, { about, takes }: CommandRow, run: Run): void {
  command.description(about).helpOption('-h, --help', 'show this help').addHelpText('after', examples[name]);
  const flags = optionsOf[name].flatMap((option) => {
    const flag = flagOf(options[option]);
    return flag === undefined ? [] : [[option, flag] as const];
  });
  for (const [, flag] of flags) command.addOption(flag);
  if (name === 'aws') command.argument('[arguments...]', 'what the AWS CLI is given').passThroughOptions().allowUnknownOption();
  if (takes) command.argument(...takes);
  command.action(async () => {
    const values = command.opts<GivenFlags>();
    await run(name, Object.fromEntries(flags.map(([option, flag]) => [option, values[flag.attributeName()]])), command.args);
  });
}

/** A row as commander takes it. It only collects the text: what a text means, the row's own reader says. */
function flagOf(row: Option<unknown>): Flag | undefined {
  const { flag, argument, isRepeatable = false } = row;
  if (flag === undefined) return undefined;
  if (argument === undefined) return new Flag(flag, optionHelp(row));
  return new Flag(`${flag} <${argument}>`, optionHelp(row)).argParser((text: string, before: string | undefined) => {
    if (before !== undefined && !isRepeatable) throw new UsageError(`${flag} is given twice`);
    return before === undefined ? text : `${before}\n${text}`;
  });
}
