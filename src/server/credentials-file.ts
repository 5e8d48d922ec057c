/** The AWS credentials file in the data directory: a key is written beside it before it is made, so that no crash can lose a secret. */
import { existsSync, readFileSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Store } from '../store/store.ts';

export interface ProfileKey { readonly account: string; readonly profile: string; readonly accessKeyId: string; readonly secretAccessKey: string }

const section = ({ profile, accessKeyId, secretAccessKey }: ProfileKey): string => `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;

const pendingPrefix = (file: string): string => `${basename(file)}.pending-`;

/** Puts the key beside the file, mode 0600, until it is known whether the account that it opens was made. Returns the path. */
export function writePendingKey(file: string, key: ProfileKey): string {
  const pending = join(dirname(file), `${pendingPrefix(file)}${process.pid}-${key.account}-${key.accessKeyId}`);
  writeFileSync(pending, section(key), { mode: 0o600, flag: 'wx', flush: true });
  return pending;
}

/** The account was made: its key becomes a part of the file. */
export function keepPendingKey(file: string, pending: string): void {
  append(file, readFileSync(pending, 'utf8'));
  unlinkSync(pending);
}

/** The account was not made, so its key opens nothing. */
export function dropPendingKey(_file: string, pending: string): void {
  unlinkSync(pending);
}

/** Finishes what a process that died left pending. What a living process has pending is its own to finish. */
export async function settlePendingKeys(file: string, store: Store): Promise<void> {
  const prefix = pendingPrefix(file);
  for (const name of readdirSync(dirname(file)).filter((entry) => entry.startsWith(prefix)).sort()) {
    const [pid = '', account = '', accessKeyId = ''] = name.slice(prefix.length).split('-');
    if (isAlive(Number(pid))) continue;
    const isMade = (await store.account(account))?.accessKeys.find(accessKeyId) !== undefined;
    (isMade ? keepPendingKey : dropPendingKey)(file, join(dirname(file), name));
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid || !Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function append(file: string, text: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (before.includes(text)) return;
  const whole = `${file}.new-${process.pid}`;
  writeFileSync(whole, before === '' ? text : `${before}\n${text}`, { mode: 0o600, flush: true });
  renameSync(whole, file);
}
