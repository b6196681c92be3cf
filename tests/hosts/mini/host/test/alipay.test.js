// The simulated Alipay host against a real server.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, settled, startHost, startServer, CALLBACKS, DEAD } = require('./support.js');

const data = { socketTaskID: '1' };

test('connects, sends text and base64, and tells no header', async (t) => {
  const server = await startServer(t);
  const { record, call, task } = startHost(t, 'alipay').dial({
    url: `${server.url}?a=1`, multiple: true, data: { b: 'c d' }, header: { 'X-Token': 'a1' }, protocols: ['chat'],
  });
  const request = await server.seen.until('request');
  assert.strictEqual(request.url, '/?a=1&b=c+d');
  assert.strictEqual(request.headers['x-token'], 'a1');
  assert.strictEqual(request.headers['sec-websocket-protocol'], 'chat');
  assert.deepStrictEqual(await record.until('open'), { data });
  assert.deepStrictEqual(record.all[0], { name: 'success', value: data });
  call('send', { data: 'AAECAw==' });
  assert.deepStrictEqual(await record.until('message'), { data: { data: 'AAECAw==', isBuffer: false, ...data } });
  call('send', { data: 'AAECAw==', isBuffer: true });
  assert.deepStrictEqual([...(await server.seen.until('binary'))], [0, 1, 2, 3]);
  assert.deepStrictEqual(await record.until('send:ok'), { success: true });
  assert.deepStrictEqual(await task.send({ data: 'promise' }), { success: true });
});

test('a drop: error 50, then close', async (t) => {
  const server = await startServer(t);
  const { record } = startHost(t, 'alipay').dial({ url: server.url, multiple: true });
  await record.until('open');
  server.sockets[0].terminate();
  await record.until('close');
  assert.deepStrictEqual(record.all.slice(-2), [{ name: 'error', value: { data, error: 50 } }, { name: 'close', value: { data } }]);
});

test('a handshake that fails: error only', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'alipay');
  for (const [url, error] of /** @type {[string, number][]} */ ([
    [`${server.url}refuse`, 1],
    [DEAD, 50],
    [`wss://127.0.0.1:${server.port}/`, 7],
  ])) {
    const { record } = host.dial({ url, multiple: true });
    assert.strictEqual((await record.until('error')).error, error, url);
    await settled();
    assert.deepStrictEqual(record.without(...CALLBACKS), ['error'], url);
  }
  const strict = startHost(t, 'alipay', { developer: false, domains: ['example.com'] });
  assert.strictEqual((await strict.dial({ url: 'wss://other.example/', multiple: true }).record.until('error')).error, 65);
});

test('numbers of refusals', async (t) => {
  const host = startHost(t, 'alipay', { developer: false });
  for (const [url, error] of /** @type {[any, number][]} */ ([
    [undefined, 2], ['', 3], ['no url', 4], ['http://example.com/', 5], ['ws://example.com/', 20],
  ])) {
    const { record } = host.dial({ url, multiple: true });
    const told = await record.until('fail');
    assert.strictEqual(told.error, error, String(url));
    assert.strictEqual(typeof told.errorMessage, 'string');
    assert.ok(!('errMsg' in told));
  }
});

test('without multiple there is no task', async (t) => {
  const { world, run } = startHost(t, 'alipay');
  assert.strictEqual(run('my.connectSocket({ url: "ws://127.0.0.1:9/" })'), undefined);
  assert.strictEqual(world.live.size, 0);
});

test('handlers add up, and off takes one or all away', async (t) => {
  const server = await startServer(t);
  const { record, call, task } = startHost(t, 'alipay').dial({ url: server.url, multiple: true });
  /** @type {string[]} */
  const heard = [];
  const [one, two] = [() => heard.push('one'), () => heard.push('two')];
  task.onMessage(one);
  task.onMessage(two);
  await record.until('open');
  call('send', { data: '1' });
  await record.until('message', 1);
  task.offMessage(one);
  call('send', { data: '2' });
  await record.until('message', 2);
  assert.deepStrictEqual(heard, ['one', 'two', 'two']);
  task.offMessage();
  call('send', { data: '3' });
  call('close');
  await record.until('close');
  assert.deepStrictEqual(heard, ['one', 'two', 'two']);
  assert.strictEqual(record.names().filter((name) => name === 'message').length, 2);
});

test('send that is not open or no text, and the limit', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'alipay', { limit: 1 });
  const { record, call, task } = host.dial({ url: server.url, multiple: true });
  call('send', { data: 'early' });
  assert.strictEqual((await record.until('send:fail')).error, 10);
  await assert.rejects(task.send({ data: 'early' }), { error: 10 });
  assert.strictEqual((await host.dial({ url: server.url, multiple: true }).record.until('fail')).error, 1);
  await record.until('open');
  call('send', { data: host.run('new ArrayBuffer(2)') });
  assert.strictEqual((await record.until('send:fail', 2)).error, 2);
  call('close');
  await record.until('close');
  call('send', { data: 'late' });
  assert.strictEqual((await record.until('send:fail', 3)).error, 10);
});
