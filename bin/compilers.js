/** Which of V8's compilers Gatehouse runs on: without the one in the middle, Maglev, whose jobs keep 20 MB of memory and make no request cheaper (docs/decisions/memory.md). */
'use strict';

/** Called before anything is compiled: code that is kept between starts is kept for the switches that it was compiled under. What a person told Node of it stays. */
function chooseCompilers() {
  const told = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ');
  if (!told.includes('maglev')) process.getBuiltinModule('node:v8').setFlagsFromString('--no-maglev');
}

module.exports = { chooseCompilers };
