// What the tests share: a server of `ws`, a program inside a simulated host, what it was told.
// @ts-check
'use strict';

const assert = require('node:assert');
const { once } = require('node:events');
const http = require('node:http');
const { WebSocketServer } = require('ws');
const { makeHost } = require('../hosts.js');

/** @typedef {import('node:test').TestContext} Test */

/** Things that happened, in order; waits end with the test's own deadline. */
class Log {
  constructor() {
    /** @type {{ name: string, value: any }[]} */
    this.all = [];
    /** @type {(() => void)[]} */
    this.waiting = [];
  }

  /** @param {string} name @param {any} [value] */
  add(name, value) {
    this.all.push({ name, value });
    this.waiting.splice(0).forEach((wake) => wake());
  }

  /** The value of the `count`th event of that name. @param {string} name @returns {Promise<any>} */
  async until(name, count = 1) {
    for (;;) {
      const found = this.all.filter((event) => event.name === name);
      if (found.length >= count) return found[count - 1].value;
      await new Promise((/** @type {(value?: undefined) => void} */ wake) => this.waiting.push(wake));
    }
  }

  names() {
    return this.all.map(({ name }) => name);
  }

  /** @param {...string} skipped */
  without(...skipped) {
    return this.names().filter((name) => !skipped.includes(name));
  }
}

/** @param {import('node:http').Server} server @returns {number} */
const portOf = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port;

/**
 * Echoes; `/refuse` answers 401. What each connection sees goes into `seen`.
 * @param {Test} t @param {import('node:http').Server} [server]
 */
async function startServer(t, server = http.createServer()) {
  const seen = new Log();
  /** @type {import('ws').WebSocket[]} */
  const sockets = [];
  const wss = new WebSocketServer({ noServer: true, handleProtocols: (names) => [...names][0] });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    if (request.url === '/refuse') return socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n');
    wss.handleUpgrade(request, socket, head, (ws) => {
      sockets.push(ws);
      seen.add('request', request);
      ws.on('message', (data, binary) => {
        seen.add(binary ? 'binary' : 'text', binary ? data : data.toString());
        ws.send(data, { binary });
      });
      ws.on('close', (code, reason) => seen.add('close', { code, reason: reason.toString() }));
      ws.on('error', () => {});
      seen.add('open', ws);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    sockets.forEach((ws) => ws.terminate());
    server.closeAllConnections();
    server.close();
  });
  const port = portOf(server);
  return { url: `ws://127.0.0.1:${port}/`, http: `http://127.0.0.1:${port}/`, port, seen, sockets };
}

/** Run in the context: dials and hands everything on. */
const DIAL = `(function (api, option, add) {
  ['success', 'fail', 'complete'].forEach(function (name) { option[name] = function (told) { add(name, told); }; });
  var task = api.connectSocket(option);
  ['Open', 'Message', 'Error', 'Close'].forEach(function (name) {
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
  t.after(() => host.world.live.forEach((live) => live.kill()));
  const api = { weapp: 'wx', alipay: 'my', swan: 'swan' }[platform];
  const program = host.context;
  return {
    ...host,
    run: program.run,
    /** @param {object} option */
    dial(option) {
      const record = new Log();
      const task = program.run(DIAL)(program.run(api), option, (/** @type {string} */ name, /** @type {any} */ value) => record.add(name, value));
      return {
        task,
        record,
        /** @param {string} name @param {object} [given] */
        call(name, given = {}) {
          return program.run(CALL)(task, name, given, (/** @type {string} */ what, /** @type {any} */ value) => record.add(what, value));
        },
      };
    },
  };
}

/** Everything that was put off to the next task has run. */
async function settled() {
  for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Callbacks of `connectSocket`. */
const CALLBACKS = ['success', 'fail', 'complete'];

/** Where nobody listens: port 1 of TCP has no use. */
const DEAD = 'ws://127.0.0.1:1/';

module.exports = { assert, startServer, startHost, settled, DEAD, CALLBACKS };
