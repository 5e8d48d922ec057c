/** Keys for certificates, made beside other work. */
import { generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

const kinds = {
  ec: async () => (await generate('ec', { namedCurve: 'P-256' })).privateKey,
  rsa: async () => (await generate('rsa', { modulusLength: 2048 })).privateKey,
} as const;

/** A new private key. */
export const makeKeyPair = (kind: keyof typeof kinds): Promise<KeyObject> => kinds[kind]();
