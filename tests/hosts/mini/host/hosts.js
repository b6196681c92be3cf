// The three simulated hosts by name, and a program's view of one of them.
// @ts-check
'use strict';

const { makeContext } = require('./context.js');
const { makeWasm } = require('./wasm.js');
const { World } = require('./world.js');

const HOSTS = { weapp: require('./weapp.js'), alipay: require('./alipay.js'), swan: require('./swan.js') };

/** @typedef {keyof typeof HOSTS} Platform */

/** The variants of every platform. */
function variants() {
  const table = Object.entries(HOSTS).map(([platform, { VARIANTS }]) => [platform, Object.keys(VARIANTS)]);
  return Object.fromEntries(table);
}

/**
 * @typedef {object} Setup
 * @property {Platform} platform
 * @property {string} root The package's folder.
 * @property {boolean} [wasm] Whether there is a `WXWebAssembly`, on other platforms the engine's own `WebAssembly`.
 * @property {import('./wasm.js').Shape} [instanceShape]
 * @property {Record<string, unknown>} [globals] What a program asks for besides, and some hosts have.
 * @property {boolean} [noGlobalThis]
 * @property {boolean} [noBigInt]
 */

/** @param {Setup} setup @param {import('./world.js').Options} [options] */
function makeHost(setup, options = {}) {
  const { platform, root, wasm, instanceShape = 'instance', globals: more, noGlobalThis, noBigInt } = setup;
  const host = HOSTS[platform];
  if (!host) throw new Error(`no platform ${platform}: ${Object.keys(HOSTS).join(', ')}`);
  const { variant } = options;
  if (variant && !Object.hasOwn(host.VARIANTS, variant)) {
    throw new Error(`${platform} has no variant ${variant}: ${Object.keys(host.VARIANTS).join(', ')}`);
  }
  const world = new World(options);
  /** @type {Record<string, unknown>} */
  const globals = { ...more, [host.name]: host.make(world) };
  if (wasm) Object.assign(globals, makeWasm(platform, root, instanceShape));
  const context = makeContext(world, { root, globals, noGlobalThis, noBigInt });
  /** What a test may do beside the vendor's object; no device has it. */
  const control = {
    hide: () => world.hide(),
    show: () => world.show(),
    kill: () => world.suspend(),
    idle: () => world.idle(),
    liveCounts: () => ({ ...world.counts(), timers: context.timers() }),
  };
  return { world, context, control };
}

module.exports = { makeHost, variants };
