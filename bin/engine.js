/** How V8 collects garbage here: what a server of many small requests leaves behind is little, and threads that wake for it cost more than they do. */
'use strict';

/** To be called before anything is compiled that is to be kept: V8 takes compiled code back only under the switches it was made under. */
function setEngine() {
  require('node:v8').setFlagsFromString('--no-parallel-scavenge');
}

module.exports = { setEngine };
