// Runs a packed module in Hermes: `node run.js FOLDER CHECK`. It ends with 1 when the check fails.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const { CASES } = require('../host/texts.js');
const engine = require('./engine.js');

const [folder, check] = process.argv.slice(2);
const packed = fs.readFileSync(path.join(folder, 'index.js'), 'utf8');

/** @param {string} file */
const own = (file) => fs.readFileSync(path.join(__dirname, file), 'utf8');

/** @param {string} name @param {string} text */
const module_ = (name, text) => `define(${JSON.stringify(name)}, function (require, module, exports) {${text}\n});\n`;

/** A script that loads the package and then runs `body`, which gives a promise. @param {string} body @param {string} [text] */
function script(body, text = packed) {
  return [
    own('realm.js'),
    module_('node:assert/strict', own('assert.js')),
    module_('./checks.js', own('../host/checks.js')),
    module_('./socket.js', own('socket.js')),
    module_('./states.js', own('states.js')),
    module_('packed', text),
    `require('packed').init().then(function (m) {${body}}).then(function () { print('done'); }, function (error) { print(error.stack || error); });`,
  ].join('\n');
}

/** @param {string} text */
function passes(text) {
  const { done, said } = engine.run(text);
  if (!done || said.trim() !== 'done') assert.fail(said.slice(0, 4000));
}

const FIXTURE = `
  var checks = require('./checks.js');
  return checks.values(m, globalThis).then(function () {
    checks.text(m, JSON.parse(${JSON.stringify(JSON.stringify(CASES))}));
    checks.growth(m);
    return checks.values(m, globalThis);
  });
`;

/** The glue as wasm-bindgen has it, on a memory that grows. @param {(view: string) => string} to */
function growth(to) {
  let times = 0;
  const changed = packed.replace(/(cachedUint8ArrayMemory0)\.buffer !== wasm\.memory\.buffer/g, (_, view) => (times++, to(view)));
  assert.ok(times > 0, 'nothing was changed');
  passes(script("require('./checks.js').growth(m);", changed));
}

/** @type {Record<string, () => void>} */
const CHECKS = {
  fixture: () => passes(script(FIXTURE)),
  states: () => passes(script("return require('./states.js')(m);")),
  // Without a change it passes: what fails below is the change.
  patched: () => growth((view) => `${view}.buffer !== wasm.memory.buffer`),
  unpatched: () => growth((view) => `${view}.byteLength === 0`),
  compiles() {
    const { done, said } = engine.compile(packed);
    assert.ok(done, said);
    assert.ok(!engine.compile(`${packed}\nvar = 1;`).done, 'the compiler takes everything');
  },
};

CHECKS[check]();
