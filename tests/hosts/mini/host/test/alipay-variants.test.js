// How the simulated clients of Alipay differ.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, startServer, startHost } = require('./support.js');
const { VARIANTS } = require('../alipay.js');

const data = { socketTaskID: '1' };

/** @type {Record<string, (told: any) => void>} Of the bytes 0 to 3. */
const BINARY = {
  base64: (told) => assert.deepStrictEqual(told, { data: 'AAECAw==', isBuffer: true, ...data }),
  'base64-unpadded': (told) => assert.deepStrictEqual(told, { data: 'AAECAw', isBuffer: true, ...data }),
  arraybuffer: (told) => assert.deepStrictEqual([[...new Uint8Array(told.data)], told.isBuffer], [[0, 1, 2, 3], true]),
  'arraybuffer-unflagged': (told) => assert.deepStrictEqual([[...new Uint8Array(told.data)], 'isBuffer' in told], [[0, 1, 2, 3], false]),
  'close-code': (told) => assert.strictEqual(told.data, 'AAECAw=='),
  'every-task': (told) => assert.strictEqual(told.data, 'AAECAw=='),
  sync: (told) => assert.deepStrictEqual([[...new Uint8Array(told.data)], told.isBuffer], [[0, 1, 2, 3], true]),
};

for (const variant of Object.keys(VARIANTS)) {
  const coded = variant === 'close-code';

  test(`${variant}: binary that comes in`, async (t) => {
    const server = await startServer(t);
    const { record } = startHost(t, 'alipay', { variant }).dial({ url: server.url, multiple: true });
    await record.until('open');
    server.sockets[0].send(Buffer.from([0, 1, 2, 3]));
    BINARY[variant]((await record.until('message')).data);
    server.sockets[0].send(Buffer.alloc(0));
    const empty = (await record.until('message', 2)).data;
    if (variant.startsWith('arraybuffer') || variant === 'sync') assert.strictEqual(empty.data.byteLength, 0);
    else assert.deepStrictEqual(empty, { data: '', isBuffer: true, ...data });
  });

  test(`${variant}: how a close is told`, async (t) => {
    const server = await startServer(t);
    const host = startHost(t, 'alipay', { variant });
    const own = host.dial({ url: server.url, multiple: true });
    await own.record.until('open');
    own.call('close', { code: 4000, reason: 'bye' });
    assert.deepStrictEqual(await server.seen.until('close'), { code: 4000, reason: 'bye' });
    assert.deepStrictEqual(await own.record.until('close'), { data: { ...data, ...(coded && { code: 4000, reason: 'bye' }) } });

    const peer = host.dial({ url: server.url, multiple: true });
    await peer.record.until('open');
    server.sockets[1].close(4001, 'enough');
    const id = { socketTaskID: '2' };
    assert.deepStrictEqual(await peer.record.until('close'), { data: { ...id, ...(coded && { code: 4001, reason: 'enough' }) } });
  });
}

test('killed in the background', async (t) => {
  const server = await startServer(t);
  for (const [variant, close] of /** @type {[string, object][]} */ ([
    ['base64', { data }], ['close-code', { data: { ...data, code: 1006, reason: 'interrupted' } }],
  ])) {
    const host = startHost(t, 'alipay', { variant });
    const { record } = host.dial({ url: server.url, multiple: true });
    await record.until('open');
    const told = host.run('var told = []; my.onAppHide(function () { told.push("hide"); }); my.onAppShow(function () { told.push("show"); }); told');
    await host.control.hide();
    assert.deepStrictEqual(record.all.at(-1), { name: 'close', value: close });
    host.control.show();
    assert.strictEqual(told.join(), 'hide,show');
  }
});

test('every-task: what one is told all are told, with the id of the one', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'alipay', { variant: 'every-task' });
  const first = host.dial({ url: server.url, multiple: true });
  await first.record.until('open');
  const failed = host.dial({ url: `${server.url}refuse`, multiple: true });
  await failed.record.until('error');
  assert.deepStrictEqual(await first.record.until('error'), { data: { socketTaskID: '2' }, error: 1 });
  const third = host.dial({ url: server.url, multiple: true });
  await third.record.until('open');
  server.sockets[1].send('to the third');
  for (const { record } of [first, third]) {
    assert.strictEqual((await record.until('message')).data.socketTaskID, '3');
  }
  third.call('close');
  assert.deepStrictEqual(await first.record.until('close'), { data: { socketTaskID: '3' } });
  first.call('send', { data: 'still open' });
  assert.strictEqual((await first.record.until('message', 2)).data.data, 'still open');
});
