/** What goes wrong around machines costs what it is about, and never the process, in which everybody's keys are. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import type { MachineEnded } from '../../services/ec2/driver.ts';
import { ConsoleLog } from './console-log.ts';
import { machineLimits } from './limits.ts';
import { MachineHost } from './machine-host.ts';
import type { Ending } from './machine-host.ts';
import { probeMachine } from './machine-reach.ts';

const settings = (folder: string) => ({ folder, api: { url: 'http://127.0.0.1:1', host: '127.0.0.1', port: 1 } });

for (const [how, ended] of Object.entries({ 'ends': Promise.resolve({ isShutdown: true, detail: '' }), 'ends in a way that cannot be told': Promise.reject(new Error('ENODEV')) }) as [string, Promise<Ending>][]) {
  test(`a machine that ${how}, and of which not all can be closed, is heard to have ended; why is told`, async () => {
    ended.catch(() => {});
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-host-'));
    const warnings: unknown[] = [];
    const heard = await new Promise<MachineEnded>((resolve) => {
      const host = new MachineHost(settings(folder), {
        missing: () => undefined, makeDisk: async () => {}, hasDisk: () => true,
        boot: async () => ({ address: undefined, ended, stop: async () => {}, release: () => Promise.reject(new Error('EBUSY')) }),
      }, { clock: () => 0, warn: (_, cause) => warnings.push(cause) }, resolve);
      void host.launch(probeMachine);
    });
    assert.equal(heard.machineId, probeMachine.machineId);
    assert.equal(heard.how, how === 'ends' ? 'shutdown' : 'failure');
    assert.deepEqual(warnings.map(String), ['Error: EBUSY']);
    rmSync(folder, { recursive: true });
  });
}

test('a console whose file takes nothing – the disk is full, the folder gone – is kept in memory, tried again, and told once', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const warnings: string[] = [];
  const log = new ConsoleLog('/nowhere/at/all/console', { clock: () => 0, warn: (message) => warnings.push(message) });
  log.add(Buffer.from('hello'));
  // Thrown here, it would be thrown where nobody can catch it.
  for (let turn = 0; turn < 3; turn++) mock.timers.tick(machineLimits.consoleTurnMs);
  assert.equal(warnings.length, 1);
  assert.equal(Buffer.from(log.output.bytes).toString(), 'hello');
  await log.close();
  mock.timers.reset();
});
