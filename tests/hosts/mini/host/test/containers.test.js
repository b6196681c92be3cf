// Hosts of `wx` that are not the vendor's.
// @ts-check
'use strict';

const { test } = require('node:test');
const net = require('node:net');
const { once } = require('node:events');
const { assert, settled, startHost, startServer } = require('./support.js');

const OTHERS = /** @type {const} */ ([['container', ''], ['sync', 'connectSocket:fail ']]);

/** A server that hangs up when it is asked. @param {import('node:test').TestContext} t */
async function hangsUp(t) {
  const server = net.createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `ws://127.0.0.1:${/** @type {net.AddressInfo} */ (server.address()).port}/`;
}

/** A program's call without callbacks: what its promise comes to, if there is one. */
const BARE = `(function (task) {
  var promise = task.close();
  return promise && promise.then(function (told) { return ['ok', told]; }, function (told) { return ['fail', told]; });
})`;

for (const [variant, prefix] of OTHERS) {
  test(`${variant}: a failed handshake is an error only, in the connection's own words`, async (t) => {
    const plain = await startServer(t, undefined, () => '');
    const host = startHost(t, 'weapp', { variant });
    /** @type {[object, RegExp | string][]} */
    const table = [
      [{ url: `${plain.url}refuse` }, 'Unexpected server response: 401'],
      [{ url: plain.url, protocols: ['chat'] }, 'Server sent no subprotocol'],
      [{ url: await hangsUp(t) }, 'socket hang up'],
    ];
    for (const [option, text] of table) {
      const { record } = host.dial(option);
      assert.deepStrictEqual(await record.until('error'), { errMsg: `${prefix}${text}` });
      await settled();
      assert.deepStrictEqual(record.names(), ['success', 'complete', 'error']);
    }
  });

  test(`${variant}: refusals come before the call returns, without a number`, async (t) => {
    const host = startHost(t, 'weapp', { variant, developer: false, domains: ['example.com'] });
    for (const [url, text] of [['nowhere', 'invalid url'], ['wss://other.example/', 'url not in domain list']]) {
      const { record, task, inside } = host.dial({ url });
      assert.deepStrictEqual(record.all[0], { name: 'fail', value: { errMsg: `${prefix}${text}` } });
      assert.strictEqual(task.readyState, 3);
      inside('send', { data: 'x' });
      await record.until('send:fail');
    }
  });

  test(`${variant}: one socket too many`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant });
    for (let i = 0; i < 5; i += 1) host.dial({ url: server.url });
    const { record, task } = host.dial({ url: server.url });
    const told = { errMsg: `${prefix}reach max websocket connect count 5` };
    assert.deepStrictEqual(record.all[0], { name: 'fail', value: told });
    assert.strictEqual(typeof task, variant === 'container' ? 'undefined' : 'object');
  });

  test(`${variant}: calls fail while the app is hidden`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant, killAfter: 3600000 });
    const { record, call } = host.dial({ url: server.url });
    await record.until('open');
    // As an app does that closes when it is hidden.
    host.run('wx').onAppHide(() => call('close'));
    host.control.hide();
    call('send', { data: 'x' });
    assert.deepStrictEqual(await record.until('close:fail'), { errMsg: 'closeSocket:fail interrupted' });
    assert.deepStrictEqual(await record.until('send:fail'), { errMsg: 'sendSocketMessage:fail interrupted' });
    const refused = host.dial({ url: server.url });
    assert.deepStrictEqual(await refused.record.until('fail'), { errMsg: `${prefix}interrupted` });
    assert.strictEqual(host.control.liveCounts().sockets, 1, 'the connection goes on');
    host.control.show();
    call('close');
    assert.deepStrictEqual(await record.until('close'), { code: 1000, reason: '' });
  });

  test(`${variant}: the peer's close is told while the app is hidden`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant, killAfter: 3600000 });
    const { record } = host.dial({ url: server.url });
    await record.until('open');
    host.control.hide();
    server.sockets[0].close();
    assert.deepStrictEqual(await record.until('close'), { code: 1005, reason: '' });
    assert.ok(!record.names().includes('error'));
    host.control.show();
  });

  test(`${variant}: killed while connecting: an error and no close`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant });
    const { record } = host.dial({ url: server.url });
    host.world.kill('killed');
    assert.deepStrictEqual(await record.until('error'), { errMsg: 'interrupted' });
    await settled();
    assert.deepStrictEqual(record.names().filter((name) => name === 'close' || name === 'open'), []);
    assert.strictEqual(host.control.liveCounts().sockets, 0);
  });

  test(`${variant}: without traffic for long`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant });
    const { record } = host.dial({ url: server.url });
    await record.until('open');
    host.control.idle();
    assert.deepStrictEqual(await record.until('close'), { code: 1006, reason: 'idle timeout' });
    assert.ok(!record.names().includes('error'));
  });

  test(`${variant}: a close that meets the peer's fails, and the peer's is told`, async (t) => {
    const server = await startServer(t);
    const { record, call, task } = startHost(t, 'weapp', { variant, hold: 3600000 }).dial({ url: server.url });
    // A synchronous host tells of the open connection inside a call.
    await server.seen.until('open');
    while (task.readyState === 0) await settled();
    server.sockets[0].close(4002, 'enough');
    // There the call is told of the peer's close as well, which has come before it.
    const ended = variant === 'sync' ? 3 : 2;
    while (task.readyState < ended) await settled();
    call('close', { code: 4001, reason: 'bye' });
    assert.deepStrictEqual(await record.until('close:fail'), { errMsg: 'closeSocket:fail wcwss taskID not exist' });
    assert.deepStrictEqual(await record.until('close'), { code: 4002, reason: 'enough' });
  });
}

for (const variant of ['android', 'ios', 'container', 'sync', 'devtools']) {
  test(`${variant}: close without callbacks ${variant === 'devtools' ? 'gives nothing' : 'gives a promise'}`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant });
    const { record, task } = host.dial({ url: server.url });
    await record.until('open');
    const bare = host.run(BARE);
    const [first, second] = [bare(task), bare(task)];
    if (variant === 'devtools') return assert.strictEqual(first, undefined);
    assert.deepStrictEqual([...(await first)], ['ok', { errMsg: 'closeSocket:ok' }]);
    assert.deepStrictEqual([...(await second)], ['fail', { errMsg: 'closeSocket:fail wcwss taskID not exist' }]);
  });
}
