// Modules whose calls are carried out, and whose events come, before the call returns.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, settled, startApp, startServer } = require('./support.js');

/** What has arrived is kept until the app's next call, for as long as a test may take. */
const KEPT = { hold: 3600000 };

/** @param {import('../../../mini/host/test/server.js').Log} record @param {() => void} call */
function inside(record, call) {
  const before = record.all.length;
  call();
  return record.names().slice(before);
}

for (const variant of ['android-88-sync', 'ios-88-sync']) {
  test(`${variant}: a close is told inside close, as it was asked for`, async (t) => {
    const server = await startServer(t);
    const { socket, record } = startApp(t, variant).dial(server.url);
    await record.until('open');
    assert.deepStrictEqual(inside(record, () => socket.close(4001, 'bye')), ['close']);
    assert.deepStrictEqual(await record.until('close'), [4001, 'bye']);
    assert.strictEqual(socket.readyState, 3);
    assert.deepStrictEqual(await server.seen.until('close'), { code: 4001, reason: 'bye' });
    assert.deepStrictEqual(inside(record, () => socket.send('late')), []);
  });

  test(`${variant}: messages and the peer's close are told inside the next call`, async (t) => {
    const server = await startServer(t);
    const { socket, record } = startApp(t, variant).dial(server.url);
    await record.until('open');
    const [ws] = server.sockets;
    const later = startApp(t, variant, KEPT).dial(server.url);
    const other = await server.seen.until('open', 2);
    socket.send('an echo as on any host');
    await record.until('message');
    ws.close(4002, 'enough');
    assert.deepStrictEqual(await record.until('close'), [4002, 'enough']);
    // The other app's is open, and it has made no call since.
    other.send('first');
    other.close(4003, 'over');
    await server.seen.until('close', 2);
    await settled();
    assert.deepStrictEqual(later.record.names(), []);
    const told = inside(later.record, () => later.socket.close());
    // Android's module does not know a socket of which it has not told that it is open.
    assert.deepStrictEqual(told, variant.startsWith('ios') ? ['open', 'message', 'close'] : []);
  });
}

test('ios-88-sync: a close while connecting ends inside close', async (t) => {
  const server = await startServer(t);
  const { socket, record } = startApp(t, 'ios-88-sync').dial(server.url);
  assert.deepStrictEqual(inside(record, () => socket.close(4001, 'bye')), ['close']);
  await settled();
  assert.strictEqual(server.sockets.length, 0);
});

test('android-88-sync: a close while connecting is lost here too', async (t) => {
  const server = await startServer(t);
  const { socket, record } = startApp(t, 'android-88-sync').dial(server.url);
  assert.deepStrictEqual(inside(record, () => socket.close(4001, 'bye')), []);
  await record.until('open');
});

test('ios-88-sync: a URL that cannot be dialled ends before the constructor returns', async (t) => {
  const { socket, record } = startApp(t, 'ios-88-sync').dial('ws://a b/');
  assert.strictEqual(socket.readyState, 3);
  await settled();
  assert.deepStrictEqual(record.names(), [], 'nobody could listen');
});
