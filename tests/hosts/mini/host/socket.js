// One real connection over `ws`, in the few events that all simulated hosts are made of.
// @ts-check
'use strict';

const { WebSocket } = require('ws');
const { dialled } = require('./dial.js');
const { Inbox } = require('./inbox.js');
const { toArrayBuffer, failureOf } = require('./payload.js');

/**
 * @typedef {import('./dial.js').Dial} Dial
 * @typedef {import('./payload.js').Failure} Failure
 * @typedef {{ header: Record<string, string>, dialled: number, answered: number }} Opened
 */

/**
 * How a connection ended:
 * - `failed`: it never opened, see `failure`; `given-up`: closed by this side before it opened
 * - `own`: closed by this side, and the peer answered; `peer`: closed by the peer
 * - `cut`: TCP ended without Close; `reset`: TCP failed; `broken`: the peer breached the protocol
 * - `killed`: by the host, in the background; `idle`: by the host, for want of traffic
 * @typedef {'failed' | 'given-up' | 'own' | 'peer' | 'cut' | 'reset' | 'broken' | 'killed' | 'idle'} How
 * @typedef {{ how: How, code: number, reason: string, opened: boolean, failure: Failure }} End
 *   `code` is that of the peer's Close, 1005 without a status, else 1006. Of a close that is told before the peer
 *   answers it, and of one while connecting, it is this side's.
 */

/**
 * @typedef {object} Sink
 * @property {(opened: Opened) => void} open
 * @property {(data: string | ArrayBuffer) => void} message
 * @property {(end: End) => void} end Once, and nothing after it.
 */

/** What one record of TLS holds. */
const RECORD = 16 * 1024;

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
  const sync = dial.sync === true;
  /** @type {(() => void)[]} */
  const behindEnd = [];
  /** Messages that the system has not taken yet. */
  let unsent = 0;
  const inbox = new Inbox(sync, dial.hold);

  /** @param {How} how @param {number} [code] @param {string} [reason] */
  function end(how, code = 1006, reason = '') {
    if (ended) return;
    ended = true;
    inbox.put(() => sink.end({ how, code, reason, opened, failure: dial.refused || failureOf(error) }));
    for (const tell of behindEnd.splice(0)) inbox.put(tell);
  }

  function start() {
    if (dial.refused) end('failed');
    if (ended) return;
    times.dialled = Date.now();
    try {
      ws = dialled(dial);
    } catch (thrown) {
      error = thrown;
      return end('failed');
    }
    ws.on('upgrade', (response) => {
      times.answered = Date.now();
      // Of each name once, as it came on the wire.
      for (let i = 0; i < response.rawHeaders.length; i += 2) header[response.rawHeaders[i]] = response.rawHeaders[i + 1];
      if (dial.anySubprotocol) delete response.headers['sec-websocket-protocol'];
      response.socket.once('error', () => { reset = true; });
    });
    ws.on('open', () => {
      opened = true;
      if (!ended) inbox.put(() => sink.open({ header, ...times }));
    });
    ws.on('message', (data, binary) => {
      const bytes = /** @type {Buffer} */ (data);
      if (!ended) inbox.put(() => sink.message(binary ? toArrayBuffer(bytes) : bytes.toString()));
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
    /** Tells what has arrived, where that is kept for the program's calls. */
    arrive: () => inbox.empty(),
    /** Of an open connection only. `done` once the system has taken the bytes. @param {string | Uint8Array} data @param {(sent: boolean) => void} done */
    send(data, done) {
      if (!ws) return;
      // Over TLS the stream takes any amount at once, and only its callback tells what has left.
      const atOnce = sync && (!/^wss:/i.test(dial.url) || (unsent === 0 && data.length <= RECORD));
      unsent += 1;
      let told = false;
      const tell = (/** @type {boolean} */ sent) => {
        if (!told) done(sent);
        told = true;
      };
      // What could not be sent is told behind the end that kept it from it.
      ws.send(data, { binary: typeof data !== 'string' }, (failed) => {
        unsent -= 1;
        if (failed && sync && !ended) behindEnd.push(() => tell(false));
        else inbox.put(() => tell(!failed));
      });
      if (atOnce && ws.bufferedAmount === 0) tell(true);
    },
    /** Throws what `ws` says of a bad code or reason. @param {number} code @param {string} reason */
    close(code, reason) {
      if (ws && opened) {
        if (ws.readyState !== WebSocket.OPEN) return;
        ws.close(code, reason);
        asked = true;
        if (sync) end('own', code, reason);
        return inbox.empty();
      }
      const giveUp = () => {
        end('given-up', code, reason);
        if (ws) ws.terminate();
        inbox.empty();
      };
      if (sync) giveUp();
      else setImmediate(giveUp);
    },
    /** @param {'killed' | 'idle'} [how] */
    kill(how = 'killed') {
      end(how);
      if (ws) ws.terminate();
      inbox.empty();
    },
  };
}

module.exports = { connect };
