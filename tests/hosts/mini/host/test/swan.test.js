// The simulated Baidu host against a real server.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, settled, startHost, startServer, CALLBACKS, DEAD } = require('./support.js');
const { VARIANTS } = require('../swan.js');

/** @type {Record<string, (code: number, reason: string) => object>} */
const CLOSE = {
  android: (code, reason) => ({ code, reason }),
  ios: (code, reason) => ({ code, reason }),
  'text-binary': (code, reason) => ({ code, reason }),
  'missing-code': () => ({ reason: null }),
  'string-code': (code) => ({ code: String(code), reason: null }),
  sync: (code, reason) => ({ code, reason }),
};

for (const variant of Object.keys(VARIANTS)) {
  test(`${variant}: open, messages, close`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'swan', { variant });
    const { record, call } = host.dial({ url: server.url, header: { 'X-Token': 'a1' }, protocols: ['chat'] });
    assert.strictEqual((await server.seen.until('request')).headers['x-token'], 'a1');
    const opened = await record.until('open');
    if (variant === 'ios') assert.deepStrictEqual(opened, {});
    else assert.strictEqual(opened.header['Sec-WebSocket-Protocol'], 'chat');
    assert.deepStrictEqual(record.all[0].value, { socketTaskId: 1, errMsg: 'connectSocket:ok' });

    call('send', { data: 'héllo' });
    assert.deepStrictEqual(await record.until('message'), { data: 'héllo', dataType: 'string' });
    call('send', { data: host.run('new Uint8Array([104, 105]).buffer') });
    const second = await record.until('message', 2);
    if (variant === 'text-binary') assert.deepStrictEqual(second, { data: 'hi', dataType: 'string' });
    else assert.deepStrictEqual([[...new Uint8Array(second.data)], second.dataType], [[104, 105], 'arraybuffer']);

    call('close', { code: '4000', reason: 'bye' });
    assert.deepStrictEqual(await server.seen.until('close'), { code: 4000, reason: 'bye' });
    assert.deepStrictEqual(await record.until('close'), CLOSE[variant](4000, 'bye'));
  });

  test(`${variant}: the peer's close, a drop, the kill`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'swan', { variant });
    const [peer, drop, kill] = [1, 2, 3].map(() => host.dial({ url: server.url }));
    for (const { record } of [peer, drop, kill]) await record.until('open');
    server.sockets[0].close(4001, 'enough');
    assert.deepStrictEqual(await peer.record.until('close'), CLOSE[variant](4001, 'enough'));
    server.sockets[1].terminate();
    assert.deepStrictEqual(await drop.record.until('close'), CLOSE[variant](1006, ''));
    assert.deepStrictEqual(drop.record.without(...CALLBACKS, 'open'), ['error', 'close']);
    await host.control.hide();
    assert.deepStrictEqual(kill.record.all.at(-1), { name: 'close', value: CLOSE[variant](1006, 'interrupted') });
    assert.deepStrictEqual(kill.record.without(...CALLBACKS, 'open'), ['close']);
  });
}

test('a handshake that fails: error only, with the numbers and texts of each system', async (t) => {
  const server = await startServer(t);
  for (const variant of ['android', 'ios']) {
    const host = startHost(t, 'swan', { variant });
    for (const url of [`${server.url}refuse`, DEAD]) {
      const { record } = host.dial({ url });
      const error = await record.until('error');
      assert.strictEqual(error.errCode, variant === 'ios' ? undefined : 0);
      assert.match(error.errMsg, /401|ECONNREFUSED/);
      await settled();
      assert.deepStrictEqual(record.without(...CALLBACKS), ['error']);
    }
  }
});

test('refusals: no text, wrong scheme, wss only, domain, limit', async (t) => {
  const server = await startServer(t);
  /** @type {[string, any, object][]} */
  const table = [
    ['android', undefined, { errCode: 202 }],
    ['ios', undefined, { errCode: 4 }],
    ['android', 'http://example.com/', { errCode: 1001 }],
    ['ios', 'http://example.com/', { errorCode: 2 }],
    ['android', 'ws://example.com/', { errCode: 1001 }],
    ['ios', 'ws://example.com/', { errCode: 7 }],
    ['ios', 'wss://other.example/', { errCode: 7 }],
  ];
  for (const [variant, url, expected] of table) {
    const host = startHost(t, 'swan', { variant, developer: false, domains: ['example.com'] });
    const { errMsg, ...numbers } = await host.dial({ url }).record.until('fail');
    assert.deepStrictEqual(numbers, expected, `${variant} ${url}`);
    assert.strictEqual(typeof errMsg, 'string');
  }
  const host = startHost(t, 'swan', { variant: 'ios', limit: 2 });
  host.dial({ url: server.url });
  host.dial({ url: server.url });
  assert.deepStrictEqual(await host.dial({ url: server.url }).record.until('fail'), {
    errorCode: 1,
    errMsg: 'Excedding max concurrency 2',
  });
});

test('send and close work only while open; a typed array is lost', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'swan', { variant: 'ios' });
  const { record, call } = host.dial({ url: server.url });
  call('send', { data: 'early' });
  call('close');
  assert.deepStrictEqual(await record.until('send:fail'), { errMsg: 'Status error,current 0' });
  assert.deepStrictEqual(await record.until('close:fail'), { errMsg: 'Status error,current 0' });
  await record.until('open');
  call('send', { data: host.run('new Uint8Array(3)') });
  call('send', { data: 'next' });
  await server.seen.until('text');
  assert.ok(!server.seen.names().includes('binary'));
  assert.strictEqual(host.control.liveCounts().vanished, 1);
});

test('the app comes and goes', async (t) => {
  const host = startHost(t, 'swan');
  const told = host.run(`
    var told = [];
    function hide() { told.push('hide'); }
    swan.onAppHide(hide); swan.onAppShow(function () { told.push('show'); });
    told`);
  await host.control.hide();
  host.control.show();
  assert.strictEqual(host.control.liveCounts().appListeners, 2);
  host.run('swan.offAppHide(hide)');
  await host.control.hide();
  assert.strictEqual(told.join(), 'hide,show');
});
