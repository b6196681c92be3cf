// WebAssembly of the simulated hosts. WeChat's takes modules from a path inside the code package, never from bytes.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { brotliDecompressSync } = require('node:zlib');

/** Of the host's realm; the typings in use here leave it to the browser's. @type {any} */
const { WebAssembly: engine } = globalThis;

/**
 * The typings say that `instantiate` gives an Instance; public projects take `instance` out of the result.
 * @typedef {'instance' | 'result'} Shape
 */

/** @param {string} root @param {Shape} shape @returns {{ instantiate: typeof WXWebAssembly.instantiate }} */
function loader(root, shape) {
  return {
    async instantiate(file, imports = {}) {
      if (typeof file !== 'string') throw new TypeError('WXWebAssembly.instantiate: the first argument must be a path');
      if (!/\.wasm(\.br)?$/.test(file)) throw new Error('WXWebAssembly.instantiate: neither .wasm nor .wasm.br');
      const full = path.join(root, file);
      if (path.relative(root, full).startsWith('..')) throw new Error('WXWebAssembly.instantiate: outside the package');
      const bytes = fs.readFileSync(full);
      const module = file.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
      const { instance } = await engine.instantiate(module, imports);
      return shape === 'instance' ? instance : { instance };
    },
  };
}

/**
 * The global variable. Alipay and Baidu document none where sockets are; the simulator of Alipay's tool and its client
 * on iOS are reported to have the engine's own.
 * @param {string} platform @param {string} root @param {Shape} shape
 */
function makeWasm(platform, root, shape) {
  return platform === 'weapp' ? { WXWebAssembly: loader(root, shape) } : { WebAssembly: engine };
}

module.exports = { makeWasm };
