// Runs a template in a simulated host: `node template.js PLATFORM FOLDER`. It ends with 1 when a check fails.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const fs = require('node:fs');
const https = require('node:https');
const { createRequire } = require('node:module');
const path = require('node:path');

const HOSTS = path.join(__dirname, '../../../../tests/hosts/mini/host/hosts.js');
const hosts = createRequire(HOSTS);
const { WebSocketServer } = hosts('ws');
const { makeHost } = hosts('./hosts.js');
const { selfSigned } = hosts('./test/certificate.js');

const [platform, root] = process.argv.slice(2);
const ENDINGS = { weapp: ['wxml', 'wxss'], alipay: ['axml', 'acss'], swan: ['swan', 'css'] };
const PROJECTS = { weapp: 'project.config.json', alipay: 'mini.project.json', swan: 'project.swan.json' };

/** An echo over TLS: one platform has nothing else. */
async function echo() {
  const server = https.createServer(selfSigned());
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (/** @type {any} */ socket) => {
    socket.on('message', (/** @type {Buffer} */ data, /** @type {boolean} */ binary) => socket.send(data, { binary }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { sockets, url: `wss://127.0.0.1:${port}/` };
}

/** The template's only page, with all files that the platform asks for. */
function pageFile() {
  const json = (/** @type {string} */ name) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));
  json(PROJECTS[platform]);
  const [page] = json('app.json').pages;
  json(`${page}.json`);
  for (const ending of ENDINGS[platform]) assert.ok(fs.existsSync(path.join(root, `${page}.${ending}`)), ending);
  return path.join(root, `${page}.js`);
}

/** The page as its host would make it. */
function open() {
  const { world, context } = makeHost({ platform, root, wasm: platform === 'weapp' }, { developer: true, trust: true });
  const realm = context.run('globalThis');
  /** @type {any} */
  let page;
  /** @type {() => void} */
  let wake = () => {};
  realm.App = () => {};
  realm.Page = (/** @type {any} */ given) => { page = given; };
  context.load(path.join(root, 'app.js'));
  context.load(pageFile());
  page.setData = (/** @type {any} */ data) => {
    Object.assign(page.data, data);
    wake();
  };
  /** Waits until there are so many lines. @param {number} count */
  const lines = async (count) => {
    while (page.data.lines.length < count) await new Promise((resolve) => { wake = () => resolve(undefined); });
    return [...page.data.lines];
  };
  return { world, page, lines };
}

async function main() {
  const { sockets, url } = await echo();
  const { world, page, lines } = open();
  page.send();
  assert.deepEqual(await lines(1), ['not connected']);
  page.setUrl({ detail: { value: url } });
  page.setText({ detail: { value: 'Grüße, 世界' } });
  await page.connect();
  assert.equal((await lines(2))[1].trim(), 'open');
  page.send();
  assert.equal((await lines(3))[2], 'message Grüße, 世界');
  page.close();
  assert.equal((await lines(4))[3], 'close 1000 local bye');
  page.send();
  assert.match((await lines(5))[4], /^error sendSocketMessage:fail/);
  const second = once(sockets, 'connection');
  await page.connect();
  const [socket] = await second;
  await lines(6);
  page.onUnload();
  await once(socket, 'close');
  page.setUrl({ detail: { value: 'http:/' } });
  await page.connect();
  assert.match((await lines(7))[6], /^refused: connectSocket:fail/);
  assert.deepEqual(world.faults, []);
}

// What never comes is a failure, too.
setTimeout(() => {
  console.log('not done in 30 s');
  process.exit(1);
}, 30000);

main().then(() => process.exit(0), (error) => {
  console.log(error);
  process.exit(1);
});
