// What all simulated hosts have in common: TLS, timeouts, breaches, requests.
// @ts-check
'use strict';

const { test } = require('node:test');
const { once } = require('node:events');
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const { assert, startServer, startHost } = require('./support.js');
const { selfSigned } = require('./certificate.js');

const PLATFORMS = /** @type {import('../hosts.js').Platform[]} */ (['weapp', 'alipay', 'swan']);

for (const platform of PLATFORMS) {
  test(`${platform}: wss with a certificate of nobody's, only when trusted`, async (t) => {
    const server = await startServer(t, https.createServer(selfSigned()));
    const option = { url: server.url.replace('ws:', 'wss:'), multiple: true };
    const { record } = startHost(t, platform, { developer: false }).dial(option);
    const error = await record.until('error');
    if (platform === 'alipay') assert.strictEqual(error.error, 7);
    else assert.match(error.errMsg, /self-signed certificate/);
    const trusting = startHost(t, platform, { developer: false, trust: true }).dial(option);
    await trusting.record.until('open');
    trusting.call('send', { data: 'over TLS' });
    await trusting.record.until('message');
  });

  test(`${platform}: a breach of the protocol ends in an error and a close`, async (t) => {
    const server = await startServer(t);
    const { record } = startHost(t, platform).dial({ url: server.url, multiple: true });
    await record.until('open');
    // A frame with a reserved bit.
    /** @type {any} */ (server.sockets[0])._socket.write(Buffer.from([0xc1, 0x00]));
    await record.until('close');
    assert.deepStrictEqual(record.names().slice(-2), ['error', 'close']);
    assert.strictEqual((await server.seen.until('close')).code, 1002);
  });

  test(`${platform}: request`, async (t) => {
    const server = http.createServer((request, response) => {
      /** @type {Buffer[]} */
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        response.statusCode = request.url === '/missing' ? 404 : 200;
        response.setHeader('X-Type', String(request.headers['content-type']));
        response.end(request.url === '/json' ? '{"a":1}' : `${request.method} ${Buffer.concat(parts)}`);
      });
    });
    const { http: base } = await startServer(t, server);
    const { run } = startHost(t, platform);
    /** @param {object} option @returns {Promise<any>} */
    const ask = (option) => new Promise((resolve, reject) => {
      run('(function (option, ok, no) { option.success = ok; option.fail = no; (typeof wx !== "undefined" ? wx : typeof my !== "undefined" ? my : swan).request(option); })')(option, resolve, reject);
    });
    const dataType = platform === 'swan' ? 'string' : 'text';
    const posted = await ask({ url: base, method: 'POST', data: 'héllo', header: { 'Content-Type': 'text/plain' }, dataType });
    assert.strictEqual(posted.data, 'POST héllo');
    assert.strictEqual(posted.statusCode, 200);
    assert.strictEqual(posted.header['X-Type'], 'text/plain');
    assert.deepStrictEqual((await ask({ url: `${base}json` })).data, { a: 1 });
    assert.strictEqual((await ask({ url: `${base}json`, dataType })).data, '{"a":1}');
    const missing = ask({ url: `${base}missing`, dataType });
    if (platform === 'alipay') await assert.rejects(missing, { error: 19, errorMessage: 'http status error' });
    else assert.strictEqual((await missing).statusCode, 404);
    await assert.rejects(ask({ url: 'http://127.0.0.1:1/', dataType }));
  });
}

test('a handshake that takes too long', async (t) => {
  const server = net.createServer((socket) => t.after(() => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = `ws://127.0.0.1:${/** @type {net.AddressInfo} */ (server.address()).port}/`;
  const weapp = startHost(t, 'weapp').dial({ url, timeout: 20 });
  assert.match((await weapp.record.until('error')).errMsg, /timed out/);
  const alipay = startHost(t, 'alipay').dial({ url, timeout: 20, multiple: true });
  assert.strictEqual((await alipay.record.until('error')).error, 6);
  const swan = startHost(t, 'swan', { dialTimeout: 20 }).dial({ url });
  assert.match((await swan.record.until('error')).errMsg, /timed out/);
});

test('a close that the peer never answers ends by the host', async (t) => {
  const server = await startServer(t);
  const { record, call } = startHost(t, 'weapp', { closeTimeout: 20 }).dial({ url: server.url });
  await record.until('open');
  server.sockets[0].pause();
  call('close');
  assert.deepStrictEqual(await record.until('close'), { code: 1006, reason: 'abnormal closure' });
});

test('a message of 16 MiB in both directions', async (t) => {
  const server = await startServer(t);
  const host = startHost(t, 'weapp');
  const { record, call } = host.dial({ url: server.url });
  await record.until('open');
  call('send', { data: host.run('new ArrayBuffer(16 * 1024 * 1024)') });
  assert.strictEqual((await record.until('message')).data.byteLength, 16 * 1024 * 1024);
});
