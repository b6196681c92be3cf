// One real connection over `ws`, in the few events that all simulated hosts are made of.
// @ts-check
'use strict';

const { WebSocket } = require('ws');
const { HEADER } = require('./device.js');
const { toArrayBuffer, failureOf } = require('./payload.js');

/** Above every message that a test sends. */
const MAX_MESSAGE = 128 * 1024 * 1024;

/**
 * @typedef {import('./payload.js').Failure} Failure
 * @typedef {{ header: Record<string, string>, dialled: number, answered: number }} Opened
 */

/**
 * How a connection ended:
 * - `failed`: it never opened, see `failure`; `given-up`: closed by this side before it opened
 * - `own`: closed by this side, and the peer answered; `peer`: closed by the peer
 * - `cut`: TCP ended without Close; `reset`: TCP failed; `broken`: the peer breached the protocol
 * - `killed`: by the host
 * @typedef {'failed' | 'given-up' | 'own' | 'peer' | 'cut' | 'reset' | 'broken' | 'killed'} How
 * @typedef {{ how: How, code: number, reason: string, failure: Failure }} End `code` is that of the peer's Close, 1005 without a status, else 1006.
 */

/**
 * @typedef {object} Sink
 * @property {(opened: Opened) => void} open
 * @property {(data: string | ArrayBuffer) => void} message
 * @property {(end: End) => void} end Once, and nothing after it.
 */

/**
 * @typedef {object} Dial
 * @property {string} url
 * @property {string[]} [protocols]
 * @property {Record<string, unknown>} [header]
 * @property {number} timeout
 * @property {boolean} [deflate]
 * @property {boolean} [trust]
 * @property {number} [closeTimeout]
 * @property {Failure | null} [refused] Instead of dialling, the connection fails so.
 * @property {boolean} [anySubprotocol] Whatever subprotocol the server selects, or none, the connection opens.
 * @property {boolean} [anyText] What is no UTF-8 becomes U+FFFD.
 * @property {boolean} [cutsWithoutStatus] A Close frame without a status is not answered; TCP is ended.
 */

/** `close` of a socket that ends TCP where `ws` would answer without a status. @param {WebSocket} ws @returns {WebSocket['close']} */
function cutting(ws) {
  const close = ws.close.bind(ws);
  return (code, reason) => (code === undefined ? ws.terminate() : close(code, reason));
}

/** @param {Dial} dial @param {Sink} sink */
function connect(dial, sink) {
  /** @type {WebSocket | undefined} */
  let ws;
  /** @type {unknown} */
  let error;
  let [opened, asked, ended, reset] = [false, false, false, false];
  const times = { dialled: Date.now(), answered: 0 };
  /** @type {Record<string, string>} */
  const header = {};

  /** @param {How} how @param {number} [code] @param {string} [reason] */
  function end(how, code = 1006, reason = '') {
    if (ended) return;
    ended = true;
    sink.end({ how, code, reason, failure: dial.refused || failureOf(error) });
  }

  function start() {
    if (dial.refused) end('failed');
    if (ended) return;
    times.dialled = Date.now();
    try {
      const headers = Object.entries(dial.header || {}).map(([name, value]) => [name, String(value)]);
      ws = new WebSocket(dial.url, dial.protocols || [], {
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
    } catch (thrown) {
      error = thrown;
      return end('failed');
    }
    if (dial.cutsWithoutStatus) ws.close = cutting(ws);
    ws.on('upgrade', (response) => {
      times.answered = Date.now();
      // Of each name once, as it came on the wire.
      for (let i = 0; i < response.rawHeaders.length; i += 2) header[response.rawHeaders[i]] = response.rawHeaders[i + 1];
      if (dial.anySubprotocol) delete response.headers['sec-websocket-protocol'];
      response.socket.once('error', () => { reset = true; });
    });
    ws.on('open', () => {
      opened = true;
      if (!ended) sink.open({ header, ...times });
    });
    ws.on('message', (data, binary) => {
      const bytes = /** @type {Buffer} */ (data);
      if (!ended) sink.message(binary ? toArrayBuffer(bytes) : bytes.toString());
    });
    // `ws` tells an error and then the close. Which of the two a program hears of is up to the host.
    ws.on('error', (thrown) => {
      error = error || thrown;
      // The answer to a breach is on its way; a host does not wait for the peer's.
      if (opened) end('broken');
    });
    ws.on('close', (code, reason) => {
      if (!opened) return end('failed');
      if (code === 1006) return end(reset ? 'reset' : 'cut');
      end(asked ? 'own' : 'peer', code, reason.toString());
    });
  }
  setImmediate(start);

  return {
    /** 0 to 3, as of a browser's. */
    state() {
      if (ended) return 3;
      if (!opened || !ws) return 0;
      return ws.readyState === WebSocket.OPEN ? 1 : 2;
    },
    /** Of an open connection only. `done` once the system has taken the bytes. @param {string | Uint8Array} data @param {(sent: boolean) => void} done */
    send(data, done) {
      if (ws) ws.send(data, { binary: typeof data !== 'string' }, (failed) => done(!failed));
    },
    /** Throws what `ws` says of a bad code or reason. @param {number} code @param {string} reason */
    close(code, reason) {
      if (ws && opened) {
        if (ws.readyState === WebSocket.OPEN) {
          ws.close(code, reason);
          asked = true;
        }
        return;
      }
      setImmediate(() => {
        end('given-up');
        if (ws) ws.terminate();
      });
    },
    kill() {
      end('killed');
      if (ws) ws.terminate();
    },
  };
}

module.exports = { connect };
