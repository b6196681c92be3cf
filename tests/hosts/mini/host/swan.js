// The simulated Baidu host: `swan.connectSocket`, `swan.request` and the app's life cycle.
// @ts-check
'use strict';

const { systemInfo } = require('./device.js');
const { request, parsed } = require('./http.js');
const { connector } = require('./swan-task.js');
const { VARIANTS } = require('./swan-variants.js');

/**
 * @typedef {import('./swan-task.js').Callbacks} Callbacks
 * @typedef {Callbacks & { url: string, method?: string, data?: unknown, header?: Record<string, unknown>, dataType?: string }} RequestOption
 */

/** @param {import('./world.js').World} world */
function make(world) {
  world.events = { show: { path: 'index', query: {}, scene: '' }, hide: undefined };
  return {
    connectSocket: connector(world),
    /** @param {RequestOption} option */
    request(option) {
      const abort = request(option, world.options.trust, (error, answer) => {
        if (!answer) {
          return world.report(option, false, { errCode: 1001, errMsg: `request:fail ${error ? error.message : ''}` });
        }
        const { status: statusCode, header, text } = answer;
        const data = (option.dataType || 'json') === 'json' ? parsed(text) : text;
        world.report(option, true, { data, statusCode, header });
      });
      return { abort };
    },
    getSystemInfoSync: () => systemInfo(world),
    /** @param {Callbacks} option */
    setKeepScreenOn: (option) => world.report(option, true, {}),
    /** @param {() => void} f */
    onAppShow: (f) => world.app.add('show', f),
    /** @param {() => void} f */
    onAppHide: (f) => world.app.add('hide', f),
    /** @param {() => void} [f] */
    offAppShow: (f) => world.app.remove('show', f),
    /** @param {() => void} [f] */
    offAppHide: (f) => world.app.remove('hide', f),
  };
}

module.exports = { make, VARIANTS, name: 'swan' };
