/** The AWS credentials file in the data directory: written before the key it holds is made, so that no crash can lose a secret. */
import { existsSync, readFileSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface ProfileKey { readonly profile: string; readonly accessKeyId: string; readonly secretAccessKey: string }

const section = ({ profile, accessKeyId, secretAccessKey }: ProfileKey): string => `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;

const pendingName = (file: string, accessKeyId: string): string => `${file}.pending-${accessKeyId}`;

/** Puts the key beside the file, mode 0600, until the account that it opens is durable. */
export function writePendingKey(file: string, key: ProfileKey): void {
  writeFileSync(pendingName(file, key.accessKeyId), section(key), { mode: 0o600, flag: 'wx', flush: true });
}

/** Makes pending keys that came to be a part of the file, and removes those that did not. */
export function settlePendingKeys(file: string, exists: (accessKeyId: string) => boolean): void {
  const prefix = basename(pendingName(file, ''));
  for (const name of readdirSync(dirname(file)).filter((entry) => entry.startsWith(prefix)).sort()) {
    const pending = join(dirname(file), name);
    if (exists(name.slice(prefix.length))) append(file, readFileSync(pending, 'utf8'));
    unlinkSync(pending);
  }
}

/** Removes one pending key, of an account that was not made. */
export function dropPendingKey(file: string, accessKeyId: string): void {
  unlinkSync(pendingName(file, accessKeyId));
}

function append(file: string, text: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (before.includes(text)) return;
  const whole = `${file}.new-${process.pid}`;
  writeFileSync(whole, before === '' ? text : `${before}\n${text}`, { mode: 0o600, flush: true });
  renameSync(whole, file);
}
