// A realm as mini-programs have it: ES built-ins, timers, console and the vendor's object, nothing else.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const BUILT_INS = `
  Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp
  Error EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math Map Set WeakMap WeakSet Proxy
  Reflect ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
  Float32Array Float64Array decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN escape unescape
`.trim().split(/\s+/);

/** Where engines or clients are too old, these are missing as well. */
const OPTIONAL = { globalThis: ['globalThis'], bigint: ['BigInt', 'BigInt64Array', 'BigUint64Array'] };

/** What loaders of mini-programs hide from a module, so that it is `undefined` even where the engine has it. */
const HIDDEN = [
  'window', 'document', 'frames', 'self', 'location', 'navigator', 'localStorage', 'history', 'Caches', 'screen',
  'alert', 'confirm', 'prompt', 'fetch', 'XMLHttpRequest', 'WebSocket', 'webkit', 'ServiceWorker', 'global', 'process',
];

/**
 * @typedef {object} Shape
 * @property {string} root The package's folder.
 * @property {Record<string, unknown>} globals The vendor's object, `WXWebAssembly`.
 * @property {boolean} [noGlobalThis]
 * @property {boolean} [noBigInt]
 * @property {string[]} [hidden] Instead of what loaders of mini-programs hide.
 */

/** @param {import('./world.js').World} world */
function timers(world) {
  /** @type {Map<number, NodeJS.Timeout>} */
  const live = new Map();
  let last = 0;
  /** @param {boolean} again @returns {(f: unknown, delay?: number, ...args: unknown[]) => number} */
  const starter = (again) => (f, delay, ...args) => {
    const id = ++last;
    const tick = () => {
      if (!again) live.delete(id);
      world.call(f, ...args);
    };
    live.set(id, again ? setInterval(tick, delay) : setTimeout(tick, delay));
    return id;
  };
  /** @param {number} id */
  const stop = (id) => {
    clearTimeout(live.get(id));
    live.delete(id);
  };
  const made = { setTimeout: starter(false), setInterval: starter(true), clearTimeout: stop, clearInterval: stop };
  return { made, live };
}

/** @param {import('./world.js').World} world @param {Shape} shape */
function makeContext(world, { root, globals, noGlobalThis, noBigInt, hidden: names = HIDDEN }) {
  const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } });
  const realm = vm.runInContext('globalThis', context);
  const kept = BUILT_INS.concat(noBigInt ? [] : OPTIONAL.bigint, OPTIONAL.globalThis);
  for (const name of Object.getOwnPropertyNames(realm)) if (!kept.includes(name)) delete realm[name];
  const { made, live } = timers(world);
  const { log, info, debug, warn, error } = console;
  Object.assign(realm, made, { console: { log, info, debug, warn, error } }, globals);
  if (noGlobalThis) delete realm.globalThis;

  const hidden = names.filter((name) => !(name in globals));
  /** @type {Map<string, { exports: any }>} */
  const loaded = new Map();

  /** Runs a file as a CommonJS module, once. @param {string} file @returns {any} */
  function load(file) {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module = vm.runInContext('({ exports: {} })', context);
    loaded.set(file, module);
    const parameters = ['require', 'module', 'exports', ...hidden].join(', ');
    const filename = `app:/${path.relative(root, file)}`;
    const code = `(function (${parameters}) {${fs.readFileSync(file, 'utf8')}\n})`;
    const wrapper = vm.runInContext(code, context, { filename });
    wrapper.call(module.exports, (/** @type {string} */ name) => load(resolve(name, file)), module, module.exports);
    return module.exports;
  }

  /** Relative to the module, or from the package's root. @param {string} name @param {string} from */
  function resolve(name, from) {
    const base = name.startsWith('/') ? root : path.dirname(from);
    const file = path.join(base, name.endsWith('.js') ? name : `${name}.js`);
    const inside = !path.relative(root, file).startsWith('..');
    if (!/^\.{0,2}\//.test(name) || !inside || !fs.existsSync(file)) {
      throw new Error(`module '${name}' is not defined`);
    }
    return file;
  }

  return {
    load,
    /** @param {string} code @returns {any} */
    run: (code) => vm.runInContext(code, context),
    /** Timers that are still to come. */
    timers: () => live.size,
  };
}

module.exports = { makeContext };
