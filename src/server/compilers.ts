/** Which of V8's compilers a server that is up runs on: without the one in the middle, Maglev, whose jobs keep 20 MB of memory and make no request cheaper (docs/decisions/memory.md). */
import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

/**
 * Called when a start is over. Compiled code is good only under the switches that it was compiled under: earlier, Node's own, which it carries with it, would be compiled anew by every start.
 * What has been compiled until now is therefore kept first. What a person told Node of Maglev stays.
 */
export function leaveOutMaglev(told = [...process.execArgv, process.env['NODE_OPTIONS'] ?? '']): void {
  if (told.join(' ').includes('maglev')) return;
  flushCompileCache();
  setFlagsFromString('--no-maglev');
}
