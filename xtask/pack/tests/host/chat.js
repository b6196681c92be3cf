// What a template's page has to do, whatever it is made with.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const https = require('node:https');
const { createRequire } = require('node:module');
const path = require('node:path');

const hosts = createRequire(path.join(__dirname, '../../../../tests/hosts/mini/host/hosts.js'));
const { WebSocketServer } = hosts('ws');
const { selfSigned } = hosts('./test/certificate.js');

/**
 * @typedef {object} Page
 * @property {any} world
 * @property {(url: string) => void} setUrl
 * @property {(text: string) => void} setText
 * @property {() => void} connect
 * @property {() => void} send
 * @property {() => void} close
 * @property {() => void} leave
 * @property {(count: number) => Promise<string[]>} lines Waits until there are so many.
 */

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

/** @param {Page} page */
async function exercise({ world, setUrl, setText, connect, send, close, leave, lines }) {
  const { sockets, url } = await echo();
  send();
  assert.deepEqual(await lines(1), ['not connected']);
  setUrl(url);
  setText('Grüße, 世界');
  connect();
  assert.equal((await lines(2))[1].trim(), 'open');
  send();
  assert.equal((await lines(3))[2], 'message Grüße, 世界');
  close();
  assert.equal((await lines(4))[3], 'close 1000 local bye');
  send();
  assert.match((await lines(5))[4], /^error sendSocketMessage:fail/);
  setUrl('http:/');
  connect();
  assert.match((await lines(6))[5], /^refused: connectSocket:fail/);
  setUrl(url);
  const second = once(sockets, 'connection');
  connect();
  const [socket] = await second;
  await lines(7);
  leave();
  await once(socket, 'close');
  assert.deepEqual(world.faults, []);
}

/** Ends the process: with 1 when the check fails or does not end. @param {Promise<void>} check */
function conclude(check) {
  setTimeout(() => {
    console.log('not done in 30 s');
    process.exit(1);
  }, 30000);
  check.then(() => process.exit(0), (error) => {
    console.log(error);
    process.exit(1);
  });
}

module.exports = { hosts, exercise, conclude };
