// How the simulated clients of WeChat differ.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, settled, startHost, startServer, CALLBACKS, DEAD } = require('./support.js');
const { VARIANTS } = require('../weapp.js');

const ABNORMAL = { code: 1006, reason: 'abnormal closure' };
const OWN = {
  devtools: { code: 4000, reason: 'bye' },
  android: { code: 1000, reason: 'normal closure' },
  ios: { code: 4000, reason: '' },
  container: { code: 4000, reason: 'bye' },
  sync: { code: 4000, reason: 'bye' },
};
const KILLED = { devtools: 1000, android: 0, ios: 1000, container: 1006, sync: 1006 };
/** What `connectSocket` is refused with in the background. */
const AWAY = {
  devtools: { errMsg: 'connectSocket:fail interrupted', errno: 600003 },
  android: { errMsg: 'connectSocket:fail interrupted', errno: 600003 },
  ios: { errMsg: 'connectSocket:fail interrupted', errno: 600003 },
  container: { errMsg: 'interrupted' },
  sync: { errMsg: 'connectSocket:fail interrupted' },
};
/** @type {Record<string, [string[], object]>} */
const CUT = {
  devtools: [['error', 'close'], ABNORMAL],
  android: [['close'], ABNORMAL],
  ios: [['close'], { code: 1001, reason: 'Stream end encountered' }],
  container: [['error', 'close'], ABNORMAL],
  sync: [['error', 'close'], ABNORMAL],
};
/** @type {Record<string, [string[], object]>} */
const REFUSED = {
  devtools: [['error', 'close'], { errMsg: 'exception onOpen fail code:20, msg:Invalid HTTP status.' }],
  android: [['error', 'close'], { errMsg: 'exception onOpen fail code:20, msg:Invalid HTTP status.' }],
  ios: [['error'], { errCode: 1004, errMsg: 'open fail: _code:20,_msg:Invalid HTTP status.' }],
  container: [['error'], { errMsg: 'Unexpected server response: 401' }],
  sync: [['error'], { errMsg: 'connectSocket:fail Unexpected server response: 401' }],
};

for (const variant of /** @type {(keyof typeof OWN)[]} */ (Object.keys(VARIANTS))) {
  test(`${variant}: own close, then a task that does not exist`, async (t) => {
    const server = await startServer(t);
    const { record, call, task } = startHost(t, 'weapp', { variant }).dial({ url: server.url });
    await record.until('open');
    call('close', { code: 4000, reason: 'bye' });
    assert.deepStrictEqual(await server.seen.until('close'), { code: 4000, reason: 'bye' });
    assert.deepStrictEqual(await record.until('close'), OWN[variant]);
    assert.strictEqual(task.readyState, 3);
    call('send', { data: 'late' });
    call('close');
    assert.deepStrictEqual(await record.until('send:fail'), { errMsg: 'sendSocketMessage:fail taskID not exist' });
    assert.deepStrictEqual(await record.until('close:fail'), { errMsg: 'closeSocket:fail wcwss taskID not exist' });
    assert.ok(!record.names().includes('error'));
  });

  test(`${variant}: the peer's close is told as it is`, async (t) => {
    const server = await startServer(t);
    const { record } = startHost(t, 'weapp', { variant }).dial({ url: server.url });
    await record.until('open');
    server.sockets[0].close(4001, 'enough');
    assert.deepStrictEqual(await record.until('close'), { code: 4001, reason: 'enough' });
  });

  test(`${variant}: a drop and a reset`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant });
    const { record } = host.dial({ url: server.url });
    await record.until('open');
    server.sockets[0].terminate();
    const [events, close] = CUT[variant];
    assert.deepStrictEqual(await record.until('close'), close);
    assert.deepStrictEqual(record.without(...CALLBACKS, 'open'), events);

    const other = host.dial({ url: server.url });
    await other.record.until('open');
    /** @type {any} */ (server.sockets[1])._socket.resetAndDestroy();
    assert.deepStrictEqual(await other.record.until('close'), ABNORMAL);
  });

  test(`${variant}: a refused handshake`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant });
    const { record } = host.dial({ url: `${server.url}refuse` });
    const [events, error] = REFUSED[variant];
    assert.deepStrictEqual(await record.until('error'), error);
    await settled();
    assert.deepStrictEqual(record.names(), ['success', 'complete', ...events]);
    assert.strictEqual(host.control.liveCounts().sockets, 0);
    const dead = host.dial({ url: DEAD });
    assert.match((await dead.record.until('error')).errMsg, /ECONNREFUSED/);
  });

  test(`${variant}: killed in the background`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant });
    const { record } = host.dial({ url: server.url });
    await record.until('open');
    const told = host.run('var told = []; wx.onAppHide(function () { told.push("hide"); }); wx.onAppShow(function () { told.push("show"); }); told');
    await host.control.hide();
    assert.deepStrictEqual(record.all.at(-1), { name: 'close', value: { code: KILLED[variant], reason: 'interrupted' } });
    const refused = host.dial({ url: server.url });
    assert.deepStrictEqual(await refused.record.until('fail'), AWAY[variant]);
    host.control.show();
    assert.strictEqual(told.join(), 'hide,show');
    await host.dial({ url: server.url }).record.until('open');
  });

  test(`${variant}: close before open`, async (t) => {
    const server = await startServer(t);
    const { record, call } = startHost(t, 'weapp', { variant }).dial({ url: server.url });
    call('close');
    if (variant === 'android') {
      await record.until('open');
    } else {
      assert.strictEqual((await record.until('close')).code, 1000);
      await settled();
      assert.ok(!record.names().includes('open'));
      assert.strictEqual(server.sockets.length, 0);
    }
  });

  test(`${variant}: a typed array`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'weapp', { variant });
    const { record, call } = host.dial({ url: server.url });
    await record.until('open');
    call('send', { data: host.run('new Uint8Array([1, 2, 3, 4]).subarray(1, 3)') });
    call('send', { data: 'next' });
    await server.seen.until('text');
    const arrived = server.seen.all.filter(({ name }) => name === 'binary').map(({ value }) => [...value]);
    assert.deepStrictEqual(arrived, variant === 'devtools' ? [[2, 3]] : []);
    assert.strictEqual(host.control.liveCounts().vanished, variant === 'devtools' ? 0 : 1);
    await record.until('send:ok', 2);
  });
}
