/** `gatehouse machine authority | add NAME | list | remove NAME`: the machines that enrol with a code. */
import { openApi, type CallApi } from './api-call.ts';
import { UsageError } from './option.ts';
import { writeSecretFile } from './secret-file.ts';
import type { MachineOptions } from './workload-options.ts';
import type { World } from './world.ts';

/** Does what was asked; resolves to the exit code. */
export async function machine(options: MachineOptions, args: readonly string[], world: World): Promise<number> {
  const [word = '', name, ...more] = args;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (!action || more.length > 0 || (name !== undefined) !== action.takesName) throw new UsageError('machine takes: authority, add NAME, list, or remove NAME');
  await action.run(openApi(options, world), options, name ?? '', world);
  return 0;
}

interface Action { readonly takesName: boolean; run(call: CallApi, options: MachineOptions, name: string, world: World): Promise<void> }

const actions: Readonly<Record<string, Action>> = {
  authority: {
    takesName: false,
    async run(call, { region }, _, { stdout }) {
      stdout.write(`${(await call('gatehouse', 'CreateMachineAuthority', { Region: region })).text('TrustAnchorArn')}\n`);
    },
  },
  add: {
    takesName: true,
    async run(call, { profileArn, roleArn, validSeconds, codeFile }, MachineName, { stdout }) {
      if (profileArn === undefined || roleArn === undefined) throw new UsageError('--profile-arn and --role are needed: which role the machine is to have');
      if (codeFile === undefined && !stdout.isTerminal) throw new UsageError('--out is needed where nobody reads along: the code is a secret');
      const made = await call('gatehouse', 'CreateEnrollmentCode', { MachineName, ProfileArn: profileArn, RoleArn: roleArn, ...(validSeconds !== undefined && { ValidSeconds: String(validSeconds) }) });
      const code = made.text('Code') ?? '';
      if (codeFile !== undefined) writeSecretFile(codeFile, `${code}\n`);
      stdout.write(`${codeFile === undefined ? `${code}\n` : ''}The code${codeFile === undefined ? '' : ` in ${codeFile}`} lets one machine enrol as ${MachineName}, once, until ${made.text('ExpireDate')}.\n`);
    },
  },
  list: {
    takesName: false,
    async run(call, { region }, _, { stdout }) {
      for (let marker: string | undefined, isMore = true; isMore;) {
        const page = await call('gatehouse', 'ListMachines', { Region: region, ...(marker !== undefined && { Marker: marker }) });
        for (const one of page.find('Machines')?.children ?? []) stdout.write(`${(one.text('State') ?? '').padEnd(9)} ${one.text('EnrollDate') ?? one.text('ExpireDate')}  ${one.text('MachineName')}  ${one.text('RoleArn')}\n`);
        marker = page.text('Marker');
        isMore = marker !== undefined;
      }
    },
  },
  remove: {
    takesName: true,
    async run(call, { region }, MachineName) {
      await call('gatehouse', 'RemoveMachine', { MachineName, Region: region });
    },
  },
};
