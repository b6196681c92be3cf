// What the tests of all simulated hosts share: a server of `ws`, and a log of what happened.
// @ts-check
'use strict';

const { once } = require('node:events');
const http = require('node:http');
const { WebSocketServer } = require('ws');

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
 * @param {Test} t @param {import('node:http').Server} [server] @param {(names: Set<string>) => string} [select] The subprotocol.
 */
async function startServer(t, server = http.createServer(), select = (names) => [...names][0]) {
  const seen = new Log();
  /** @type {import('ws').WebSocket[]} */
  const sockets = [];
  const wss = new WebSocketServer({ noServer: true, handleProtocols: select });
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

/** Everything that was put off to the next task has run. */
async function settled() {
  for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Where nobody listens: port 1 of TCP has no use. */
const DEAD = 'ws://127.0.0.1:1/';

module.exports = { Log, startServer, settled, DEAD };
