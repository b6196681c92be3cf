// The simulated WeChat host's `connectSocket` and its SocketTask.
// @ts-check
'use strict';

const { Listeners } = require('./listeners.js');
const { isArrayBuffer } = require('./payload.js');
const { connect } = require('./socket.js');
const { VARIANTS, ABNORMAL, errorOf } = require('./weapp-variants.js');

/**
 * @typedef {import('./weapp-variants.js').Told} Told
 * @typedef {import('./weapp-variants.js').Events} Events
 * @typedef {import('./weapp-variants.js').End} End
 */

/** Why no socket is made. `errno` is documented, not in the typings. @param {import('./world.js').World} world @param {string} url @param {number} id @returns {(Told & { errno?: number }) | null} */
function refusal(world, url, id) {
  if (typeof url !== 'string' || !/^wss?:\/\/./i.test(url) || !URL.canParse(url)) {
    return { errMsg: 'connectSocket:fail check url fail' };
  }
  if (!world.allowed(url) || (!world.options.developer && !/^wss:/i.test(url))) {
    return { errMsg: 'createSocketTask:fail url not in domain list', errno: 600002 };
  }
  if (world.suspended) return { errMsg: 'connectSocket:fail interrupted', errno: 600003 };
  if (world.live.size >= world.limit) {
    return { errMsg: `createSocketTask:fail wcwss taskID=${id} exceed max concurrent count` };
  }
  return null;
}

/** @param {import('./world.js').World} world @returns {WechatMiniprogram.Wx['connectSocket']} */
function connector(world) {
  const variant = VARIANTS[world.options.variant || 'devtools'];

  /** @param {WechatMiniprogram.ConnectSocketOption} option */
  function connectSocket(option) {
    const id = ++world.made;
    /** @type {Listeners<Events>} */
    const listeners = new Listeners(world);
    const refused = refusal(world, option.url, id);
    world.report(option, !refused, refused || { socketTaskId: id, errMsg: 'connectSocket:ok' });
    const socket = refused ? null : open(option, listeners);

    /** @type {WechatMiniprogram.SocketTask} */
    const task = {
      onOpen: (f) => listeners.add('open', f),
      onMessage: (f) => listeners.add('message', f),
      onError: (f) => listeners.add('error', f),
      onClose: (f) => listeners.add('close', f),
      send(given) {
        const { data } = given;
        /** @param {string} [why] */
        const report = (why) => world.report(given, !why, { errMsg: `sendSocketMessage:${why ? `fail ${why}` : 'ok'}` });
        const state = socket ? socket.state() : 3;
        if (!socket || state > 1) return report('taskID not exist');
        if (state === 0) return report('task is not open');
        const done = (/** @type {boolean} */ sent) => report(sent ? undefined : 'taskID not exist');
        if (typeof data === 'string') return socket.send(data, done);
        if (isArrayBuffer(data)) return socket.send(Buffer.from(new Uint8Array(data)), done);
        if (!ArrayBuffer.isView(data)) return report('data is neither String nor ArrayBuffer');
        if (variant.views) return socket.send(Buffer.from(viewed(data)), done);
        world.lose();
        report();
      },
      close(given = {}) {
        const state = socket ? socket.state() : 3;
        const ignored = state === 0 && variant.ignoresEarlyClose;
        let errMsg = 'closeSocket:ok';
        try {
          if (!socket || state > 1) errMsg = 'closeSocket:fail wcwss taskID not exist';
          else if (!ignored) socket.close(given.code ?? 1000, given.reason ?? '');
        } catch (thrown) {
          errMsg = `closeSocket:fail ${/** @type {Error} */ (thrown).message}`;
        }
        world.report(given, errMsg === 'closeSocket:ok', { errMsg });
      },
    };
    // Deviation: not in the typings, but devices have it and @cloudbase/adapter-wx_mp relies on it.
    Object.defineProperty(task, 'readyState', { enumerable: true, get: () => (socket ? socket.state() : 3) });
    return task;
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
      trust: world.options.trust,
      closeTimeout: world.options.closeTimeout,
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
        tellEnd(end, listeners);
      },
    });
    const live = { kill: socket.kill, listeners: () => listeners.all.length };
    world.live.add(live);
    return socket;
  }

  /** @param {End} end @param {Listeners<Events>} listeners */
  function tellEnd(end, listeners) {
    switch (end.how) {
      case 'failed':
        listeners.fire('error', errorOf(variant, end));
        if (variant.failedCloses) listeners.fire('close', ABNORMAL);
        return;
      case 'given-up':
        return listeners.fire('close', variant.own({ ...end, code: 1000 }));
      case 'own':
        return listeners.fire('close', variant.own(end));
      case 'peer':
        return listeners.fire('close', { code: end.code, reason: end.reason });
      case 'killed':
        return listeners.fire('close', variant.killed);
      case 'broken':
        listeners.fire('error', { errMsg: end.failure.text });
        return listeners.fire('close', ABNORMAL);
      default:
        if (variant.cutIsError) listeners.fire('error', { errMsg: ABNORMAL.reason });
        listeners.fire('close', end.how === 'cut' ? variant.cut : ABNORMAL);
    }
  }

  return connectSocket;
}

/** @param {ArrayBufferView} view */
function viewed(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

module.exports = { connector };
