// What the tests share: a program inside a simulated host, what it was told.
// @ts-check
'use strict';

const assert = require('node:assert');
const { makeHost } = require('../hosts.js');
const { Log, startServer, settled, DEAD } = require('./server.js');

/** @typedef {import('node:test').TestContext} Test */

/** Run in the context: dials and hands everything on. */
const DIAL = `(function (api, option, add) {
  ['success', 'fail', 'complete'].forEach(function (name) { option[name] = function (told) { add(name, told); }; });
  var task = api.connectSocket(option);
  if (task) ['Open', 'Message', 'Error', 'Close'].forEach(function (name) {
    task['on' + name](function (event) { add(name.toLowerCase(), event); });
  });
  return task;
})`;

/** Run in the context: a call of the task's with callbacks, each of which is told as \`name:ok\` or \`name:fail\`. */
const CALL = `(function (task, name, option, add) {
  option.success = function (told) { add(name + ':ok', told); };
  option.fail = function (told) { add(name + ':fail', told); };
  return task[name](option);
})`;

/**
 * @param {Test} t @param {import('../hosts.js').Platform} platform
 * @param {import('../world.js').Options} [options] @param {Partial<import('../hosts.js').Setup>} [setup]
 */
function startHost(t, platform, options = {}, setup = {}) {
  const host = makeHost({ platform, root: __dirname, ...setup }, { developer: true, killAfter: 1, ...options });
  host.world.warn = () => {};
  t.after(() => {
    host.world.stopHiding();
    host.world.kill('killed');
  });
  const api = { weapp: 'wx', alipay: 'my', swan: 'swan' }[platform];
  const program = host.context;
  return {
    ...host,
    run: program.run,
    /** @param {object} option */
    dial(option) {
      const record = new Log();
      const task = program.run(DIAL)(program.run(api), option, (/** @type {string} */ name, /** @type {any} */ value) => record.add(name, value));
      /** @param {string} name @param {object} [given] */
      const call = (name, given = {}) => program.run(CALL)(task, name, given, (/** @type {string} */ what, /** @type {any} */ value) => record.add(what, value));
      return {
        task,
        record,
        call,
        /** What is told before that call returns. @param {string} name @param {object} [given] */
        inside(name, given) {
          const before = record.all.length;
          call(name, given);
          return record.names().slice(before);
        },
      };
    },
  };
}

/** Callbacks of `connectSocket`. */
const CALLBACKS = ['success', 'fail', 'complete'];

module.exports = { assert, startServer, startHost, settled, DEAD, CALLBACKS };
