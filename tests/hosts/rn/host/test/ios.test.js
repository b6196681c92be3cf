// The traps of the module of iOS, as an app meets them.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, DEAD, failureOf, settled, startApp, startServer, variantsOf } = require('./support.js');

for (const variant of variantsOf('ios')) {
  test(`${variant}: text and binary, both ways, and a close without a reason`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    const { socket, record } = app.dial(server.url, ['a', 'b'], { headers: { 'X-Token': '1' } });
    assert.strictEqual(await record.until('open'), 'a');
    const { headers } = await server.seen.until('request');
    assert.deepStrictEqual([headers['x-token'], headers['sec-websocket-protocol']], ['1', 'a, b']);
    assert.strictEqual(headers.origin, `http://127.0.0.1:${server.port}`);
    socket.send('汉');
    assert.strictEqual(await record.until('message'), '汉');
    socket.send(app.context.run('new Uint8Array([1, 2, 255]).subarray(1)'));
    assert.deepStrictEqual([...new Uint8Array(await record.until('message', 2))], [2, 255]);
    socket.close(4001);
    assert.strictEqual((await record.until('close'))[0], 4001);
    assert.deepStrictEqual(await server.seen.until('close'), { code: 4001, reason: '' });
  });

  test(`${variant}: the native event of a close without a reason says null`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    /** @type {any[]} */
    const told = [];
    app.emitter.addListener('websocketClosed', (/** @type {any} */ event) => told.push({ ...event }));
    const { socket, record } = app.dial(server.url);
    await record.until('open');
    socket.close(1000, '');
    await record.until('close');
    assert.deepStrictEqual(told, [{ id: 0, code: 1000, reason: null, clean: true }]);
  });

  test(`${variant}: a close while connecting ends with code 0 and opens nothing`, async (t) => {
    const server = await startServer(t);
    const { socket, record } = startApp(t, variant).dial(server.url);
    socket.close(4001, 'bye');
    assert.strictEqual((await record.until('close'))[0], 0);
    await settled();
    assert.deepStrictEqual(record.names(), ['close']);
  });

  test(`${variant}: what is sent after close vanishes`, async (t) => {
    const server = await startServer(t);
    const { socket, record } = startApp(t, variant).dial(server.url);
    await record.until('open');
    socket.close(4001, 'bye');
    socket.send('late');
    assert.deepStrictEqual(await record.until('close'), [4001, 'bye']);
    await server.seen.until('close');
    assert.deepStrictEqual(record.names(), ['open', 'close']);
    assert.deepStrictEqual(server.seen.without('request', 'open'), ['close']);
  });

  test(`${variant}: TCP's end is told as 1001, a reset as a failure`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    const { record } = app.dial(server.url);
    await record.until('open');
    // @ts-ignore The connection under the socket is not in the typings.
    server.sockets[0]._socket.end();
    assert.deepStrictEqual(await record.until('close'), [1001, 'Stream end encountered']);
    const second = app.dial(server.url).record;
    await second.until('open');
    // @ts-ignore As above.
    server.sockets[1]._socket.resetAndDestroy();
    assert.match((await second.until('close'))[1], /Connection reset by peer/);
    assert.deepStrictEqual(second.names(), ['open', 'error', 'close']);
  });

  test(`${variant}: a server's close is told as it is, also without a status`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    const { record } = app.dial(server.url);
    await record.until('open');
    server.sockets[0].close(4001, 'bye');
    assert.deepStrictEqual(await record.until('close'), [4001, 'bye']);
    const second = app.dial(server.url).record;
    await second.until('open');
    server.sockets[1].close();
    assert.strictEqual((await second.until('close'))[0], 1005);
  });

  test(`${variant}: what cannot be dialled has a text`, async (t) => {
    const server = await startServer(t, undefined, () => 'other');
    const app = startApp(t, variant);
    for (const [url, protocols, text] of [
      ['not a url', [], 'Invalid WebSocket URL'],
      [`${server.url}refuse`, [], 'Received bad response code from server: 401.'],
      [DEAD, [], 'The operation couldn’t be completed. Connection refused'],
      [server.url, ['a'], "Server specified Sec-WebSocket-Protocol that wasn't requested."],
    ]) {
      const { record } = app.dial(String(url), protocols);
      const expected = failureOf(variant, String(text));
      assert.deepStrictEqual(await record.until('close'), expected.close);
      assert.strictEqual(await record.until('error'), expected.error);
    }
  });
}
