// What a program finds in a simulated host besides the vendor's object, and what it does not.
// @ts-check
'use strict';

const { test } = require('node:test');
const fs = require('node:fs');
const path = require('node:path');
const { brotliCompressSync } = require('node:zlib');
const { folder, SEVEN } = require('./package.js');
const { assert, startHost } = require('./support.js');

const NEVER = [
  'queueMicrotask', 'TextDecoder', 'TextEncoder', 'FinalizationRegistry', 'WeakRef', 'crypto', 'performance',
  'WebAssembly', 'structuredClone', 'atob', 'btoa', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Blob', 'URL', 'window',
  'self', 'document', 'navigator', 'location', 'localStorage', 'global', 'process', 'Buffer', 'setImmediate', 'require',
  'SharedArrayBuffer', 'Atomics', 'eval',
];

test('there are no globals but the built-ins, timers, console and the vendor\'s object', (t) => {
  for (const [platform, name] of /** @type {const} */ ([['weapp', 'wx'], ['alipay', 'my'], ['swan', 'swan']])) {
    const { run } = startHost(t, platform);
    for (const absent of NEVER) assert.strictEqual(run(`typeof ${absent}`), 'undefined', absent);
    const vendors = ['wx', 'my', 'swan'].filter((one) => run(`typeof ${one}`) === 'object');
    assert.deepStrictEqual(vendors, [name]);
    assert.strictEqual(run('typeof setTimeout + typeof clearInterval + typeof console.log'), 'functionfunctionfunction');
    assert.strictEqual(run('typeof globalThis'), 'object');
    assert.strictEqual(run('typeof BigInt'), 'function');
    assert.strictEqual(run('typeof WXWebAssembly'), 'undefined');
  }
});

test('old hosts lack more', (t) => {
  const { run } = startHost(t, 'weapp', {}, { noGlobalThis: true, noBigInt: true });
  for (const absent of ['globalThis', 'BigInt', 'BigInt64Array']) assert.strictEqual(run(`typeof ${absent}`), 'undefined');
  assert.strictEqual(run('typeof wx.connectSocket'), 'function');
});

test('no code is made of strings', (t) => {
  const { run } = startHost(t, 'weapp');
  assert.strictEqual(run('try { Function("return 1")(); } catch (e) { e.name }'), 'EvalError');
});

test('timers are counted, and what they throw is kept', async (t) => {
  const host = startHost(t, 'weapp');
  await new Promise((resolve) => {
    host.run('(function (done) { var id = setInterval(function () { clearInterval(id); setTimeout(done, 0); throw new Error("tick"); }, 1); })')(resolve);
    assert.strictEqual(host.control.liveCounts().timers, 1);
  });
  assert.strictEqual(host.control.liveCounts().timers, 0);
  assert.strictEqual(String(host.world.faults), 'Error: tick');
});

test('require loads files of the package alone', (t) => {
  const root = folder(t, {
    'index.js': 'exports.sum = require("./lib/one").value + require("/two.js").value; exports.hidden = typeof window + typeof self; exports.again = require("./lib/one") === require("/lib/one.js");',
    'lib/one.js': 'module.exports = { value: require("../two").value };',
    'two.js': 'exports.value = 2;',
  });
  const { context, run } = startHost(t, 'weapp', {}, { root });
  const { sum, hidden, again } = context.load(path.join(root, 'index.js'));
  assert.deepStrictEqual([sum, hidden, again], [4, 'undefinedundefined', true]);
  assert.strictEqual(run('typeof module'), 'undefined');
  for (const name of ['fs', 'ws', './none', '../escape']) {
    fs.writeFileSync(path.join(root, 'bad.js'), `require(${JSON.stringify(name)})`);
    assert.throws(() => startHost(t, 'weapp', {}, { root }).context.load(path.join(root, 'bad.js')), /is not defined/);
  }
});

test('WXWebAssembly takes a path of the package, in both forms of result', async (t) => {
  const root = folder(t, { 'seven.wasm': SEVEN, 'sub/seven.wasm.br': brotliCompressSync(SEVEN) });
  for (const instanceShape of /** @type {const} */ (['instance', 'result'])) {
    const { run } = startHost(t, 'weapp', {}, { root, wasm: true, instanceShape });
    for (const file of ['/seven.wasm', 'sub/seven.wasm.br']) {
      const got = await run('(function (file) { return WXWebAssembly.instantiate(file, {}); })')(file);
      assert.strictEqual('instance' in got, instanceShape === 'result');
      assert.strictEqual((got.instance || got).exports.seven(), 7);
    }
    const bytes = run('(function (bytes) { return WXWebAssembly.instantiate(bytes, {}); })')(SEVEN);
    await assert.rejects(bytes, TypeError);
    await assert.rejects(run('WXWebAssembly.instantiate("/../seven.wasm", {})'));
    await assert.rejects(run('WXWebAssembly.instantiate("/none.wasm", {})'));
  }
});

test('Alipay and Baidu have the standard WebAssembly where one is asked for', async (t) => {
  for (const platform of /** @type {const} */ (['alipay', 'swan'])) {
    const { run } = startHost(t, platform, {}, { wasm: true });
    assert.strictEqual(run('typeof WXWebAssembly'), 'undefined');
    const { instance } = await run('(function (bytes) { return WebAssembly.instantiate(bytes, {}); })')(SEVEN);
    assert.strictEqual(instance.exports.seven(), 7);
    await assert.rejects(run('WebAssembly.instantiate("/seven.wasm", {})'), TypeError);
  }
});
