// A key and a certificate of its own for 127.0.0.1, made anew for each run.
// @ts-check
'use strict';

const crypto = require('node:crypto');

/** One DER element. @param {number} tag @param {...Buffer} parts */
function der(tag, ...parts) {
  const body = Buffer.concat(parts);
  const { length } = body;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), body]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 255]), body]);
}

const ECDSA_SHA256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
const COMMON_NAME = Buffer.from('550403', 'hex');

/** @param {number} days From now. */
function time(days) {
  const text = new Date(Date.now() + days * 86400000).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(text));
}

/** PEM, as servers take it. */
function selfSigned() {
  const { privateKey, publicKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = der(0x30, der(0x31, der(0x30, der(0x06, COMMON_NAME), der(0x0c, Buffer.from('127.0.0.1')))));
  const body = der(0x30,
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256, name, der(0x30, time(-1), time(1)), name,
    publicKey.export({ type: 'spki', format: 'der' }));
  const signature = crypto.sign('sha256', body, privateKey);
  const whole = der(0x30, body, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature));
  const cert = `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`;
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), cert };
}

module.exports = { selfSigned };
