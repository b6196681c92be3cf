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
 * @property {Events['close']} cut TCP ended without Close.
 * @property {boolean} cutIsError `onError` comes before that close.
 * @property {boolean} failedCloses `onClose` comes after the `onError` of a failed handshake.
 * @property {boolean} views Takes typed arrays.
 * @property {boolean} ignoresEarlyClose `close` before open does nothing.
 * @property {boolean} errCode The newer form of errors.
 */

const ABNORMAL = { code: 1006, reason: 'abnormal closure' };

/** @type {Record<string, Variant>} */
const VARIANTS = {
  devtools: {
    about: 'developer tools: own close told as the peer answered it, error and close after a drop, typed arrays sent',
    own: ({ code, reason }) => ({ code, reason }),
    killed: { code: 1000, reason: 'interrupted' },
    cut: ABNORMAL,
    cutIsError: true,
    failedCloses: true,
    views: true,
    ignoresEarlyClose: false,
    errCode: false,
  },
  android: {
    about: 'own close 1000 "normal closure", killed with code 0, only close after a drop, close before open ignored',
    own: () => ({ code: 1000, reason: 'normal closure' }),
    killed: { code: 0, reason: 'interrupted' },
    cut: ABNORMAL,
    cutIsError: false,
    failedCloses: true,
    views: false,
    ignoresEarlyClose: true,
    errCode: false,
  },
  ios: {
    about: 'own close without its reason, drop told as 1001, failed handshake: error only, newer error form',
    own: ({ code }) => ({ code, reason: '' }),
    killed: { code: 1000, reason: 'interrupted' },
    cut: { code: 1001, reason: 'Stream end encountered' },
    cutIsError: false,
    failedCloses: false,
    views: false,
    ignoresEarlyClose: false,
    errCode: true,
  },
};

/** @param {Variant} variant @param {End} end @returns {Events['error']} */
function errorOf(variant, { failure }) {
  const [code, text] = failure.kind === 'status' ? [20, 'Invalid HTTP status.'] : [-1, failure.text];
  if (variant.errCode) return { errCode: 1004, errMsg: `open fail: _code:${code},_msg:${text}` };
  return { errMsg: `exception onOpen fail code:${code}, msg:${text}` };
}

module.exports = { VARIANTS, ABNORMAL, errorOf };
