// React Native in a realm: its class `WebSocket` and what that needs, over a native module.
// @ts-check
'use strict';

const path = require('node:path');
const { codeOf, folderOf, resolve } = require('./source.js');

/**
 * @typedef {import('./source.js').System} System
 * @typedef {{ run: (code: string) => any }} Realm
 */

/** What Metro writes before the first module of a release, and React Native's `setUpGlobals` after it. */
const PRELUDE = `
  var __DEV__ = false, process = { env: { NODE_ENV: 'production' } };
  var global = globalThis, window = globalThis, self = globalThis;
  var RN$Bridgeless = true;
`;

/** The constants that `Platform` asks for, of a phone. */
const CONSTANTS = {
  isTesting: false,
  reactNativeVersion: { major: 0, minor: 0, patch: 0 },
  osVersion: '18.0', systemName: 'iOS', interfaceIdiom: 'phone', forceTouchAvailable: false,
  Version: 34, Release: '14', Serial: 'unknown', Fingerprint: 'unknown', Model: 'phone', uiMode: 'normal',
};

/** A `require` in the realm. @param {Realm} realm @param {string} version @param {System} system */
function loader(realm, version, system) {
  /** @type {Map<string, { exports: any }>} */
  const loaded = new Map();
  /** @param {string} file @returns {any} */
  function load(file) {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module = realm.run('({ exports: {} })');
    loaded.set(file, module);
    const wrapper = realm.run(`(function (require, module, exports) {${codeOf(version, system, file)}\n})`);
    wrapper.call(module.exports, (/** @type {string} */ name) => load(resolve(system, name, file)), module, module.exports);
    return module.exports;
  }
  return (/** @type {string} */ name) => {
    const exports = load(path.join(folderOf(version), name));
    return exports && exports.__esModule ? exports.default : exports;
  };
}

/**
 * Sets up the realm as an app finds it; gives the emitter through which native modules speak.
 * @param {Realm} realm @param {string} version @param {System} system @param {object} module The native module `WebSocketModule`.
 */
function setUp(realm, version, system, module) {
  realm.run(PRELUDE);
  const global = realm.run('globalThis');
  /** @type {Record<string, object>} */
  const modules = { WebSocketModule: module, PlatformConstants: { getConstants: () => CONSTANTS } };
  global.__turboModuleProxy = (/** @type {string} */ name) => modules[name] || null;
  // Modules of the old architecture: there are none.
  global.nativeModuleProxy = {};
  global.performance = { now: () => performance.now() };
  global.console.assert = console.assert;
  const load = loader(realm, version, system);
  load('Libraries/Core/setUpNavigator.js');
  global.WebSocket = load('Libraries/WebSocket/WebSocket.js');
  return load('Libraries/EventEmitter/RCTDeviceEventEmitter.js');
}

module.exports = { setUp };
