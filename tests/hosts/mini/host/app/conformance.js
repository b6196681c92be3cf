// The mini-program's own part of a conformance run: also for devices, so plain ES5 and Promise, and no globals.
// @ts-check
'use strict';

/**
 * @typedef {{ status: number, body: string }} Answer
 * @typedef {{ hide?: Function, show?: Function, kill?: Function, idle?: Function, liveCounts?: Function }} Control What a simulated host can do; devices give none.
 */

/** @returns {any} The vendor's object. */
function vendor() {
  if (typeof wx !== 'undefined') return wx;
  if (typeof my !== 'undefined') return my;
  // @ts-ignore There are no typings.
  if (typeof swan !== 'undefined') return swan;
  throw new Error('neither wx nor my nor swan exists here');
}

/** @param {any} told What `fail` was given. @returns {string} */
function textOf(told) {
  if (!told) return 'request failed';
  var text = told.errMsg || told.errorMessage || told.message || 'request failed';
  var number = told.errno || told.errCode || told.error;
  return number === undefined ? text : text + ' (' + number + ')';
}

/**
 * Text in both directions.
 * @param {string} method @param {string} url @param {string} [body] @returns {Promise<Answer>}
 */
function request(method, url, body) {
  return new Promise(function (resolve, reject) {
    var api = vendor();
    // @ts-ignore There are no typings.
    var isSwan = typeof swan !== 'undefined' && api === swan;
    var option = {
      url: url,
      method: method,
      header: { 'content-type': 'text/plain' },
      // Anything but `json` is left alone; the two names of text are the vendors'.
      dataType: isSwan ? 'string' : 'text',
      responseType: 'text',
      success: function (/** @type {any} */ got) {
        var data = got.data;
        resolve({
          status: got.statusCode || got.status,
          body: typeof data === 'string' ? data : JSON.stringify(data)
        });
      },
      fail: function (/** @type {any} */ told) {
        // Alipay takes a status like 404 for a failure and does not tell which; of a GET here it is 404.
        if (told && told.error === 19 && method === 'GET') resolve({ status: told.status || 404, body: '' });
        else reject(new Error(textOf(told)));
      }
    };
    // @ts-ignore Some hosts take an empty or undefined property for a value.
    if (body) option.data = body;
    api.request(option);
  });
}

/**
 * Runs the suite of a packed module that is ready.
 * @param {{ run: (config: string, host: object) => Promise<void> }} module
 * @param {string} config JSON
 * @param {Control} [control]
 */
function run(module, config, control) {
  /** @type {Control & { request: typeof request }} */
  var host = { request: request };
  if (control) {
    host.hide = control.hide;
    host.show = control.show;
    host.kill = control.kill;
    host.idle = control.idle;
    host.liveCounts = control.liveCounts;
  }
  return module.run(config, host);
}

module.exports = { run: run, request: request, vendor: vendor };
