// Hosts that call back inside the program's calls.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, settled, startHost, startServer, CALLBACKS } = require('./support.js');
const { variants } = require('../hosts.js');

const PLATFORMS = /** @type {import('../hosts.js').Platform[]} */ (Object.keys(variants()));

/** What has arrived is kept until the program's next call, for as long as a test may take. */
const KEPT = { variant: 'sync', hold: 3600000 };

/** @param {import('node:test').TestContext} t @param {import('../hosts.js').Platform} platform @param {object} options */
async function dialled(t, platform, options) {
  const server = await startServer(t);
  const host = startHost(t, platform, options);
  const own = host.dial({ url: server.url, multiple: true });
  return { server, host, ...own };
}

/** Waits until the host has got what the server sent before: the answer to a request of its own. @param {import('ws').WebSocket} ws */
async function arrived(ws) {
  await new Promise((resolve) => {
    ws.once('pong', resolve);
    ws.ping();
  });
  await settled();
}

for (const platform of PLATFORMS) {
  test(`${platform}: connectSocket, send and close are answered before they return`, async (t) => {
    const { record, inside, server } = await dialled(t, platform, { variant: 'sync' });
    assert.deepStrictEqual(record.names(), ['success', 'complete']);
    assert.deepStrictEqual(inside('send', { data: 'early' }), ['send:fail']);
    await record.until('open');
    assert.deepStrictEqual(inside('send', { data: 'text' }), ['send:ok']);
    await record.until('message');
    assert.deepStrictEqual(inside('close', { code: 4001, reason: 'bye' }), ['close', 'close:ok']);
    assert.deepStrictEqual(await server.seen.until('close'), { code: 4001, reason: 'bye' });
    assert.deepStrictEqual(inside('close'), ['close:fail']);
    assert.deepStrictEqual(inside('send', { data: 'late' }), ['send:fail']);
  });

  test(`${platform}: a refusal comes before connectSocket returns`, async (t) => {
    const { host } = await dialled(t, platform, { variant: 'sync', limit: 1 });
    const { record, task } = host.dial({ url: 'ws://example.com/', multiple: true });
    assert.deepStrictEqual(record.names(), ['fail', 'complete']);
    assert.strictEqual(typeof task.close, 'function');
  });

  test(`${platform}: open, messages and the peer's close are told inside the next call`, async (t) => {
    const { server, record, inside } = await dialled(t, platform, KEPT);
    const ws = await server.seen.until('open');
    await arrived(ws);
    assert.deepStrictEqual(record.without(...CALLBACKS), []);
    assert.deepStrictEqual(inside('send', { data: 'echoed' }), ['open', 'send:ok']);
    await server.seen.until('text');
    ws.send('second');
    await arrived(ws);
    assert.deepStrictEqual(inside('send', { data: '' }), ['message', 'message', 'send:ok']);
    await server.seen.until('text', 2);
    ws.close(4002, 'enough');
    await server.seen.until('close');
    await settled();
    assert.deepStrictEqual(inside('close'), ['message', 'close', 'close:fail']);
  });

  test(`${platform}: a drop is told inside the next call`, async (t) => {
    const { server, host, inside } = await dialled(t, platform, KEPT);
    const ws = await server.seen.until('open');
    await arrived(ws);
    assert.deepStrictEqual(inside('send', { data: 'x' }), ['open', 'send:ok']);
    await server.seen.until('text');
    ws.terminate();
    await server.seen.until('close');
    await settled();
    assert.strictEqual(host.control.liveCounts().sockets, 1, 'its end is not told');
    assert.deepStrictEqual(inside('send', { data: 'late' }).slice(-3), ['error', 'close', 'send:fail']);
    assert.strictEqual(host.control.liveCounts().sockets, 0);
  });

  test(`${platform}: without a call each event comes in a turn of its own`, async (t) => {
    const { server, host, record, task } = await dialled(t, platform, { variant: 'sync' });
    await record.until('open');
    let turns = 0;
    /** @type {number[]} */
    const at = [];
    host.run('(function (task, f) { task.onMessage(function () { f(); }); })')(task, () => {
      at.push(turns);
      // Runs once the handler has returned, before the next turn.
      Promise.resolve().then(() => { turns += 1; });
    });
    for (const text of ['a', 'b', 'c']) server.sockets[0].send(text);
    await record.until('message', 3);
    await settled();
    assert.deepStrictEqual(at, [0, 1, 2]);
  });

  test(`${platform}: all calls are refused while the app is hidden, and none after it`, async (t) => {
    const { server, host, record, inside } = await dialled(t, platform, { variant: 'sync', killAfter: 3600000 });
    await record.until('open');
    const hidden = host.control.hide();
    assert.deepStrictEqual(inside('send', { data: 'x' }), ['send:fail']);
    assert.deepStrictEqual(inside('close'), ['close:fail']);
    assert.deepStrictEqual(host.dial({ url: server.url, multiple: true }).record.names(), ['fail', 'complete']);
    assert.strictEqual(host.control.liveCounts().sockets, 1);
    host.control.show();
    await hidden;
    assert.deepStrictEqual(inside('close'), ['close', 'close:ok']);
    assert.strictEqual((await server.seen.until('close')).code, 1000);
  });
}

for (const platform of /** @type {const} */ (['weapp', 'alipay'])) {
  test(`${platform}: a close while connecting ends inside the call`, async (t) => {
    const { record, inside, server } = await dialled(t, platform, { variant: 'sync' });
    assert.deepStrictEqual(inside('close', { code: 4001, reason: 'bye' }), ['close', 'close:ok']);
    if (platform === 'weapp') assert.deepStrictEqual(await record.until('close'), { code: 4001, reason: 'bye' });
    await settled();
    assert.strictEqual(server.sockets.length, 0);
    assert.ok(!record.names().includes('open'));
  });
}
