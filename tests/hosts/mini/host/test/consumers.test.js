// Published adapters for WeChat, as they are, inside the simulated host: they check the host itself.
// @ts-check
'use strict';

const { createRequire } = require('node:module');
const { test } = require('node:test');
const { assert, startServer, startHost } = require('./support.js');

const { resolve } = createRequire(__filename);

const VARIANTS = Object.keys(require('../weapp.js').VARIANTS);

/** Run in the context: the WebSocket of a package, and everything it tells. */
const USE = `(function (socket, add) {
  ['open', 'message', 'error', 'close'].forEach(function (name) {
    socket['on' + name] = function (event) { add(name, event); };
  });
  return socket;
})`;

/** Run in the context: what is a buffer there. */
const BUFFER = 'new Uint8Array([0, 255, 7]).buffer';

/** @typedef {{ name: string, event: any }} Told */

/** @param {import('node:test').TestContext} t @param {string} variant @param {(host: ReturnType<typeof startHost>, url: string) => any} make */
async function talk(t, variant, make) {
  const server = await startServer(t);
  const host = startHost(t, 'weapp', { variant });
  /** @type {Told[]} */
  const told = [];
  let wake = () => {};
  const socket = host.run(USE)(make(host, server.url), (/** @type {string} */ name, /** @type {any} */ event) => {
    told.push({ name, event });
    wake();
  });
  /** @param {number} count */
  const until = async (count) => {
    while (told.length < count) await new Promise((/** @type {(value?: undefined) => void} */ resolve) => { wake = resolve; });
    return told[count - 1];
  };

  assert.strictEqual(socket.readyState, 0);
  assert.strictEqual((await until(1)).name, 'open');
  assert.strictEqual(socket.readyState, 1);
  socket.send('héllo');
  assert.strictEqual((await until(2)).event.data, 'héllo');
  socket.send(host.run(BUFFER));
  assert.deepStrictEqual([...(await server.seen.until('binary'))], [0, 255, 7]);
  assert.deepStrictEqual([...new Uint8Array((await until(3)).event.data)], [0, 255, 7]);
  server.sockets[0].close(4001, 'enough');
  const { name, event } = await until(4);
  assert.deepStrictEqual([name, event.code, event.reason], ['close', 4001, 'enough']);
  assert.strictEqual(socket.readyState, 3);

  const second = host.run(USE)(make(host, server.url), (/** @type {string} */ name, /** @type {any} */ event) => {
    told.push({ name, event });
    wake();
  });
  assert.strictEqual((await until(5)).name, 'open');
  second.close(1000, 'bye');
  assert.strictEqual((await until(6)).name, 'close');
  assert.strictEqual((await until(6)).event.code, 1000);
  assert.strictEqual(host.control.liveCounts().sockets, 0);
  assert.deepStrictEqual(host.world.faults, []);
}

for (const variant of VARIANTS) {
  test(`@cloudbase/adapter-wx_mp on ${variant}`, async (t) => {
    await talk(t, variant, ({ context }, url) => {
      const { WxMpWebSocket } = context.load(resolve('@cloudbase/adapter-wx_mp'));
      return new WxMpWebSocket(url);
    });
  });

  test(`@leancloud/platform-adapters-weapp on ${variant}`, async (t) => {
    await talk(t, variant, ({ context }, url) => {
      const { WebSocket } = context.load(resolve('@leancloud/platform-adapters-weapp'));
      return new WebSocket(url);
    });
  });
}
