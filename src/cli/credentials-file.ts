/** The file `<data-dir>/credentials`: access keys by profile, in the form that the AWS CLI and SDKs read. Source: "Configuration and credential file settings" (AWS CLI User Guide). */
import { randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GivenAccessKey } from './start-options.ts';

/** Where the credentials of a data directory stand. */
export const credentialsFile = (dataDir: string): string => join(dataDir, 'credentials');

/** The access key of a profile in a file's text; undefined where the profile or a part of its key is missing. */
export function findAccessKey(text: string, profile: string): GivenAccessKey | undefined {
  const values = new Map<string, string>();
  let isInProfile = false;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[(.*)\]\s*$/.exec(line);
    if (section) isInProfile = section[1]!.trim() === profile;
    const setting = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (setting && isInProfile) values.set(setting[1]!, setting[2]!);
  }
  const accessKeyId = values.get('aws_access_key_id');
  const secretAccessKey = values.get('aws_secret_access_key');
  return accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
}

/** The text with the profile's access key put in: in the place of an older one, else at the end. */
export function withAccessKey(text: string, profile: string, { accessKeyId, secretAccessKey }: GivenAccessKey): string {
  const section = `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  const others: string[] = [];
  let isInProfile = false;
  for (const line of text.split(/\r?\n/)) {
    const name = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (name !== undefined) isInProfile = name.trim() === profile;
    if (!isInProfile) others.push(line);
  }
  const rest = others.join('\n').trim();
  return rest === '' ? section : `${rest}\n\n${section}`;
}

/** Writes a file that only its owner may read, whole or not at all. */
export function writeSecretFile(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** The access key that a data directory keeps for a profile. */
export function readAccessKey(dataDir: string, profile: string): GivenAccessKey | undefined {
  return findAccessKey(readIfThere(credentialsFile(dataDir)), profile);
}

/** Keeps an access key in the data directory, beside those of other profiles. */
export function keepAccessKey(dataDir: string, profile: string, key: GivenAccessKey): void {
  const path = credentialsFile(dataDir);
  writeSecretFile(path, withAccessKey(readIfThere(path), profile, key));
}
