// Buffers across realms, and what went wrong in a handshake.
// @ts-check
'use strict';

/**
 * @typedef {'url' | 'status' | 'accept' | 'handshake' | 'timeout' | 'dns' | 'tls' | 'connect' | 'domain'} FailureKind
 * @typedef {{ kind: FailureKind, text: string }} Failure
 */

/** Told by what it is: a program's buffers are of another realm. @param {unknown} value @returns {value is ArrayBuffer} */
function isArrayBuffer(value) {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

/** A new ArrayBuffer of the host's realm. @param {Uint8Array} bytes @returns {ArrayBuffer} */
function toArrayBuffer(bytes) {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** @param {any} error @returns {Failure} */
function failureOf(error) {
  const text = String((error && error.message) || error || 'closed before it was open');
  const code = String((error && error.code) || '');
  /** @type {[RegExp, FailureKind][]} */
  const table = [
    [/^Unexpected server response/, 'status'],
    [/Sec-WebSocket-Accept/, 'accept'],
    [/timed out|ETIMEDOUT/, 'timeout'],
    [/subprotocol was duplicated|Invalid URL|fragment|protocol must be|ERR_INVALID_(CHAR|URL)|ERR_UNESCAPED/, 'url'],
    [/subprotocol|Sec-WebSocket|Upgrade/, 'handshake'],
    [/ENOTFOUND|EAI_AGAIN/, 'dns'],
    [/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/, 'tls'],
  ];
  const found = table.find(([pattern]) => pattern.test(text) || pattern.test(code));
  return { kind: found ? found[1] : 'connect', text };
}

module.exports = { isArrayBuffer, toArrayBuffer, failureOf };
