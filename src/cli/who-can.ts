/** `gatehouse who-can ACTION [RESOURCE]`: the principals that may do something, and by which statements. */
import { openApi, type CallApi } from './api-call.ts';
import { UsageError } from './option.ts';
import type { WhoCanOptions } from './options.ts';
import type { World } from './world.ts';
import type { XmlElement } from './xml-element.ts';

/** Writes them, or JSON; resolves to the exit code. */
export async function whoCan(options: WhoCanOptions, [action, resource, ...more]: readonly string[], world: World): Promise<number> {
  if (action === undefined || more.length > 0) throw new UsageError('who-can takes an action, and a resource where it is about one: who-can s3:GetObject arn:aws:s3:::bucket/key');
  const { principals, hidden } = await ask(openApi(options, world), { ActionName: action, ...(resource !== undefined && { ResourceArn: resource }) });
  if (options.asJson) {
    world.stdout.write(`${JSON.stringify({ principals: principals.map(factsOf), hidden }, null, 2)}\n`);
    return 0;
  }
  for (const principal of principals) world.stdout.write(`${principal.text('PrincipalArn')}  ${words[principal.text('Access') ?? ''] ?? ''}\n${['Grants', 'Limits'].flatMap((list) => statementsOf(principal, list)).map(statementLine).join('')}`);
  if (principals.length === 0) world.stdout.write('Nobody in this account.\n');
  if (hidden > 0) world.stdout.write(`\nYou may not simulate ${hidden} more that have access.\n`);
  return 0;
}

const words: Readonly<Record<string, string>> = { allowed: 'may', allowedIf: 'may, if', denied: 'may not' };

/** Every page. */
async function ask(call: CallApi, parameters: Readonly<Record<string, string>>): Promise<{ readonly principals: readonly XmlElement[]; readonly hidden: number }> {
  const principals: XmlElement[] = [];
  let hidden = 0;
  let marker: string | undefined;
  do {
    const answer = await call('gatehouse', 'ListPrincipalsWithAccess', { ...parameters, ...(marker !== undefined && { Marker: marker }) });
    principals.push(...(answer.find('Principals')?.children ?? []));
    hidden += Number(answer.text('HiddenPrincipals') ?? 0);
    marker = answer.text('Marker');
  } while (marker !== undefined);
  return { principals, hidden };
}

const statementsOf = (principal: XmlElement, list: string): readonly XmlElement[] => principal.find(list)?.children ?? [];

const listOf = (element: XmlElement, name: string): readonly XmlElement[] => element.find(name)?.children ?? [];

/** `  Allow by the identity policy read of group/readers, statement 1 "Roles", if StringEquals aws:RequestedRegion eu-west-1` */
function statementLine(statement: XmlElement): string {
  const sid = statement.text('Sid');
  const holder = statement.text('AttachedTo')?.split(':').at(-1);
  const conditions = listOf(statement, 'OpenConditions').map((one) => `${one.text('Operator')} ${one.text('Key')} ${listOf(one, 'Values').map(({ content }) => content).join(' or ')}`);
  const resources = statement.text('IsResourceOpen') === 'true' ? [`the resource is ${statement.text('IsNotResource') === 'true' ? 'none of ' : ''}${listOf(statement, 'Resources').map(({ content }) => content).join(' or ')}`] : [];
  const open = [...resources, ...conditions];
  return `  ${statement.text('Effect')} by the ${statement.text('PolicyType')} policy ${statement.text('PolicyName')}${holder === undefined ? '' : ` of ${holder}`}, statement ${Number(statement.text('StatementIndex')) + 1}${sid ? ` "${sid}"` : ''}${open.length > 0 ? `, if ${open.join(' and ')}` : ''}\n`;
}

/** An element's texts and lists by their names. */
function factsOf(element: XmlElement): unknown {
  if (element.children.length === 0) return element.content;
  if (element.children.every(({ name }) => name === 'member')) return element.children.map(factsOf);
  return Object.fromEntries(element.children.map((child) => [child.name, factsOf(child)]));
}
