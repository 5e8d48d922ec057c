/** Keeps compiled code between starts, in a folder of the user's own: what lies in a shared temporary folder could be planted. */
'use strict';
const module_ = require('node:module');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { root, isCheckout } = require('./launch.js');

function keepCompiled() {
  // Node's own switches are the user's word.
  if (process.env.NODE_COMPILE_CACHE || process.env.NODE_DISABLE_COMPILE_CACHE) return;
  const folder = isCheckout ? join(root, '.cache', 'compile') : join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gatehouse-iam', 'compile');
  // A folder that cannot be written (a read-only image) only makes the next start slower, and Node goes on without.
  module_.enableCompileCache(folder);
}

module.exports = { keepCompiled };
