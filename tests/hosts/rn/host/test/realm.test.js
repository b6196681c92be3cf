// What an app finds, and that React Native's class is its own.
// @ts-check
'use strict';

const { test } = require('node:test');
const fs = require('node:fs');
const path = require('node:path');
const { folderOf } = require('../download.js');
const { makeHost, VARIANTS } = require('../hosts.js');
const { codeOf } = require('../source.js');
const { assert, DEAD, startApp, startServer } = require('./support.js');

/** What Hermes has not. */
const ABSENT = [
  'WebAssembly', 'TextDecoder', 'TextEncoder', 'FinalizationRegistry', 'WeakRef', 'SharedArrayBuffer', 'document',
  'location', 'XMLHttpRequest', 'Buffer', 'require', 'structuredClone', 'crypto', 'queueMicrotask',
];

for (const [variant, { version }] of Object.entries(VARIANTS)) {
  test(`${variant}: has what React Native has, and nothing of browsers or Node`, (t) => {
    const { context } = startApp(t, variant);
    for (const name of ABSENT) assert.strictEqual(context.run(`typeof ${name}`), 'undefined', name);
    for (const name of ['WebSocket', 'fetch', 'setTimeout', 'Promise', 'Proxy']) {
      assert.strictEqual(context.run(`typeof ${name}`), 'function', name);
    }
    assert.strictEqual(context.run('navigator.product'), 'ReactNative');
    assert.ok(context.run('global === globalThis && window === globalThis'));
    assert.throws(() => context.run('Function("return 1")()'), /EvalError/);
    const socket = context.run(`new WebSocket('${DEAD}')`);
    assert.deepStrictEqual([socket.bufferedAmount, socket.protocol, socket.readyState], [undefined, undefined, 0]);
    assert.throws(() => socket.send('early'), { message: 'INVALID_STATE_ERR' });
  });

  test(`${variant}: the class is that of the package`, () => {
    const folder = folderOf(version);
    const { version: found } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    assert.strictEqual(found, version);
    const file = path.join(folder, 'Libraries/WebSocket/WebSocket.js');
    const code = codeOf(version, VARIANTS[variant].system, file);
    assert.match(code, /INVALID_STATE_ERR/);
    assert.ok(!code.includes('import '), 'it is compiled');
    assert.strictEqual(codeOf(version, VARIANTS[variant].system, file), code, 'and kept');
  });

  test(`${variant}: counts what lives`, async (t) => {
    const server = await startServer(t);
    const { dial, control } = startApp(t, variant);
    assert.deepStrictEqual(control.liveCounts(), { sockets: 0, listeners: 0, timers: 0 });
    const { socket, record } = dial(server.url);
    await record.until('open');
    assert.deepStrictEqual(control.liveCounts(), { sockets: 1, listeners: 4, timers: 0 });
    socket.close(1000, '');
    await record.until('close');
    assert.deepStrictEqual(control.liveCounts(), { sockets: 0, listeners: 0, timers: 0 });
  });
}

test('a variant that does not exist is refused', () => {
  assert.throws(() => makeHost(__dirname, 'windows-88'), /no variant windows-88: android-88, ios-88/);
});
