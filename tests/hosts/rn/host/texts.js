// What the systems' clients say of a failure.
// @ts-check
'use strict';

/** @typedef {import('../../mini/host/payload.js').Failure} Failure */

/** The status in a text of `ws`. @param {string} text */
const statusOf = (text) => (/: (\d+)/.exec(text) || ['', '0'])[1];

/** OkHttp says the same of a code that it is given and of one that it receives. @param {number} code */
function codeText(code) {
  if (code < 1000 || code >= 5000) return `Code must be in range [1000,5000): ${code}`;
  const reserved = (code >= 1004 && code <= 1006) || (code >= 1015 && code <= 2999);
  return reserved ? `Code ${code} is reserved and may not be used.` : null;
}

/** The code in a breach that `ws` tells. @param {string} text */
function brokenCode(text) {
  const found = /invalid status code (\d+)/.exec(text);
  return found && Number(found[1]);
}

/** @param {Failure} failure @param {string} url */
function okhttp({ kind, text }, url) {
  if (/extension/i.test(text)) return 'unexpected Sec-WebSocket-Extensions in response header';
  const host = /^wss?:\/\/([^/?]+)/i.exec(url);
  const name = host ? host[1] : url;
  switch (kind) {
    case 'status': return `Expected HTTP 101 response but was '${statusOf(text)} '`;
    case 'accept': return "Expected 'Sec-WebSocket-Accept' header value '=' but was '-'";
    case 'handshake': return "Expected 'Upgrade' header value 'websocket' but was 'null'";
    case 'dns': return `Unable to resolve host "${name}": No address associated with hostname`;
    case 'tls': return 'java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.';
    case 'timeout': return `failed to connect to /${name} after 10000ms`;
    case 'connect': return /reset|hang up/.test(text) ? 'unexpected end of stream' : `Failed to connect to /${name}`;
    default: return text;
  }
}

/** @param {Failure} failure */
function ios({ kind, text }) {
  if (/extension/i.test(text)) return 'Invalid Sec-WebSocket-Extensions response.';
  switch (kind) {
    case 'status': return `Received bad response code from server: ${statusOf(text)}.`;
    case 'accept': return 'Invalid Sec-WebSocket-Accept response.';
    case 'handshake': return 'Invalid Sec-WebSocket-Accept response.';
    case 'dns': return 'A server with the specified hostname could not be found.';
    case 'tls': return 'The certificate for this server is invalid.';
    case 'timeout': return 'Timed out connecting to server.';
    case 'url': return 'Invalid WebSocket URL';
    default: return `The operation couldn’t be completed. ${/reset|hang up/.test(text) ? 'Connection reset by peer' : 'Connection refused'}`;
  }
}

module.exports = { okhttp, ios, codeText, brokenCode };
