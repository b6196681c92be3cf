// The traps of Android's module, as an app meets them.
// @ts-check
'use strict';

const { test } = require('node:test');
const { assert, DEAD, failureOf, settled, startApp, startServer, variantsOf } = require('./support.js');

const MIB = 1024 * 1024;

for (const variant of variantsOf('android')) {
  test(`${variant}: text and binary, both ways, and a close with code and reason`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    const { socket, record } = app.dial(server.url, ['a', 'b']);
    assert.strictEqual(await record.until('open'), 'a');
    socket.send('汉');
    assert.strictEqual(await record.until('message'), '汉');
    socket.send(app.context.run('new Uint8Array([1, 2, 255]).subarray(1)'));
    const buffer = await record.until('message', 2);
    app.context.run('globalThis').value = buffer;
    assert.ok(app.context.run('value instanceof ArrayBuffer'), 'of the app\'s realm');
    assert.deepStrictEqual([...new Uint8Array(buffer)], [2, 255]);
    socket.close(4001, 'bye');
    assert.deepStrictEqual(await record.until('close'), [4001, 'bye']);
    assert.deepStrictEqual(await server.seen.until('close'), { code: 4001, reason: 'bye' });
  });

  test(`${variant}: a close while connecting is lost, and a second one is not`, async (t) => {
    const server = await startServer(t);
    const { socket, record } = startApp(t, variant).dial(server.url);
    socket.close(4001, 'bye');
    assert.strictEqual(socket.readyState, 2);
    await record.until('open');
    assert.strictEqual(socket.readyState, 1);
    socket.close(4002, 'again');
    assert.deepStrictEqual(await record.until('close'), [4002, 'again']);
  });

  test(`${variant}: a code or reason that OkHttp does not take leaves the socket closing for ever`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    for (const [code, reason] of [[1005, ''], [2999, ''], [999, ''], [1000, 'r'.repeat(124)]]) {
      const { socket, record } = app.dial(server.url);
      await record.until('open');
      socket.close(code, reason);
      await settled();
      assert.strictEqual(socket.readyState, 2);
      assert.deepStrictEqual(record.names(), ['open']);
    }
    assert.match(app.warnings[0], /Could not close .*Code 1005 is reserved/);
    assert.match(app.warnings[2], /must be in range/);
    assert.match(app.warnings[3], /reason\.size\(\) > 123/);
  });

  test(`${variant}: a send after close is a failure instead of the close`, async (t) => {
    const server = await startServer(t);
    const { socket, record } = startApp(t, variant).dial(server.url);
    await record.until('open');
    socket.close(4001, 'bye');
    socket.send('late');
    assert.deepStrictEqual(await record.until('close'), [1006, 'client is null']);
    await server.seen.until('close');
    await settled();
    assert.deepStrictEqual(record.names(), ['open', 'error', 'close']);
  });

  test(`${variant}: a server's close without a status is a failure, and is not answered`, async (t) => {
    const server = await startServer(t);
    const { record } = startApp(t, variant).dial(server.url);
    await record.until('open');
    server.sockets[0].close();
    const expected = failureOf(variant, 'Code 1005 is reserved and may not be used.');
    assert.deepStrictEqual(await record.until('close'), expected.close);
    assert.strictEqual(await record.until('error'), expected.error);
    assert.strictEqual((await server.seen.until('close')).code, 1006);
  });

  test(`${variant}: ping is an empty message`, async (t) => {
    const server = await startServer(t);
    const { socket, record } = startApp(t, variant).dial(server.url);
    await record.until('open');
    socket.ping();
    assert.strictEqual((await server.seen.until('binary')).length, 0);
    assert.ok(!server.seen.names().includes('ping'));
  });

  test(`${variant}: more than 16 MiB that wait end the connection with 1001`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    const { socket, record } = app.dial(server.url);
    await record.until('open');
    const bytes = app.context.run(`new Uint8Array(${16 * MIB})`);
    socket.send(bytes);
    socket.send('one too many');
    socket.send('nobody hears of it');
    assert.deepStrictEqual(await record.until('close'), [1001, '']);
    assert.strictEqual((await server.seen.until('binary')).length, 16 * MIB);
    assert.deepStrictEqual(server.seen.without('request', 'open'), ['binary', 'close']);
  });

  test(`${variant}: an origin is added, odd headers and subprotocols are left out`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    await app.dial(`${server.url}path?q`, ['a,b', ' c '], { headers: { 'X-Token': '1', 'X-Number': 2 } }).record.until('open');
    const { headers } = await server.seen.until('request');
    assert.strictEqual(headers.origin, `http://127.0.0.1:${server.port}`);
    assert.strictEqual(headers['sec-websocket-protocol'], 'c');
    assert.deepStrictEqual([headers['x-token'], headers['x-number']], ['1', undefined]);
    await app.dial(server.url, undefined, { headers: { Origin: 'https://own.test' } }).record.until('open');
    assert.strictEqual((await server.seen.until('request', 2)).headers.origin, 'https://own.test');
  });

  test(`${variant}: TCP's end has no text, a refusal and a bad status have`, async (t) => {
    const server = await startServer(t);
    const app = startApp(t, variant);
    const { record } = app.dial(server.url);
    await record.until('open');
    server.sockets[0].terminate();
    assert.strictEqual((await record.until('close'))[0], 1006);
    for (const [url, text] of [[DEAD, /^Failed to connect to/], [`${server.url}refuse`, /^Expected HTTP 101 response but was '401/]]) {
      const failed = app.dial(String(url)).record;
      assert.match((await failed.until('close'))[1], /** @type {RegExp} */ (text));
      assert.deepStrictEqual(failed.names(), ['error', 'close']);
    }
  });

  test(`${variant}: text that is no UTF-8 comes with U+FFFD`, async (t) => {
    const server = await startServer(t);
    const { record } = startApp(t, variant).dial(server.url);
    await record.until('open');
    server.sockets[0].send(Buffer.from([0x61, 0xff]), { binary: false });
    assert.strictEqual(await record.until('message'), 'a\ufffd');
  });

  test(`${variant}: a subprotocol that nobody offered is taken`, async (t) => {
    const server = await startServer(t, undefined, () => 'other');
    const { record } = startApp(t, variant).dial(server.url, ['a']);
    assert.strictEqual(await record.until('open'), 'other');
  });
}
