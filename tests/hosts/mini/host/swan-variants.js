// How clients of Baidu differ: a table of the simulated ones. There are no typings to check against.
// @ts-check
'use strict';

/**
 * @typedef {{
 *   open: { header?: Record<string, string> },
 *   message: { data: string | ArrayBuffer, dataType: string },
 *   error: { errMsg: string, errCode?: number },
 *   close: { code?: number | string, reason?: string | null },
 * }} Events
 * @typedef {'parameter' | 'security' | 'limit' | 'state' | 'failed'} Refusal
 * @typedef {{ errMsg: string, errCode?: number, errorCode?: number }} Failed
 */

/**
 * @typedef {object} Variant
 * @property {string} about
 * @property {boolean} ios Numbers and texts of iOS, and no header at open, which no page promises for a task.
 * @property {boolean} textBinary An ArrayBuffer goes out as text.
 * @property {(code: number, reason: string) => Events['close']} close
 * @property {boolean} [awayRefuses] Calls fail from the moment the app is hidden.
 * @property {boolean} [sync] Tells inside a call of the program's all that can be told there.
 */

/** @type {Variant['close']} */
const plain = (code, reason) => ({ code, reason });

/** @type {Record<string, Variant>} */
const VARIANTS = {
  android: {
    about: 'header at open, numbers of Android',
    ios: false,
    textBinary: false,
    close: plain,
  },
  ios: {
    about: 'no header at open, numbers and texts of iOS',
    ios: true,
    textBinary: false,
    close: plain,
  },
  'text-binary': {
    about: 'an ArrayBuffer that is sent goes out as UTF-8 text',
    ios: false,
    textBinary: true,
    close: plain,
  },
  'missing-code': {
    about: 'close without a code, with reason null',
    ios: false,
    textBinary: false,
    close: () => ({ reason: null }),
  },
  'string-code': {
    about: 'close with the code as a string, with reason null',
    ios: false,
    textBinary: false,
    close: (code) => ({ code: String(code), reason: null }),
  },
  sync: {
    about: 'calls back inside the program\'s calls; calls fail while hidden',
    ios: false,
    textBinary: false,
    close: plain,
    awayRefuses: true,
    sync: true,
  },
};

/** Numbers and the texts of iOS from the vendor's pages. @param {Variant} variant @param {Refusal} why @param {string} text @returns {Failed} */
function failed({ ios }, why, text) {
  if (!ios) return { errCode: why === 'parameter' ? 202 : 1001, errMsg: text };
  switch (why) {
    case 'parameter': return { errCode: 4, errMsg: text };
    case 'security': return { errCode: 7, errMsg: text };
    case 'limit': return { errorCode: 1, errMsg: text };
    case 'state': return { errMsg: text };
    default: return { errorCode: 2, errMsg: text };
  }
}

/** @param {number} state */
const wrongState = (state) => `Status error,current ${state}`;

module.exports = { VARIANTS, failed, wrongState };
