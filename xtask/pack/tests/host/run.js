// Runs a packed fixture: `node run.js FOLDER NAME CHECK`. It ends with 1 when the check fails.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const checks = require('./checks.js');
const { host } = require('./context.js');

const [folder, name, check] = process.argv.slice(2);

/** What a host may give, and where the module may be. */
const WASM = [
  { gives: 'instance', path: undefined },
  { gives: 'result', path: undefined },
  { gives: 'instance', path: `/miniprogram_npm/${name}/${name}.wasm.br` },
];

/** @param {any} shape @param {string} [file] */
async function all(shape, file) {
  const { exports: m, realm, before, names } = host({ folder, name, ...shape });
  const first = m.init(file);
  assert.equal(m.init(), first);
  assert.equal(await first, m);
  assert.equal(m.starts(), 1);
  await checks.values(m, realm);
  checks.text(m);
  checks.growth(m);
  await checks.values(m, realm);
  assert.equal(m.starts(), 1);
  assert.deepEqual(names(), before);
  const missing = 'TextDecoder TextEncoder WebAssembly globalThis queueMicrotask FinalizationRegistry BigInt setTimeout';
  for (const global of missing.split(' ')) assert.ok(!(global in realm), global);
}

async function retry() {
  const { exports: m, add } = host({ folder, name });
  await assert.rejects(m.init(), /WXWebAssembly is missing/);
  add();
  await assert.rejects(m.init('/miniprogram_npm/absent.wasm'), { code: 'ENOENT' });
  assert.equal(await m.init(), m);
  assert.equal(m.half(1), 0.5);
}

/** The module as bytes, where the engine's own WebAssembly is. */
async function bytes() {
  const wasm = fs.readFileSync(path.join(folder, `${name}.wasm`));
  const { exports: m, realm } = host({ folder, name, standard: true });
  await assert.rejects(m.init(), /loads a path; give the bytes/);
  assert.equal(await m.init(wasm), m);
  await checks.values(m, realm);
  checks.text(m);
  checks.growth(m);
  await assert.rejects(host({ folder, name }).exports.init(wasm), /loads bytes, or pack the plain form/);
}

/** The glue as wasm-bindgen has it, on a memory that grows. @param {RegExp} from @param {(found: string, view: string) => string} to */
async function unpatched(from, to) {
  let times = 0;
  const changed = (/** @type {string} */ text) => text.replace(from, (found, view) => (times++, to(found, view)));
  for (const shape of [{ detached: true }, {}]) {
    const { exports: m } = host({ folder, name, changed, ...shape });
    await m.init();
    checks.growth(m);
  }
  assert.ok(times > 0, 'nothing was changed');
}

/** @type {Record<string, () => Promise<void>>} */
const CHECKS = {
  async wasm() {
    for (const { gives, path: file } of WASM) await all({ gives, loader: true }, file);
  },
  async js() {
    await all({});
    await all({ detached: true });
  },
  retry,
  bytes,
  // Without a change it passes: what fails below is the change.
  'patched': () => unpatched(/wasm\.memory\.buffer/g, (found) => found),
  'unpatched-bytes': () => unpatched(/(cachedUint8ArrayMemory0)\.buffer !== wasm\.memory\.buffer/g, (_, view) => `${view}.byteLength === 0`),
  'unpatched-view': () => unpatched(/(cachedDataViewMemory0)\.buffer !== wasm\.memory\.buffer/g, (found, view) => (
    `${view}.buffer.detached === true || (${view}.buffer.detached === undefined && ${found})`
  )),
};

CHECKS[check]().catch((error) => {
  console.log(error);
  process.exitCode = 1;
});
