/** `gatehouse token-keys [rotate | revoke]`: the keys that sign the tokens of an account's own issuer. */
import { openApi } from './api-call.ts';
import { UsageError } from './option.ts';
import type { Target } from './options.ts';
import type { World } from './world.ts';
import type { XmlElement } from './xml-element.ts';

const operations: Readonly<Record<string, string>> = { list: 'ListTokenSigningKeys', rotate: 'RotateTokenSigningKeys', revoke: 'RevokeTokenSigningKeys' };

/** Writes the keys, after what was asked; resolves to the exit code. */
export async function tokenKeys(options: Target, args: readonly string[], world: World): Promise<number> {
  const [word = 'list', ...more] = args;
  const operation = Object.hasOwn(operations, word) ? operations[word] : undefined;
  if (operation === undefined || more.length > 0) throw new UsageError('token-keys takes nothing, rotate, or revoke');
  const keys = (await openApi(options, world)('gatehouse', operation)).find('Keys')?.children ?? [];
  if (keys.length === 0) world.stdout.write('The account has no issuer of tokens: iam enable-outbound-web-identity-federation makes one.\n');
  for (const key of keys) writeRow(key, world);
  return 0;
}

function writeRow(key: XmlElement, world: World): void {
  world.stdout.write(`${(key.text('Algorithm') ?? '').padEnd(7)}${(key.text('State') ?? '').padEnd(9)}from ${key.text('SignsFrom')}  ${key.text('KeyId')}\n`);
}
