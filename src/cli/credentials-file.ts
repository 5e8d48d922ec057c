/** Reads the file `<data-dir>/credentials`: access keys by profile, in the form of the AWS CLI and SDKs. Source: "Configuration and credential file settings" (AWS CLI User Guide). */
import { readFileSync } from 'node:fs';
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

/** The access key that a data directory keeps for a profile. */
export function readAccessKey(dataDir: string, profile: string): GivenAccessKey | undefined {
  let text: string;
  try {
    text = readFileSync(credentialsFile(dataDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return findAccessKey(text, profile);
}
