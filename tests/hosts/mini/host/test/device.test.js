// What a device says of itself, and that a simulated host is never taken for one.
// @ts-check
'use strict';

const { test } = require('node:test');
const { about } = require('../app/about.js');
const { assert, startHost, startServer } = require('./support.js');

/** @param {any} info @param {any} [more] */
const of = (info, more) => about({ getSystemInfoSync: () => info, ...more });

test('simulated hosts are simulated', (t) => {
  for (const [platform, name] of /** @type {const} */ ([['weapp', 'wx'], ['alipay', 'my'], ['swan', 'swan']])) {
    const told = about(startHost(t, platform, { variant: undefined }).run(name));
    assert.deepStrictEqual([told.simulated, told.name], [true, 'simulated default variant'], platform);
  }
});

test('every handshake of a simulated host says so', async (t) => {
  const server = await startServer(t);
  for (const platform of /** @type {const} */ (['weapp', 'alipay', 'swan'])) {
    startHost(t, platform).dial({ url: server.url, multiple: true });
  }
  for (let count = 1; count <= 3; count += 1) {
    const request = await server.seen.until('request', count);
    assert.strictEqual(request.headers['x-simulated-host'], 'taro-socket');
  }
});

test('clients on phones are real, tools and what is not known are not', () => {
  for (const platform of ['android', 'ios', 'iOS', 'Android', 'ohos', 'windows', 'mac']) {
    assert.strictEqual(of({ brand: 'A', model: 'B', platform }).simulated, false, platform);
  }
  for (const info of [
    {}, { platform: 'devtools' }, { platform: 'linux' }, { platform: 'ios', brand: 'devtools' },
    { platform: 'android', model: 'Simulator' }, { platform: 'android', host: 'baidu devtool' },
  ]) assert.strictEqual(of(info).simulated, true, JSON.stringify(info));
  assert.strictEqual(of(undefined).simulated, true);
  assert.strictEqual(of({ platform: 'iOS', model: 'iPhone' }, { isIDE: true }).simulated, true);
});

test('names and versions', () => {
  const { name, versions } = of({
    brand: 'Xiaomi', model: 'Xiaomi 14', platform: 'android', system: 'Android 14', version: '8.0.50', SDKVersion: '3.5.0',
  });
  assert.strictEqual(name, 'Xiaomi 14');
  assert.deepStrictEqual(versions, { system: 'Android 14', client: '8.0.50', 'base library': '3.5.0' });
  // As Alipay has them.
  const alipay = of({ brand: 'iPhone', model: 'iPhone15,2', platform: 'iOS', system: '17.1', version: '10.5' }, { SDKVersion: '2.9' });
  assert.deepStrictEqual(alipay.versions, { 'base library': '2.9', client: '10.5', system: 'iOS 17.1' });
  assert.strictEqual(of({ platform: 'ios' }).name, 'unnamed device');
});
