/** The master key is made once, by one process, for its owner's eyes only. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { MasterKeyMalformed, MasterKeyMissing, MasterKeyUnsafe, parseMasterKey, readOrMakeMasterKey } from './master-key.ts';

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-master-key-'));
after(() => rmSync(directory, { recursive: true }));

const random = (size: number): Uint8Array => Buffer.alloc(size, 5);
let files = 0;
const newFile = (): string => {
  const folder = join(directory, String(files++));
  mkdirSync(folder);
  return join(folder, 'master-key');
};

test('a key that is not there is made, readable by its owner only, and found again', () => {
  const file = newFile();
  const made = readOrMakeMasterKey(file, { mayMake: true, random });
  assert.equal(made.length, 32);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readOrMakeMasterKey(file, { mayMake: false, random }), made);
  assert.deepEqual(readOrMakeMasterKey(file, { mayMake: true, random: (size) => Buffer.alloc(size, 6) }), made);
  assert.deepEqual(readdirSync(join(file, '..')), ['master-key']);
});

test('a key that is missing is not made where something was sealed with it', () => {
  const file = newFile();
  assert.throws(() => readOrMakeMasterKey(file, { mayMake: false, random }), MasterKeyMissing);
  assert.deepEqual(readdirSync(join(file, '..')), []);
});

test('a file that others can read or write, or that is no file, is refused', () => {
  const file = newFile();
  readOrMakeMasterKey(file, { mayMake: true, random });
  for (const mode of [0o640, 0o604, 0o620, 0o602, 0o610]) {
    chmodSync(file, mode);
    assert.throws(() => readOrMakeMasterKey(file, { mayMake: true, random }), (thrown) => thrown instanceof MasterKeyUnsafe && thrown.message.includes(`its mode is ${mode.toString(8)}`));
  }
  for (const mode of [0o600, 0o400]) {
    chmodSync(file, mode);
    assert.ok(readOrMakeMasterKey(file, { mayMake: true, random }));
  }
  const folder = newFile();
  mkdirSync(folder);
  assert.throws(() => readOrMakeMasterKey(folder, { mayMake: true, random }), MasterKeyUnsafe);
  // A link is followed to what it names, and that is examined.
  const link = newFile();
  symlinkSync(file, link);
  assert.ok(readOrMakeMasterKey(link, { mayMake: true, random }));
  chmodSync(file, 0o644);
  assert.throws(() => readOrMakeMasterKey(link, { mayMake: true, random }), MasterKeyUnsafe);
});

test('a file that does not hold 32 bytes in base64 is refused without showing what it holds', () => {
  const good = randomBytes(32).toString('base64');
  for (const text of ['', 'secret', good.slice(0, -1), `${good}${good}`, randomBytes(31).toString('base64'), randomBytes(33).toString('base64'), good.replace(/.=$/, '!='), 'x'.repeat(5000)]) {
    const file = newFile();
    writeFileSync(file, text, { mode: 0o600 });
    assert.throws(() => readOrMakeMasterKey(file, { mayMake: true, random }), (thrown) => thrown instanceof MasterKeyMalformed && !(text && thrown.message.includes(text)), text);
    assert.equal(readFileSync(file, 'utf8'), text);
  }
});

test('a key given as text may have white space round it', () => {
  const key = randomBytes(32);
  assert.deepEqual(parseMasterKey(` ${key.toString('base64')}\n`, 'GATEHOUSE_MASTER_KEY'), key);
  assert.throws(() => parseMasterKey('secret', 'GATEHOUSE_MASTER_KEY'), { name: 'MasterKeyMalformed', message: 'GATEHOUSE_MASTER_KEY does not hold 32 bytes in base64' });
});

test('of two processes that make it at once both have the same key', () => {
  const file = newFile();
  let theirs: Uint8Array | undefined;
  // While ours is being made, another process makes its own: the randomness is asked for in between.
  const interrupted = (size: number): Uint8Array => {
    if (size === 32) {
      const script = `import { readOrMakeMasterKey } from ${JSON.stringify(new URL('master-key.ts', import.meta.url).href)};
        process.stdout.write(readOrMakeMasterKey(${JSON.stringify(file)}, { mayMake: true, random: (size) => Buffer.alloc(size, 9) }));`;
      theirs = execFileSync(process.execPath, ['--input-type=module', '-e', script]);
    }
    return Buffer.alloc(size, 5);
  };
  const ours = readOrMakeMasterKey(file, { mayMake: true, random: interrupted });
  assert.deepEqual(Buffer.from(ours), Buffer.from(theirs!));
  assert.deepEqual(readdirSync(join(file, '..')), ['master-key']);
});
