// The simulated WeChat host: `wx.connectSocket`, `wx.request` and the app's life cycle.
// @ts-check
'use strict';

const { systemInfo } = require('./device.js');
const { request, parsed } = require('./http.js');
const { connector } = require('./weapp-task.js');
const { VARIANTS } = require('./weapp-variants.js');

/**
 * @typedef {'connectSocket' | 'request' | 'onAppShow' | 'onAppHide' | 'offAppShow' | 'offAppHide' | 'getSystemInfoSync' | 'setKeepScreenOn'} Names
 * @typedef {Pick<WechatMiniprogram.Wx, Names>} Wx
 */

/** @param {import('./world.js').World} world */
function make(world) {
  world.events = {
    show: { path: 'index', query: {}, scene: 1001, referrerInfo: {} },
    hide: /** @type {WechatMiniprogram.HideOptionsApp} */ ({ reason: 0 }),
  };

  /** @type {Wx} */
  const wx = {
    connectSocket: connector(world),
    request(option) {
      /** @param {string} text */
      const fail = (text) => ({ errMsg: `request:fail ${text}`, errno: text === 'interrupted' ? 600003 : 600000 });
      if (world.suspended) {
        world.report(option, false, fail('interrupted'));
        return /** @type {WechatMiniprogram.RequestTask} */ ({ abort() {} });
      }
      const abort = request(option, world.options.trust, (error, answer) => {
        if (!answer) return world.report(option, false, fail(error ? error.message : 'unknown'));
        const json = (option.dataType || 'json') === 'json';
        /** @type {Pick<WechatMiniprogram.RequestSuccessCallbackResult<any>, 'data' | 'statusCode' | 'header' | 'cookies' | 'errMsg'>} */
        const result = {
          data: json ? parsed(answer.text) : answer.text,
          statusCode: answer.status,
          header: answer.header,
          cookies: [],
          errMsg: 'request:ok',
        };
        world.report(option, true, result);
      });
      // Of the task only what text requests need.
      return /** @type {WechatMiniprogram.RequestTask} */ ({ abort });
    },
    // Of the device only what its own text needs.
    getSystemInfoSync: () => /** @type {WechatMiniprogram.SystemInfo} */ (systemInfo(world)),
    setKeepScreenOn: /** @type {Wx['setKeepScreenOn']} */ ((/** @type {any} */ option) => world.report(option, true, { errMsg: 'setKeepScreenOn:ok' })),
    onAppShow: (f) => world.app.add('show', f),
    onAppHide: (f) => world.app.add('hide', f),
    offAppShow: (f) => world.app.remove('show', f),
    offAppHide: (f) => world.app.remove('hide', f),
  };
  return wx;
}

module.exports = { make, VARIANTS, name: 'wx' };
