// The command line: a packed program, its end and what it left unhandled.
// @ts-check
'use strict';

const { test } = require('node:test');
const { spawn } = require('node:child_process');
const http = require('node:http');
const path = require('node:path');
const { text } = require('node:stream/consumers');
const { folder } = require('../../../mini/host/test/package.js');
const { assert, startServer } = require('./support.js');

/** @param {string[]} args */
async function cli(args) {
  const child = spawn(process.execPath, [path.join(__dirname, '..', 'run.js'), ...args]);
  const [out, err, code] = await Promise.all([
    text(child.stdout), text(child.stderr), new Promise((resolve) => child.on('exit', resolve)),
  ]);
  return { out, err, code };
}

/** @param {import('node:test').TestContext} t @param {string} body Of `run(config, host)`. */
function program(t, body) {
  const root = folder(t, {
    'index.js': `
      exports.init = function () { return Promise.resolve(); };
      exports.run = function (config, host) { ${body} };`,
    'config.json': '{"a":1}',
  });
  return cli(['--variant', 'ios-88', '--package', root, '--config', path.join(root, 'config.json')]);
}

test('lists every variant', async () => {
  const { out, code } = await cli(['--list']);
  assert.deepStrictEqual([JSON.parse(out), code], [['android-88', 'ios-88', 'android-76', 'ios-76', 'android-88-sync', 'ios-88-sync'], 0]);
});

test('a program that resolves', async (t) => {
  const { out, err, code } = await program(t, 'console.log(config, Object.keys(host).join()); return Promise.resolve();');
  assert.deepStrictEqual([out, err, code], ['{"a":1} request,liveCounts\n', '', 0]);
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

test('what nobody handles is told, and fails', async (t) => {
  const { err, code } = await program(t, `
    return new Promise(function (resolve) {
      setTimeout(function () { setTimeout(resolve, 1); throw new Error('of a timer'); }, 1);
    });`);
  assert.match(err, /not handled by the program: Error: of a timer/);
  assert.strictEqual(code, 1);
});

test('requests go through fetch', async (t) => {
  const server = http.createServer((request, response) => {
    text(request).then((body) => response.writeHead(request.url === '/no' ? 404 : 200).end(`${request.method} ${body}`));
  });
  const { http: url } = await startServer(t, server);
  const { out, code } = await program(t, `
    return host.request('POST', '${url}', 'text').then(function (answer) {
      console.log(answer.status, answer.body);
      return host.request('GET', '${url}no');
    }).then(function (answer) { console.log(answer.status, answer.body); });`);
  assert.deepStrictEqual([out, code], ['200 POST text\n404 GET \n', 0]);
});

test('an argument that is missing is named', async () => {
  const { err, code } = await cli(['--package', '.']);
  assert.match(err, /--variant is missing/);
  assert.strictEqual(code, 1);
});
