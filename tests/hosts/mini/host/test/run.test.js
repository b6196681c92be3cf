// The command line: a packed program, its end and what it left unhandled.
// @ts-check
'use strict';

const { test } = require('node:test');
const { spawn } = require('node:child_process');
const http = require('node:http');
const path = require('node:path');
const { text } = require('node:stream/consumers');
const { brotliCompressSync } = require('node:zlib');
const { folder, SEVEN } = require('./package.js');
const { assert, startServer } = require('./support.js');

/** @param {string[]} args */
async function cli(args) {
  const child = spawn(process.execPath, [path.join(__dirname, '..', 'run.js'), ...args]);
  const [out, err, code] = await Promise.all([
    text(child.stdout), text(child.stderr), new Promise((resolve) => child.on('exit', resolve)),
  ]);
  return { out, err, code };
}

/** @param {import('node:test').TestContext} t @param {string} body Of `run(config, host)`. @param {string[]} [args] @param {Record<string, string | Buffer>} [files] */
function program(t, body, args = [], files = {}) {
  const root = folder(t, {
    'index.js': `
      var given;
      exports.init = function (path) {
        given = path;
        if (!path) return Promise.resolve();
        return WXWebAssembly.instantiate(path, {}).then(function (r) { exports.seven = (r.instance || r).exports.seven; });
      };
      exports.run = function (config, host) { ${body} };`,
    'config.json': '{"a":1}',
    ...files,
  });
  return cli(['--platform', 'weapp', '--package', root, '--config', path.join(root, 'config.json'), ...args]);
}

test('lists every variant', async () => {
  const { out, code } = await cli(['--list']);
  assert.strictEqual(code, 0);
  const list = JSON.parse(out);
  assert.deepStrictEqual(Object.keys(list), ['weapp', 'alipay', 'swan']);
  assert.deepStrictEqual(list.weapp, ['devtools', 'android', 'ios', 'container', 'sync']);
});

test('a program that resolves', async (t) => {
  const { out, err, code } = await program(t, 'console.log(config, typeof given, Object.keys(host).join()); return Promise.resolve();');
  assert.deepStrictEqual([out, err, code], ['{"a":1} undefined request,hide,show,kill,idle,liveCounts\n', '', 0]);
});

test('a program that rejects, throws, or never ends', async (t) => {
  const rejected = await program(t, 'return Promise.reject(new Error("three cases failed"));');
  assert.match(rejected.err, /three cases failed/);
  assert.strictEqual(rejected.code, 1);
  const thrown = await program(t, 'throw "as text";');
  assert.deepStrictEqual([thrown.err, thrown.code], ['as text\n', 1]);
  const stuck = await program(t, 'return new Promise(function () {});');
  assert.match(stuck.err, /without an end/);
  assert.strictEqual(stuck.code, 1);
});

test('what nobody handles makes the run fail', async (t) => {
  const rejection = await program(t, 'Promise.reject(new Error("of nobody")); return Promise.resolve();');
  assert.match(rejection.err, /not handled by the program: Error: of nobody/);
  assert.strictEqual(rejection.code, 1);
  const timer = await program(t, 'return new Promise(function (done) { setTimeout(function () { done(); throw new Error("of a timer"); }, 1); });');
  assert.match(timer.err, /not handled by the program: Error: of a timer[^]*1 errors/);
  assert.strictEqual(timer.code, 1);
});

test('.wasm and .wasm.br are found in the package', async (t) => {
  const files = { 'a.wasm': SEVEN, 'a.wasm.br': brotliCompressSync(SEVEN) };
  for (const [kind, given] of [['wasm', '/a.wasm'], ['br', '/a.wasm.br']]) {
    for (const shape of ['instance', 'result']) {
      const ended = await program(t, 'console.log(given, exports.seven()); return Promise.resolve();', ['--wasm', kind, '--instance-shape', shape], files);
      assert.deepStrictEqual(ended, { out: `${given} 7\n`, err: '', code: 0 });
    }
  }
});

test('globals that old hosts lack', async (t) => {
  const { out } = await program(t, 'console.log(typeof globalThis, typeof BigInt); return Promise.resolve();', ['--no-globalthis', '--no-bigint']);
  assert.strictEqual(out, 'undefined undefined\n');
});

test('the app file asks, hides and shows, on every platform', async (t) => {
  const server = http.createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    request.pipe(response);
  });
  const { http: base, url } = await startServer(t, server);
  const body = `
    var api = typeof wx !== 'undefined' ? wx : typeof my !== 'undefined' ? my : swan;
    var events = [];
    api.onAppHide(function () { events.push('hide'); });
    api.onAppShow(function () { events.push('show'); });
    var task = api.connectSocket({ url: '${url}', multiple: true });
    task.onClose(function () { events.push('close'); });
    return new Promise(function (open) { task.onOpen(open); })
      .then(function () { return host.request('POST', '${base}', '{"é":1}'); })
      .then(function (got) { console.log(got.status, got.body, host.liveCounts().sockets); return host.hide(); })
      .then(function () { host.show(); console.log(events.join()); });`;
  for (const platform of ['weapp', 'alipay', 'swan']) {
    // The later of two values counts.
    const ended = await program(t, body, ['--platform', platform, '--developer', '--kill-after', '1']);
    assert.deepStrictEqual(ended, { out: '200 {"é":1} 1\nhide,close,show\n', err: '', code: 0 }, platform);
  }
});

test('arguments that are wrong', async (t) => {
  for (const args of [
    ['--bogus'], ['--platform', 'other'], ['--variant', 'other'], ['--wasm', 'other'], ['--limit', 'x'], ['--wasm', 'wasm'],
  ]) {
    const { err, code } = await program(t, '', args);
    assert.strictEqual(code, 1, args.join());
    assert.ok(err, args.join());
  }
});
