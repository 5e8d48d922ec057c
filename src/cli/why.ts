/** `gatehouse why [ID]`: why a request was denied, told by the Gatehouse that denied it; without an id, the latest denials. */
import { openApi, RefusedCall, type CallApi } from './api-call.ts';
import { CommandError } from './commands.ts';
import { UsageError } from './option.ts';
import type { WhyOptions } from './options.ts';
import type { World } from './world.ts';
import type { XmlElement } from './xml-element.ts';

/** How many denials are listed. */
const listedMax = '20';

/** Writes the explanation, or the list; resolves to the exit code. */
export async function why(options: WhyOptions, args: readonly string[], world: World): Promise<number> {
  const [given, ...more] = args;
  if (more.length > 0) throw new UsageError('why takes one authorization id, or `last`');
  const call = openApi(options, world);
  if (given === undefined) return listDenials(call, world);
  const id = given === 'last' ? await lastDenial(call) : given;
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new UsageError(`${id} is no authorization id: it is the request id that the SDKs show of an error, and stands in the request log and in the audit record`);
  const answer = await call('gatehouse', 'GetAuthorizationExplanation', { AuthorizationId: id }).catch((thrown: unknown) => {
    if (thrown instanceof RefusedCall && thrown.code === 'NoSuchAuthorization') throw new CommandError(`there is no denial ${id} in this account, or it is no longer kept`, { cause: thrown });
    throw thrown;
  });
  const denial = answer.find('Denial');
  if (!denial) throw new CommandError('the answer is not one of Gatehouse');
  if (options.asJson) {
    world.stdout.write(`${JSON.stringify({ denial: factsOf(denial), explanation: JSON.parse(answer.text('Details') ?? 'null') }, null, 2)}\n`);
    return 0;
  }
  world.stdout.write(`${denial.text('Time')}  ${denial.text('Operation')}  request ${denial.text('RequestId')}\n${denial.text('Message')}\n\n${answer.text('Explanation')}`);
  return 0;
}

async function listDenials(call: CallApi, world: World): Promise<number> {
  const denials = (await call('gatehouse', 'ListAuthorizationDenials', { MaxItems: listedMax })).find('Denials')?.children ?? [];
  if (denials.length === 0) world.stdout.write('Nothing was denied of late.\n');
  for (const denial of denials) world.stdout.write(`${denial.text('Time')}  ${denial.text('AuthorizationId')}  ${denial.text('Principal')}  ${denial.text('Action')}  ${denial.text('Resource')}\n`);
  if (denials.length > 0) world.stdout.write(`\nOne of them: ${world.program} why ID. The latest: ${world.program} why last.\n`);
  return 0;
}

async function lastDenial(call: CallApi): Promise<string> {
  const id = (await call('gatehouse', 'ListAuthorizationDenials', { MaxItems: '1' })).text('AuthorizationId');
  if (id === undefined) throw new CommandError('nothing was denied of late');
  return id;
}

const factsOf = (denial: XmlElement): Readonly<Record<string, string>> => Object.fromEntries(denial.children.map(({ name, content }) => [name, content]));
