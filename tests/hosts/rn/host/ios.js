// The native module `WebSocketModule` of iOS, which is SocketRocket: the traps of `RCTWebSocketModule.mm` and `SRWebSocket.m`.
// @ts-check
'use strict';

const { connect } = require('../../mini/host/socket.js');
const headers = require('./header.js');
const { brokenCode, ios } = require('./texts.js');

/**
 * @typedef {import('./module.js').Bridge} Bridge
 * @typedef {import('../../mini/host/socket.js').End} End
 * @typedef {ReturnType<typeof connect>} Socket
 */

/** How long connecting may take, `timeoutInterval` of a request. */
const PATIENCE = 60000;

/** @param {Bridge} bridge @returns {import('./module.js').WebSocketModule} */
function makeModule({ world, emit }) {
  /** From `connect` to `close`, or to the end. @type {Map<number, Socket>} */
  const sockets = new Map();

  /** @param {string} url @param {any} protocols @param {any} options @param {number} id */
  function dial(url, protocols, options, id) {
    if (!URL.canParse(url)) return emit('websocketFailed', { id, message: 'Invalid WebSocket URL' });
    /** Why it is given up. */
    let why = '';
    const socket = connect({
      url,
      header: headers.ios(url, protocols, options && options.headers),
      timeout: world.patience(PATIENCE),
      ...world.dial(),
      closeTimeout: world.options.closeTimeout ?? 60000,
      anySubprotocol: true,
    }, {
      open({ header }) {
        const name = Object.keys(header).find((key) => key.toLowerCase() === 'sec-websocket-protocol');
        const protocol = name ? header[name] : '';
        if (name && !Array.from(protocols || []).includes(protocol)) {
          why = "Server specified Sec-WebSocket-Protocol that wasn't requested.";
          return socket.kill();
        }
        emit('websocketOpen', { id, protocol });
      },
      message(data) {
        if (typeof data === 'string') emit('websocketMessage', { id, type: 'text', data });
        else emit('websocketMessage', { id, type: 'binary', data: Buffer.from(data).toString('base64') });
      },
      end(end) {
        world.live.delete(live);
        sockets.delete(id);
        tell(id, end, why);
      },
    });
    const live = { kill: socket.kill, listeners: () => 0 };
    world.live.add(live);
    sockets.set(id, socket);
  }

  /** @param {number} id @param {End} end @param {string} why */
  function tell(id, { how, code, reason, failure }, why) {
    const close = (/** @type {number} */ told, /** @type {string} */ text, clean = true) => {
      // `RCTNullIfNil`: without a reason there is none.
      emit('websocketClosed', { id, code: told, reason: text || null, clean });
    };
    const fail = (/** @type {string} */ message) => emit('websocketFailed', { id, message });
    switch (how) {
      case 'failed': return fail(ios(failure));
      // No Close frame has set the code.
      case 'given-up': return close(0, '');
      case 'broken': return close(brokenCode(failure.text) ?? 0, '');
      case 'cut': return close(1001, 'Stream end encountered', false);
      case 'reset': return fail('The operation couldn’t be completed. Connection reset by peer');
      case 'killed': return fail(why || 'The operation couldn’t be completed. Software caused connection abort');
      default: return close(code, reason);
    }
  }

  /** To an id that is not known, and to a socket that is not open, it vanishes. @param {number} id @param {string | Uint8Array} data */
  function send(id, data) {
    const socket = sockets.get(id);
    if (socket) socket.arrive();
    if (socket && socket.state() === 1) socket.send(data, () => {});
  }

  return {
    connect: dial,
    send: (text, id) => send(id, text),
    sendBinary: (base64, id) => send(id, Buffer.from(base64, 'base64')),
    ping() {},
    close(code, reason, id) {
      const socket = sockets.get(id);
      if (socket) socket.arrive();
      sockets.delete(id);
      if (socket) socket.close(code, reason);
    },
    addListener() {},
    removeListeners() {},
  };
}

module.exports = { makeModule };
