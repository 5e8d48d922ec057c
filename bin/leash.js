/** Loaded first in the process that the launcher hands over to: it ends when the launcher is gone, and compiled code is kept between starts. */
'use strict';
const { keepCompiled } = require('./compile-cache.js');

// A launcher that was killed with SIGKILL could say nothing, but the channel to it closes. This process ends in the same way,
// so that the next start finds the port and the data free. The channel alone does not keep the process alive.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}
keepCompiled();
