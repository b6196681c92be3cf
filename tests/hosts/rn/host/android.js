// The native module `WebSocketModule` of Android, which is OkHttp: the traps of `WebSocketModule.kt` and `RealWebSocket.kt`.
// @ts-check
'use strict';

const { connect } = require('../../mini/host/socket.js');
const headers = require('./header.js');
const { brokenCode, codeText, okhttp } = require('./texts.js');

/** More than this waiting, and OkHttp ends the connection (`MAX_QUEUE_SIZE`). */
const MAX_QUEUE = 16 * 1024 * 1024;

/**
 * @typedef {import('./module.js').Bridge} Bridge
 * @typedef {import('../../mini/host/socket.js').End} End
 * @typedef {ReturnType<typeof connect>} Socket
 */

/** OkHttp's own `WebSocket`. */
class Client {
  /** @param {Socket} socket */
  constructor(socket) {
    this.socket = socket;
    this.queued = 0;
    this.closed = false;
  }

  /** @param {string | Uint8Array} data */
  send(data) {
    if (this.closed) return;
    const size = Buffer.byteLength(data);
    // The answer of OkHttp is `false`, which React Native does not look at.
    if (this.queued + size > MAX_QUEUE) return this.close(1001, '');
    this.queued += size;
    this.socket.send(data, () => { this.queued -= size; });
  }

  /** Throws for what OkHttp does not take. @param {number} code @param {string} reason */
  close(code, reason) {
    const wrong = codeText(code);
    if (wrong) throw new Error(wrong);
    if (Buffer.byteLength(reason) > 123) throw new Error(`reason.size() > 123: ${reason}`);
    if (this.closed) return;
    this.closed = true;
    this.socket.close(code, reason);
  }
}

/** @param {Bridge} bridge @returns {import('./module.js').WebSocketModule} */
function makeModule({ world, emit, log }) {
  /** Open ones, until this side closes: a close of the peer's leaves its entry. @type {Map<number, Client>} */
  const clients = new Map();

  /** @param {string} url @param {any} protocols @param {any} options @param {number} id */
  function dial(url, protocols, options, id) {
    const socket = connect({
      url,
      header: headers.android(url, protocols, options && options.headers),
      timeout: world.patience(0x7fffffff),
      deflate: true,
      ...world.dial(),
      closeTimeout: world.options.closeTimeout ?? 60000,
      anySubprotocol: true,
      anyText: true,
      cutsWithoutStatus: true,
    }, {
      open({ header }) {
        clients.set(id, new Client(socket));
        const name = Object.keys(header).find((key) => key.toLowerCase() === 'sec-websocket-protocol');
        emit('websocketOpen', { id, protocol: name ? header[name] : '' });
      },
      message(data) {
        if (typeof data === 'string') emit('websocketMessage', { id, type: 'text', data });
        else emit('websocketMessage', { id, type: 'binary', data: Buffer.from(data).toString('base64') });
      },
      end(end) {
        world.live.delete(live);
        tell(id, url, end);
      },
    });
    const live = { kill: socket.kill, listeners: () => 0 };
    world.live.add(live);
  }

  /** @param {number} id @param {string} url @param {End} end */
  function tell(id, url, { how, code, reason, failure }) {
    const fail = (/** @type {string | null} */ message) => emit('websocketFailed', { id, message });
    switch (how) {
      case 'failed': return fail(okhttp(failure, url));
      case 'broken': return fail(codeText(brokenCode(failure.text) ?? 1000) || failure.text);
      // An EOFException, which has no text.
      case 'cut': return fail(null);
      case 'reset': return fail('Connection reset');
      case 'killed': return fail('Socket closed');
      default:
        // React Native gives the code back to OkHttp, which does not take this one.
        if (code === 1005) return fail(codeText(code));
        emit('websocketClosed', { id, code, reason });
    }
  }

  /** @param {number} id @param {string | Uint8Array} data */
  function send(id, data) {
    const client = clients.get(id);
    if (client) client.socket.arrive();
    if (client) return client.send(data);
    emit('websocketFailed', { id, message: 'client is null' });
    emit('websocketClosed', { id, code: 0, reason: 'client is null' });
  }

  return {
    connect: dial,
    send: (text, id) => send(id, text),
    sendBinary: (base64, id) => send(id, Buffer.from(base64, 'base64')),
    // Not a ping: an empty message.
    ping: (id) => send(id, Buffer.alloc(0)),
    close(code, reason, id) {
      const client = clients.get(id);
      if (!client) return;
      client.socket.arrive();
      try {
        client.close(code, reason);
        clients.delete(id);
      } catch (thrown) {
        // Only logged: whoever waits for the close waits for ever.
        log(`Could not close WebSocket connection for id ${id}: ${/** @type {Error} */ (thrown).message}`);
      }
    },
    addListener() {},
    removeListeners() {},
  };
}

module.exports = { makeModule };
