// Runs a packed module in Hermes: `node run.js FOLDER CHECK`. It ends with 1 when the check fails.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const engine = require('../../../../tests/hermes/engine.js');
const { own, script } = require('../../../../tests/hermes/script.js');
const { CASES } = require('../host/texts.js');

const [folder, check] = process.argv.slice(2);
const index = fs.readFileSync(path.join(folder, 'index.js'), 'utf8');

/** @param {string} file */
const here = (file) => fs.readFileSync(path.join(__dirname, file), 'utf8');

/** Runs `body` after the package, or `packed` in its place. @param {string} body @param {string} [packed] */
function passes(body, packed = index) {
  const modules = {
    'node:assert/strict': own('assert.js'),
    './checks.js': here('../host/checks.js'),
    './states.js': here('states.js'),
  };
  const { done, said } = engine.run(script(packed, modules, body));
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
  const changed = index.replace(/(cachedUint8ArrayMemory0)\.buffer !== wasm\.memory\.buffer/g, (_, view) => (times++, to(view)));
  assert.ok(times > 0, 'nothing was changed');
  passes("require('./checks.js').growth(m);", changed);
}

/** @type {Record<string, () => void>} */
const CHECKS = {
  fixture: () => passes(FIXTURE),
  states: () => passes("return require('./states.js')(m);"),
  // Without a change it passes: what fails below is the change.
  patched: () => growth((view) => `${view}.buffer !== wasm.memory.buffer`),
  unpatched: () => growth((view) => `${view}.byteLength === 0`),
  compiles() {
    const { done, said } = engine.compile(index);
    assert.ok(done, said);
    assert.ok(!engine.compile(`${index}\nvar = 1;`).done, 'the compiler takes everything');
  },
};

CHECKS[check]();
