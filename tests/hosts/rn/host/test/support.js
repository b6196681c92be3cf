// What the tests share: an app in a simulated host, and what its sockets tell.
// @ts-check
'use strict';

const assert = require('node:assert');
const { makeHost, VARIANTS } = require('../hosts.js');
const { DEAD, Log, settled, startServer } = require('../../../mini/host/test/server.js');

/** @typedef {import('node:test').TestContext} Test */

/** Run in the realm: dials and hands everything on. */
const DIAL = `(function (url, protocols, options, add) {
  var socket = new WebSocket(url, protocols, options);
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', function () { add('open', socket.protocol); });
  socket.addEventListener('message', function (event) { add('message', event.data); });
  socket.addEventListener('error', function (event) { add('error', event.message); });
  socket.addEventListener('close', function (event) { add('close', event.code, event.reason); });
  return socket;
})`;

/** @param {Test} t @param {string} variant @param {import('../../../mini/host/world.js').Options} [options] */
function startApp(t, variant, options = {}) {
  const host = makeHost(__dirname, variant, { dialTimeout: Infinity, ...options });
  /** @type {string[]} */
  const warnings = [];
  host.world.warn = (text) => warnings.push(text);
  t.after(() => {
    host.world.live.forEach((live) => live.kill('killed'));
    assert.deepStrictEqual(host.world.faults, [], 'nothing was thrown in the host');
  });
  return {
    ...host,
    warnings,
    /** @param {string} url @param {any} [protocols] @param {any} [given] */
    dial(url, protocols, given) {
      const record = new Log();
      const socket = host.context.run(DIAL)(url, protocols, given, (/** @type {string} */ name, /** @type {any[]} */ ...values) => {
        record.add(name, values.length > 1 ? values : values[0]);
      });
      return { socket, record };
    },
  };
}

/** The variants of a system, the synchronous one left out. @param {string} system */
const variantsOf = (system) => Object.keys(VARIANTS).filter((name) => VARIANTS[name].system === system && !VARIANTS[name].sync);

/** The text of a failure: since some version after 0.76 only the close event has it. @param {string} variant @param {string | null} text */
const failureOf = (variant, text) => ({ error: variant.endsWith('76') ? text : undefined, close: [1006, text] });

module.exports = { assert, startApp, startServer, settled, variantsOf, failureOf, DEAD };
