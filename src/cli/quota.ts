/** `gatehouse quota [NAME [VALUE]]`: how many of each thing an account may have, and adjusting that. */
import { openApi } from './api-call.ts';
import { UsageError } from './option.ts';
import type { Target } from './options.ts';
import type { World } from './world.ts';
import type { XmlElement } from './xml-element.ts';

/** Writes the quotas, all or one, after setting the one; resolves to the exit code. */
export async function quota(options: Target, args: readonly string[], world: World): Promise<number> {
  const [name, value, ...more] = args;
  if (more.length > 0) throw new UsageError('quota takes the name of a quota and its new value');
  const call = openApi(options, world);
  if (name !== undefined && value !== undefined) {
    if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${value} is no whole number`);
    const changed = (await call('gatehouse', 'SetQuota', { QuotaName: name, Value: value })).find('Quota');
    if (changed) writeRow(changed, world);
    return 0;
  }
  const all = (await call('gatehouse', 'ListQuotas')).find('Quotas')?.children ?? [];
  const wanted = all.filter((each) => name === undefined || each.text('QuotaName') === name);
  if (wanted.length === 0) throw new UsageError(`there is no adjustable quota ${name}: they are ${all.map((each) => each.text('QuotaName')).join(', ')}`);
  for (const each of wanted) writeRow(each, world);
  return 0;
}

function writeRow(each: XmlElement, world: World): void {
  world.stdout.write(`${(each.text('QuotaName') ?? '').padEnd(34)}${(each.text('Value') ?? '').padStart(7)}   of a new account ${each.text('DefaultValue')}, at most ${each.text('MaximumValue')}\n`);
}
