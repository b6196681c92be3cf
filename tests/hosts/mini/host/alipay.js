// The simulated Alipay host: `my.connectSocket`, `my.request` and the app's life cycle.
// @ts-check
'use strict';

const { connector } = require('./alipay-task.js');
const { VARIANTS } = require('./alipay-variants.js');
const { systemInfo } = require('./device.js');
const { request } = require('./http.js');

/**
 * @typedef {'connectSocket' | 'request' | 'onAppShow' | 'onAppHide' | 'offAppShow' | 'offAppHide' | 'getSystemInfoSync' | 'setKeepScreenOn'} Names
 * @typedef {Pick<typeof my, Names>} My
 * @typedef {Parameters<typeof my.request>[0]} RequestOption
 * @typedef {Parameters<NonNullable<RequestOption['success']>>[0]} Answer
 * @typedef {Parameters<NonNullable<RequestOption['fail']>>[0]} Failed
 */

/** @param {import('./world.js').World} world */
function make(world) {
  world.events = { show: { path: 'index', query: {}, scene: 1000 }, hide: undefined };

  /** @param {RequestOption} option @param {(failed: Failed | null, answer?: Answer) => void} done */
  function ask(option, done) {
    const { url, method, data, timeout = 30000 } = option;
    const header = option.headers || option.header;
    return request({ url, method, data, timeout, header }, world.options.trust, (error, got) => {
      // Numbers of the vendor's page: 12 network, 13 timeout.
      if (!got) return done({ error: error && error.message === 'timeout' ? 13 : 12, errorMessage: String(error) });
      // Documented and declared so: a status of an error is a failure, and the status is not told.
      if (got.status >= 400) return done({ error: 19, errorMessage: 'http status error' });
      /** @type {Answer['data']} */
      let body = got.text;
      if ((option.dataType || 'json') === 'json') {
        try {
          body = /** @type {Record<string, unknown>} */ (JSON.parse(got.text));
        } catch {
          return done({ error: 14, errorMessage: 'JSON parse data error' });
        }
      }
      const { status, header: answered } = got;
      done(null, { data: body, status, statusCode: status, headers: answered, header: answered });
    });
  }

  /** @type {My} */
  const host = {
    // The typings have an overload for each value of `multiple`.
    connectSocket: /** @type {typeof my.connectSocket} */ (connector(world)),
    request(option) {
      const promise = new Promise((resolve, reject) => {
        ask(option, (failed, answer) => {
          world.report(option, !failed, failed || answer);
          if (failed) reject(failed);
          else resolve(answer);
        });
      });
      if (option.fail || option.complete) promise.catch(() => {});
      return /** @type {ReturnType<typeof my.request>} */ (promise);
    },
    // Of the device only what its own text needs.
    getSystemInfoSync: () => /** @type {any} */ (systemInfo(world)),
    setKeepScreenOn: /** @type {typeof my.setKeepScreenOn} */ ((/** @type {any} */ option) => world.report(option, true, {})),
    onAppShow: (f) => world.app.add('show', f),
    onAppHide: (f) => world.app.add('hide', f),
    offAppShow: (f) => world.app.remove('show', f),
    offAppHide: (f) => world.app.remove('hide', f),
  };
  return host;
}

module.exports = { make, VARIANTS, name: 'my' };
