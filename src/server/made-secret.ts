/** A secret in a file of its own: made where there is none, and by one of several processes that start at once. */
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';

/** The text in the file, which only its owner may read. */
export function readOrMakeSecret(file: string, make: () => string): string {
  const making = `${file}.${process.pid}`;
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
  }
  writeFileSync(making, make(), { mode: 0o600, flush: true });
  try {
    // Fails where another process was first, whose secret it then is.
    linkSync(making, file);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  } finally {
    unlinkSync(making);
  }
  return readFileSync(file, 'utf8');
}
