// The simulated WeChat host's `connectSocket` and its SocketTask.
// @ts-check
'use strict';

const { Listeners } = require('./listeners.js');
const { isArrayBuffer } = require('./payload.js');
const { connect } = require('./socket.js');
const { refusal } = require('./weapp-refusals.js');
const { tellEnd } = require('./weapp-end.js');
const { VARIANTS } = require('./weapp-variants.js');

/** @typedef {import('./weapp-variants.js').Events} Events */

/** @param {import('./world.js').World} world @returns {WechatMiniprogram.Wx['connectSocket']} */
function connector(world) {
  const variant = VARIANTS[world.options.variant || 'devtools'];
  world.sync = variant.sync;

  /** @param {WechatMiniprogram.ConnectSocketOption} option */
  function connectSocket(option) {
    const id = ++world.made;
    /** @type {Listeners<Events>} */
    const listeners = new Listeners(world);
    const refused = refusal(world, variant, option.url, id);
    if (refused && variant.refusing) world.tell(option, false, refused.told);
    else world.report(option, !refused, refused ? refused.told : { socketTaskId: id, errMsg: 'connectSocket:ok' });
    if (refused && refused.why === 'limit' && variant.refusing && variant.refusing.nothing) {
      // Deviation from the typings, seen on a host.
      return /** @type {WechatMiniprogram.SocketTask} */ (/** @type {unknown} */ (undefined));
    }
    const socket = refused ? null : open(option, listeners);

    /** @type {WechatMiniprogram.SocketTask} */
    const task = {
      onOpen: (f) => listeners.add('open', f),
      onMessage: (f) => listeners.add('message', f),
      onError: (f) => listeners.add('error', f),
      onClose: (f) => listeners.add('close', f),
      send: (given) => send(socket, given),
      // Deviation from the typings: newer base libraries give a promise to whoever gives no callbacks.
      close: (given = {}) => answer(given, close(socket, given)),
    };
    // Deviation: not in the typings, but devices have it and @cloudbase/adapter-wx_mp relies on it.
    Object.defineProperty(task, 'readyState', { enumerable: true, get: () => (socket ? socket.state() : 3) });
    return task;
  }

  /** @typedef {ReturnType<typeof open> | null} Socket */

  /** @param {Socket} socket @param {Parameters<WechatMiniprogram.SocketTask['send']>[0]} given */
  function send(socket, given) {
    const { data } = given;
    if (socket) socket.arrive();
    /** @param {string} [why] */
    const report = (why) => world.report(given, !why, { errMsg: `sendSocketMessage:${why ? `fail ${why}` : 'ok'}` });
    const state = socket ? socket.state() : 3;
    if (refusesAway()) return report('interrupted');
    if (!socket || state > 1) return report('taskID not exist');
    if (state === 0) return report('task is not open');
    const done = (/** @type {boolean} */ sent) => report(sent ? undefined : 'taskID not exist');
    if (typeof data === 'string') return socket.send(data, done);
    if (isArrayBuffer(data)) return socket.send(Buffer.from(new Uint8Array(data)), done);
    if (!ArrayBuffer.isView(data)) return report('data is neither String nor ArrayBuffer');
    if (variant.views) return socket.send(Buffer.from(viewed(data)), done);
    world.lose();
    report();
  }

  /** Why it is refused, if it is. @param {Socket} socket @param {WechatMiniprogram.SocketTaskCloseOption} given @returns {string | null} */
  function close(socket, given) {
    if (socket) socket.arrive();
    const state = socket ? socket.state() : 3;
    if (refusesAway()) return 'interrupted';
    if (!socket || state > 1) return 'wcwss taskID not exist';
    if (state === 0 && variant.ignoresEarlyClose) return null;
    try {
      socket.close(given.code ?? 1000, given.reason ?? '');
      return null;
    } catch (thrown) {
      return /** @type {Error} */ (thrown).message;
    }
  }

  /** @param {WechatMiniprogram.SocketTaskCloseOption} given @param {string | null} why */
  function answer(given, why) {
    const told = { errMsg: `closeSocket:${why === null ? 'ok' : `fail ${why}`}` };
    if (variant.promises && !given.success && !given.fail && !given.complete) {
      return why === null ? Promise.resolve(told) : Promise.reject(told);
    }
    world.report(given, why === null, told);
  }

  function refusesAway() {
    return variant.awayRefuses && world.away;
  }

  /** @param {WechatMiniprogram.ConnectSocketOption} option @param {Listeners<Events>} listeners */
  function open(option, listeners) {
    const header = Object.entries(option.header || {}).filter(([name]) => name.toLowerCase() !== 'referer');
    const socket = connect({
      url: option.url,
      protocols: option.protocols,
      header: Object.fromEntries(header),
      timeout: world.patience(option.timeout || 60000),
      deflate: option.perMessageDeflate,
      ...world.dial(),
    }, {
      open({ header: answered, dialled, answered: at }) {
        const cost = at - dialled;
        // Times of a connection that needs no look-up.
        const profile = {
          fetchStart: dialled, domainLookUpStart: dialled, domainLookUpEnd: dialled, connectStart: dialled,
          connectEnd: at, rtt: cost, handshakeCost: cost, cost,
        };
        listeners.fire('open', { header: answered, profile });
      },
      message: (data) => listeners.fire('message', { data }),
      end(end) {
        world.live.delete(live);
        tellEnd(variant, end, listeners);
      },
    });
    const live = { kill: socket.kill, listeners: () => listeners.all.length };
    world.live.add(live);
    return socket;
  }

  return connectSocket;
}

/** @param {ArrayBufferView} view */
function viewed(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

module.exports = { connector };
