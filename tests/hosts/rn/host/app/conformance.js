// The app's own part of a conformance run: also for devices, so plain ES5 and Promise, and React Native's `fetch`.
// @ts-check
'use strict';

/**
 * @typedef {{ status: number, body: string }} Answer
 * @typedef {{ liveCounts?: Function }} Control What a simulated host can tell; devices tell nothing.
 */

/**
 * Text in both directions.
 * @param {string} method @param {string} url @param {string} [body] @returns {Promise<Answer>}
 */
function request(method, url, body) {
  /** @type {{ method: string, headers: Record<string, string>, body?: string }} */
  var option = { method: method, headers: { 'Content-Type': 'text/plain' } };
  // A request without a body may not have an empty one.
  if (body) option.body = body;
  return fetch(url, option).then(function (answer) {
    return answer.text().then(function (text) {
      return { status: answer.status, body: text };
    });
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
  if (control) host.liveCounts = control.liveCounts;
  return module.run(config, host);
}

module.exports = { run: run, request: request };
