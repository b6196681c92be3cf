// A realm with ES built-ins only, and fewer of them than engines of today have.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const zlib = require('node:zlib');

const BUILT_INS = `
  Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp
  Error EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math Map Set WeakMap WeakSet
  ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
  Float32Array Float64Array decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN
`.trim().split(/\s+/);

/**
 * @typedef {object} Shape
 * @property {string} folder The package's folder.
 * @property {string} name The package's name.
 * @property {boolean} [loader] Whether there is a `WXWebAssembly`.
 * @property {'instance' | 'result'} [gives] What it gives.
 * @property {boolean} [standard] Whether there is the engine's own `WebAssembly`.
 * @property {boolean} [detached] Whether array buffers have `detached`, as those of newer engines.
 * @property {(text: string) => string} [changed] Changes the script.
 */

/** @param {Shape} shape */
function host({ folder, name, loader, gives, standard, detached, changed = (text) => text }) {
  const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } });
  const realm = vm.runInContext('globalThis', context);
  for (const key of Object.getOwnPropertyNames(realm)) if (!BUILT_INS.includes(key)) delete realm[key];
  // The engine of this test may be older or newer.
  const prototype = realm.ArrayBuffer.prototype;
  delete prototype.detached;
  if (detached) Object.defineProperty(prototype, 'detached', { get: () => false });

  /** @param {string} file @param {WebAssembly.Imports} imports */
  async function instantiate(file, imports) {
    if (typeof file !== 'string') throw new TypeError('a path is needed');
    const place = path.relative(`/miniprogram_npm/${name}`, file);
    const bytes = fs.readFileSync(path.join(folder, place));
    const wasm = file.endsWith('.br') ? zlib.brotliDecompressSync(bytes) : bytes;
    const result = await WebAssembly.instantiate(wasm, imports);
    return gives === 'result' ? result : result.instance;
  }
  const add = () => { realm.WXWebAssembly = { instantiate }; };
  if (loader) add();
  if (standard) realm.WebAssembly = WebAssembly;

  const names = () => Object.getOwnPropertyNames(realm).sort();
  const before = names();
  const code = changed(fs.readFileSync(path.join(folder, 'index.js'), 'utf8'));
  const module = vm.runInContext('({ exports: {} })', context);
  const run = vm.runInContext(`(function (require, module, exports) {${code}\n})`, context, { filename: 'index.js' });
  run.call(module.exports, () => { throw new Error('nothing to require'); }, module, module.exports);
  return { exports: module.exports, realm, before, names, add };
}

module.exports = { host };
