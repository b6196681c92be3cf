// The simulated WeChat host against a real server.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, startServer, startHost } = require('./support.js');

test('connects with header and subprotocol, echoes text and binary', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'weapp');
  const header = { 'X-Token': 'a1', Referer: 'https://example.com/' };
  const { record, call, task } = host.dial({ url: server.url, header, protocols: ['chat', 'other'] });
  assert.strictEqual(task.readyState, 0);
  const request = await server.seen.until('request');
  assert.strictEqual(request.headers['x-token'], 'a1');
  assert.strictEqual(request.headers.referer, undefined);
  assert.strictEqual(request.headers['sec-websocket-extensions'], undefined);
  const opened = await record.until('open');
  assert.strictEqual(opened.header['Sec-WebSocket-Protocol'], 'chat');
  assert.deepStrictEqual(Object.keys(opened.profile).sort(), [
    'connectEnd', 'connectStart', 'cost', 'domainLookUpEnd', 'domainLookUpStart', 'fetchStart', 'handshakeCost', 'rtt',
  ]);
  assert.deepStrictEqual(record.names(), ['success', 'complete', 'open']);
  assert.deepStrictEqual(record.all[0].value, { socketTaskId: 1, errMsg: 'connectSocket:ok' });
  assert.strictEqual(task.readyState, 1);

  call('send', { data: 'héllo ☃ 𝄞' });
  call('send', { data: '' });
  call('send', { data: host.run('new Uint8Array([0, 255, 7]).buffer') });
  call('send', { data: host.run('new ArrayBuffer(0)') });
  await record.until('message', 4);
  const data = record.all.filter(({ name }) => name === 'message').map(({ value }) => value.data);
  assert.deepStrictEqual(data.slice(0, 2), ['héllo ☃ 𝄞', '']);
  assert.deepStrictEqual(new Uint8Array(data[2]), new Uint8Array([0, 255, 7]));
  assert.strictEqual(data[3].byteLength, 0);
  assert.strictEqual(host.run('(function (b) { return b instanceof ArrayBuffer; })')(data[2]), false);
  assert.strictEqual(host.run('(function (b) { return Object.prototype.toString.call(b); })')(data[2]), '[object ArrayBuffer]');
  assert.deepStrictEqual(await record.until('send:ok'), { errMsg: 'sendSocketMessage:ok' });
});

test('offers deflate when asked', async (t) => {
  const server = await startServer(t);
  startHost(t, 'weapp').dial({ url: server.url, perMessageDeflate: true });
  assert.match((await server.seen.until('request')).headers['sec-websocket-extensions'], /^permessage-deflate/);
});

test('shown again in time, sockets live on', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'weapp', { killAfter: 60000 });
  const { record, call } = host.dial({ url: server.url });
  await record.until('open');
  const hidden = host.control.hide();
  host.control.show();
  await hidden;
  call('send', { data: 'still here' });
  assert.strictEqual((await record.until('message')).data, 'still here');
});

test('five sockets, and a slot is free again inside onClose', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'weapp');
  const five = Array.from({ length: 5 }, () => host.dial({ url: server.url }));
  const sixth = host.dial({ url: server.url });
  assert.deepStrictEqual(await sixth.record.until('fail'), {
    errMsg: 'createSocketTask:fail wcwss taskID=6 exceed max concurrent count',
  });
  sixth.call('send', { data: 'x' });
  await sixth.record.until('send:fail');
  await Promise.all(five.map(({ record }) => record.until('open')));
  assert.deepStrictEqual(host.control.liveCounts(), { sockets: 5, listeners: 20, appListeners: 0, vanished: 0, timers: 0 });
  const again = new Promise((resolve) => five[0].task.onClose(() => resolve(host.dial({ url: server.url }))));
  five[0].call('close');
  await (await again).record.until('open');
});

test('only wss to domains that are listed, outside of developer tools', async (t) => {
  const host = startHost(t, 'weapp', { developer: false, domains: ['example.com:8443'] });
  for (const url of ['ws://example.com:8443/', 'wss://example.com/', 'wss://other.example/']) {
    assert.deepStrictEqual(await host.dial({ url }).record.until('fail'), {
      errMsg: 'createSocketTask:fail url not in domain list',
      errno: 600002,
    });
  }
  for (const url of [undefined, '', 'http://example.com/', 'wss://']) {
    assert.deepStrictEqual(await host.dial({ url }).record.until('fail'), { errMsg: 'connectSocket:fail check url fail' });
  }
});

test('send before open, of a wrong type, and a bad close fail', async (t) => {
  const server = await startServer(t);
  const { record, call } = startHost(t, 'weapp').dial({ url: server.url });
  call('send', { data: 'early' });
  await record.until('send:fail');
  await record.until('open');
  call('send', { data: 7 });
  await record.until('send:fail', 2);
  call('close', { code: 999 });
  assert.match((await record.until('close:fail')).errMsg, /^closeSocket:fail /);
  call('send', { data: 'usable' });
  await record.until('message');
});

test('what a handler throws is counted and breaks nothing', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'weapp');
  const { record, task } = host.dial({ url: server.url });
  host.run('(function (task) { task.onOpen(function () { throw new Error("of the handler"); }); })')(task);
  await record.until('open');
  assert.strictEqual(String(host.world.faults), 'Error: of the handler');
});
