// How a simulated WeChat host tells the end of a connection.
// @ts-check
'use strict';

const { ABNORMAL, errorOf } = require('./weapp-variants.js');

/**
 * @typedef {import('./weapp-variants.js').Events} Events
 * @typedef {import('./weapp-variants.js').End} End
 * @typedef {import('./weapp-variants.js').Variant} Variant
 */

/** @param {Variant} variant @param {End} end @param {import('./listeners.js').Listeners<Events>} listeners */
function tellEnd(variant, end, listeners) {
  switch (end.how) {
    case 'failed':
      listeners.fire('error', errorOf(variant, end));
      if (variant.failedCloses) listeners.fire('close', ABNORMAL);
      return;
    case 'given-up':
    case 'own':
      return listeners.fire('close', variant.own(end));
    case 'peer':
      return listeners.fire('close', { code: end.code, reason: end.reason });
    case 'killed':
    case 'idle':
      if (end.opened || !variant.killedEarlyFails) return listeners.fire('close', variant[end.how]);
      return listeners.fire('error', { errMsg: variant[end.how].reason });
    case 'broken':
      listeners.fire('error', { errMsg: end.failure.text });
      return listeners.fire('close', ABNORMAL);
    default:
      if (variant.cutIsError) listeners.fire('error', { errMsg: ABNORMAL.reason });
      listeners.fire('close', end.how === 'cut' ? variant.cut : ABNORMAL);
  }
}

module.exports = { tellEnd };
