/** `gatehouse issuer …`: a pretended token issuer, so that trust policies can be tested offline. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { serveTestIssuer, testIssuerPath } from '../doors/test-issuer/serve.ts';
import { openTestSigningKey, signTestToken } from '../doors/test-issuer/signing-key.ts';
import { tokenClaims } from '../doors/test-issuer/token-shapes.ts';
import { CommandError } from './commands.ts';
import type { IssuerKeysOptions, IssuerStartOptions, IssuerTokenOptions } from './options.ts';
import { writeSecretFile } from './secret-file.ts';
import type { World } from './world.ts';

const exampleIssuer = 'https://token.actions.githubusercontent.com';

/** Serves until it is told to stop; resolves to the exit code. */
export async function serveIssuer({ folder, port }: IssuerStartOptions, world: World): Promise<number> {
  const stopped = new Promise<void>((resolve) => { world.onStop(() => resolve()); });
  const key = await openTestSigningKey(folder);
  const served = await serveTestIssuer(key, port).catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE') throw new CommandError(`something else listens on 127.0.0.1 port ${port}: stop it, or choose another port with --port`, { cause: thrown });
    throw thrown;
  });
  world.stdout.write(`A test issuer answers at ${served.url}; its key is in ${folder}. For tests only.\nTell Gatehouse of each issuer that it stands for:\n  ${world.program} start --issuer-at ${exampleIssuer}=${served.url}${testIssuerPath(exampleIssuer)}\n`);
  await stopped;
  await served.stop();
  return 0;
}

/** Writes the public keys as a JSON Web Key Set; resolves to the exit code. */
export async function writeIssuerKeys({ folder, file }: IssuerKeysOptions, world: World): Promise<number> {
  const { publicJwk } = await openTestSigningKey(folder);
  const text = `${JSON.stringify({ keys: [publicJwk] })}\n`;
  if (file === undefined) world.stdout.write(text);
  else writeFileSync(file, text);
  return 0;
}

/** Mints a token; resolves to the exit code. */
export async function mintToken({ folder, wish, settings, file }: IssuerTokenOptions, world: World): Promise<number> {
  const claims = tokenClaims(wish, settings, { nowSeconds: Math.floor(Date.now() / 1000), newId: randomUUID });
  // INVARIANT: what has no issuer of its own was given one; the options were checked.
  if (claims === undefined) throw new Error('a token without an issuer');
  const token = await signTestToken(await openTestSigningKey(folder), claims);
  if (file === undefined) world.stdout.write(`${token}\n`);
  else writeSecretFile(file, token);
  return 0;
}
