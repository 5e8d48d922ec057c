/** The master key, which seals the data keys: a file that only its owner can read, made once. */
import { closeSync, constants, fstatSync, fsyncSync, linkSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RandomBytes } from '../base/ids.ts';
import { keyBytes } from './aead.ts';

/** There is no master key, and none may be made: what it sealed is there already. */
export class MasterKeyMissing extends Error {
  override readonly name = 'MasterKeyMissing';
}

/** Others than its owner can read or change the master key. */
export class MasterKeyUnsafe extends Error {
  override readonly name = 'MasterKeyUnsafe';
}

/** What is given as the master key is not 32 bytes in base64. */
export class MasterKeyMalformed extends Error {
  override readonly name = 'MasterKeyMalformed';
}

/** Reads a master key in base64. `source` says where it came from; the text itself is a secret and is not shown. */
export function parseMasterKey(text: string, source: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (key.length !== keyBytes || key.toString('base64') !== trimmed) throw new MasterKeyMalformed(`${source} does not hold ${keyBytes} bytes in base64`);
  return key;
}

/**
 * The master key in `file`. Where there is none it is made if it may be; of processes that start at once one makes it and all of them
 * read that one.
 */
export function readOrMakeMasterKey(file: string, { mayMake, random }: { readonly mayMake: boolean; readonly random: RandomBytes }): Uint8Array {
  const found = readMasterKeyFile(file);
  if (found) return found;
  if (!mayMake) throw new MasterKeyMissing(`${file} is not there: without the master key that sealed its secrets the journal cannot be opened`);
  makeMasterKeyFile(file, random);
  const made = readMasterKeyFile(file);
  if (!made) throw new MasterKeyMissing(`${file} was removed while it was being made`);
  return made;
}

/** More than the key and its newline need. */
const fileBytesMax = 1024;

function readMasterKeyFile(file: string): Uint8Array | undefined {
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return undefined;
  try {
    // The open file is examined, not the name: what is read is what was examined.
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new MasterKeyUnsafe(`${file} is not a regular file`);
    // Windows has no such modes; there the directory's access control list protects the file.
    if (process.platform !== 'win32') {
      const mode = status.mode & 0o777;
      if ((mode & 0o077) !== 0) throw new MasterKeyUnsafe(`${file} can be read or changed by others (its mode is ${mode.toString(8)}): run chmod 600 on it`);
      const self = process.geteuid?.();
      if (self !== undefined && status.uid !== self && status.uid !== 0) throw new MasterKeyUnsafe(`${file} belongs to another user`);
    }
    const bytes = Buffer.alloc(fileBytesMax);
    return parseMasterKey(bytes.toString('latin1', 0, readSync(descriptor, bytes)), file);
  } finally {
    closeSync(descriptor);
  }
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, constants.O_RDONLY);
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return undefined;
    throw thrown;
  }
}

/** Writes a whole key under a name of its own, then gives it the name: nobody ever sees half of it, and who comes second changes nothing. */
function makeMasterKeyFile(file: string, random: RandomBytes): void {
  const temporary = `${file}.${Buffer.from(random(8)).toString('hex')}`;
  const descriptor = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    try {
      writeSync(descriptor, `${Buffer.from(random(keyBytes)).toString('base64')}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    try {
      linkSync(temporary, file);
    } catch (thrown) {
      if (!isCode(thrown, 'EEXIST')) throw thrown;
    }
  } finally {
    unlinkSync(temporary);
  }
  syncDirectory(dirname(file));
}

/** Makes the name itself durable: a journal must not outlive its key. */
function syncDirectory(directory: string): void {
  // A directory cannot be opened, and need not be synced, on Windows.
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const isCode = (thrown: unknown, code: string): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === code;
