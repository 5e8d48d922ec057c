/** Loaded first in the process that the launcher hands over to: it ends when the launcher is gone, and compiled code is kept between starts. */
'use strict';
const { keepCompiled } = require('./compile-cache.js');
const { launchedVariable } = require('./launch.js');

// A launcher that was killed with SIGKILL could say nothing, but the channel to it closes. This process ends in the same way,
// so that the next start finds the port and the data free. The channel alone does not keep the process alive.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}

// How long a start took counts from the launcher's beginning. Nothing that this process starts is told.
globalThis[Symbol.for('gatehouse.launchedAt')] = Number(process.env[launchedVariable]);
delete process.env[launchedVariable];
keepCompiled();
