// The handshake of a simulated host's connection: what is asked of `ws`.
// @ts-check
'use strict';

const { WebSocket } = require('ws');
const { HEADER } = require('./device.js');

/** Above every message that a test sends. */
const MAX_MESSAGE = 128 * 1024 * 1024;

/**
 * @typedef {object} Dial
 * @property {string} url
 * @property {string[]} [protocols]
 * @property {Record<string, unknown>} [header]
 * @property {number} timeout
 * @property {boolean} [deflate]
 * @property {boolean} [trust]
 * @property {number} [closeTimeout]
 * @property {import('./payload.js').Failure | null} [refused] Instead of dialling, the connection fails so.
 * @property {boolean} [anySubprotocol] Whatever subprotocol the server selects, or none, the connection opens.
 * @property {boolean} [anyText] What is no UTF-8 becomes U+FFFD.
 * @property {boolean} [sync] Tells inside the program's calls what can be told there, the end of an own close as well.
 * @property {number} [hold] Milliseconds that such a host keeps what has arrived.
 * @property {boolean} [cutsWithoutStatus] A Close frame without a status is not answered; TCP is ended.
 */

/** `close` of a socket that ends TCP where `ws` would answer without a status. @param {WebSocket} ws @returns {WebSocket['close']} */
function cutting(ws) {
  const close = ws.close.bind(ws);
  return (code, reason) => (code === undefined ? ws.terminate() : close(code, reason));
}

/** Throws what `ws` says of a bad URL, header or subprotocol. @param {Dial} dial */
function dialled(dial) {
  const headers = Object.entries(dial.header || {}).map(([name, value]) => [name, String(value)]);
  const ws = new WebSocket(dial.url, dial.protocols || [], {
    headers: { ...HEADER, ...Object.fromEntries(headers) },
    handshakeTimeout: dial.timeout,
    perMessageDeflate: dial.deflate === true,
    rejectUnauthorized: !dial.trust,
    maxPayload: MAX_MESSAGE,
    skipUTF8Validation: dial.anyText === true,
    // In the typings' future: how long a close waits for the peer's; and each message in a turn of its own, as a
    // host tells it, with the program's microtasks in between.
    ...{ closeTimeout: dial.closeTimeout ?? 30000, allowSynchronousEvents: false },
  });
  if (dial.cutsWithoutStatus) ws.close = cutting(ws);
  return ws;
}

module.exports = { dialled };
