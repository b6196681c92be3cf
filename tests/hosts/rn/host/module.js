// A native module as JavaScript sees it: calls are carried out later and in order, and so come its events; in a
// synchronous variant both happen before the call returns.
// @ts-check
'use strict';

const SYSTEMS = { android: require('./android.js'), ios: require('./ios.js') };

/**
 * What `NativeWebSocketModule` of React Native specifies.
 * @typedef {object} WebSocketModule
 * @property {(url: string, protocols: string[] | null, options: { headers?: object }, id: number) => void} connect
 * @property {(text: string, id: number) => void} send
 * @property {(base64: string, id: number) => void} sendBinary
 * @property {(id: number) => void} ping
 * @property {(code: number, reason: string, id: number) => void} close
 * @property {(event: string) => void} addListener
 * @property {(count: number) => void} removeListeners
 */

/**
 * @typedef {object} Bridge
 * @property {import('../../mini/host/world.js').World} world
 * @property {(event: string, body: object) => void} emit
 * @property {(text: string) => void} log
 */

/**
 * @param {'android' | 'ios'} system @param {import('../../mini/host/world.js').World} world
 * @param {(event: string, body: string) => void} emit Calls the app; the body is JSON, since objects of the app's realm are made in it.
 * @returns {WebSocketModule}
 */
function makeNative(system, world, emit) {
  const module = SYSTEMS[system].makeModule({
    world,
    emit: (event, body) => world.later(() => emit(event, JSON.stringify(body))),
    log: (text) => world.warn(text),
  });
  const calls = Object.entries(module).map(([name, call]) => [
    name,
    (/** @type {any[]} */ ...args) => world.later(() => world.call(call, ...args)),
  ]);
  return Object.fromEntries(calls);
}

module.exports = { makeNative };
