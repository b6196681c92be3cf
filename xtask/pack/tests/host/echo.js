// An echo over TLS: one platform has nothing else.
// @ts-check
'use strict';

const { once } = require('node:events');
const https = require('node:https');
const { createRequire } = require('node:module');
const path = require('node:path');

const hosts = createRequire(path.join(__dirname, '../../../../tests/hosts/mini/host/hosts.js'));
const { WebSocketServer } = hosts('ws');
const { selfSigned } = hosts('./test/certificate.js');

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

module.exports = { echo };
