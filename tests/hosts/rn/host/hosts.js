// The simulated hosts by name, and a program's view of one of them.
// @ts-check
'use strict';

const { makeContext } = require('../../mini/host/context.js');
const { request } = require('../../mini/host/http.js');
const { World } = require('../../mini/host/world.js');
const { makeNative } = require('./module.js');
const { setUp } = require('./runtime.js');

/**
 * @typedef {object} Variant
 * @property {import('./source.js').System} system
 * @property {string} version
 * @property {boolean} [sync] The module's calls are carried out, and its events come, before the call returns.
 */

/** @type {Record<string, Variant>} */
const VARIANTS = {
  'android-88': { system: 'android', version: '0.88.1' },
  'ios-88': { system: 'ios', version: '0.88.1' },
  'android-76': { system: 'android', version: '0.76.9' },
  'ios-76': { system: 'ios', version: '0.76.9' },
  'android-88-sync': { system: 'android', version: '0.88.1', sync: true },
  'ios-88-sync': { system: 'ios', version: '0.88.1', sync: true },
};

/** What the suite needs of React Native's `fetch`: text in both directions. @param {boolean | undefined} trust */
function makeFetch(trust) {
  return (/** @type {string} */ url, /** @type {any} */ option = {}) => new Promise((resolve, reject) => {
    const question = { url, method: option.method, header: option.headers, data: option.body };
    request(question, trust, (error, answer) => {
      if (error || !answer) return reject(error);
      resolve({ status: answer.status, text: () => Promise.resolve(answer.text) });
    });
  });
}

/**
 * @param {string} root The program's folder.
 * @param {string} name One of the variants.
 * @param {import('../../mini/host/world.js').Options} [options]
 */
function makeHost(root, name, options = {}) {
  if (!Object.hasOwn(VARIANTS, name)) throw new Error(`no variant ${name}: ${Object.keys(VARIANTS).join(', ')}`);
  const { system, version, sync = false } = VARIANTS[name];
  const world = new World(options);
  world.sync = sync;
  const context = makeContext(world, { root, globals: { fetch: makeFetch(options.trust) }, hidden: [] });
  const parse = context.run('JSON.parse');
  /** @type {(event: string, body: string) => void} */
  const emit = (event, body) => world.call(() => emitter.emit(event, parse(body)));
  const emitter = setUp(context, version, system, makeNative(system, world, emit));
  const EVENTS = ['websocketOpen', 'websocketMessage', 'websocketFailed', 'websocketClosed'];
  /** What a test may do besides; no device has it. */
  const control = {
    liveCounts: () => ({
      sockets: world.live.size,
      listeners: EVENTS.reduce((sum, event) => sum + emitter.listenerCount(event), 0),
      timers: context.timers(),
    }),
  };
  return { world, context, control, emitter };
}

module.exports = { makeHost, VARIANTS };
