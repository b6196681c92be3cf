// How clients of WeChat differ: a table of the simulated ones.
// @ts-check
'use strict';

/**
 * @typedef {WechatMiniprogram.GeneralCallbackResult} Told
 * @typedef {{
 *   open: WechatMiniprogram.OnOpenListenerResult,
 *   message: WechatMiniprogram.SocketTaskOnMessageListenerResult,
 *   error: Told & { errCode?: number },
 *   close: WechatMiniprogram.SocketTaskOnCloseListenerResult,
 * }} Events Deviation from the typings: `errCode` beside `errMsg`, as logs of newer clients show.
 * @typedef {import('./socket.js').End} End
 */

/**
 * How clients are known to differ, from reports and logs; the typings say nothing of it.
 * @typedef {object} Variant
 * @property {string} about
 * @property {(end: End) => Events['close']} own What a close by this side is told as.
 * @property {Events['close']} killed In the background.
 * @property {Events['close']} idle For want of traffic.
 * @property {boolean} killedEarlyFails Killed before it opens: an error and no close.
 * @property {Events['close']} cut TCP ended without Close.
 * @property {boolean} cutIsError `onError` comes before that close.
 * @property {boolean} failedCloses `onClose` comes after the `onError` of a failed handshake.
 * @property {boolean} views Takes typed arrays.
 * @property {boolean} ignoresEarlyClose `close` before open does nothing.
 * @property {boolean} errCode The newer form of errors.
 * @property {boolean} promises `close` without callbacks gives a promise.
 * @property {boolean} awayRefuses All calls fail from the moment the app is hidden, not only `connectSocket` after the kill.
 * @property {Refusing | null} refusing How hosts of others than the vendor refuse.
 * @property {boolean} sync Tells inside a call of the program's all that can be told there.
 */

/**
 * @typedef {object} Refusing
 * @property {string} prefix Of every text.
 * @property {boolean} nothing One socket too many gives no task.
 */

const ABNORMAL = { code: 1006, reason: 'abnormal closure' };

/** What all clients of the vendor have in common. */
const VENDOR = { idle: ABNORMAL, killedEarlyFails: false, awayRefuses: false, refusing: null, sync: false };

/** What runs programs that are written for `wx`, and is not the vendor's. @type {Omit<Variant, 'about' | 'refusing' | 'sync'>} */
const OTHER = {
  own: ({ code, reason }) => ({ code, reason }),
  killed: { code: 1006, reason: 'interrupted' },
  idle: { code: 1006, reason: 'idle timeout' },
  killedEarlyFails: true,
  cut: ABNORMAL,
  cutIsError: true,
  failedCloses: false,
  views: false,
  ignoresEarlyClose: false,
  errCode: false,
  promises: true,
  awayRefuses: true,
};

/** @type {Record<string, Variant>} */
const VARIANTS = {
  devtools: {
    ...VENDOR,
    about: 'developer tools: own close told as the peer answered it, error and close after a drop, typed arrays sent',
    own: ({ code, reason }) => ({ code, reason }),
    killed: { code: 1000, reason: 'interrupted' },
    cut: ABNORMAL,
    cutIsError: true,
    failedCloses: true,
    views: true,
    ignoresEarlyClose: false,
    errCode: false,
    promises: false,
  },
  android: {
    ...VENDOR,
    about: 'own close 1000 "normal closure", killed with code 0, only close after a drop, close before open ignored',
    own: () => ({ code: 1000, reason: 'normal closure' }),
    killed: { code: 0, reason: 'interrupted' },
    cut: ABNORMAL,
    cutIsError: false,
    failedCloses: true,
    views: false,
    ignoresEarlyClose: true,
    errCode: false,
    promises: true,
  },
  ios: {
    ...VENDOR,
    about: 'own close without its reason, drop told as 1001, failed handshake: error only, newer error form',
    own: ({ code }) => ({ code, reason: '' }),
    killed: { code: 1000, reason: 'interrupted' },
    cut: { code: 1001, reason: 'Stream end encountered' },
    cutIsError: false,
    failedCloses: false,
    views: false,
    ignoresEarlyClose: false,
    errCode: true,
    promises: true,
  },
  container: {
    ...OTHER,
    about: 'another host of `wx`: calls fail while hidden, killed with 1006, the connection\'s own texts, refused before the call returns',
    refusing: { prefix: '', nothing: true },
    sync: false,
  },
  sync: {
    ...OTHER,
    about: 'another host of `wx`, which calls back inside the program\'s calls',
    refusing: { prefix: 'connectSocket:fail ', nothing: false },
    sync: true,
  },
};

/** @param {Variant} variant @param {End} end @returns {Events['error']} */
function errorOf({ refusing, errCode }, { failure }) {
  if (refusing) return { errMsg: refusing.prefix + failure.text };
  const [code, text] = failure.kind === 'status' ? [20, 'Invalid HTTP status.'] : [-1, failure.text];
  if (errCode) return { errCode: 1004, errMsg: `open fail: _code:${code},_msg:${text}` };
  return { errMsg: `exception onOpen fail code:${code}, msg:${text}` };
}

module.exports = { VARIANTS, ABNORMAL, errorOf };
