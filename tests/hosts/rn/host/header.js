// The header of the handshake, as the systems' modules make it of what JavaScript gives.
// @ts-check
'use strict';

/** @typedef {Record<string, string>} Header */

/** The page that a browser would say it is, made of the URL. @param {string} url */
const originOf = (url) => url.replace(/^ws/i, 'http').replace(/^(\w+:\/\/[^/?#]+).*/, '$1');

/** @param {Header} header @param {string} url */
function withOrigin(header, url) {
  const given = Object.keys(header).some((name) => name.toLowerCase() === 'origin');
  return given ? header : { ...header, origin: originOf(url) };
}

/** What is no text is left out; subprotocols with a comma are dropped. @param {string} url @param {any} protocols @param {any} given */
function android(url, protocols, given) {
  const texts = Object.entries(given || {}).filter(([, value]) => typeof value === 'string');
  const header = withOrigin(/** @type {Header} */ (Object.fromEntries(texts)), url);
  const names = Array.from(protocols || [], (name) => String(name).trim()).filter((name) => name && !name.includes(','));
  return names.length ? { ...header, 'Sec-WebSocket-Protocol': names.join(',') } : header;
}

/** @param {string} url @param {any} protocols @param {any} given */
function ios(url, protocols, given) {
  const texts = Object.entries(given || {}).map(([name, value]) => [name, String(value)]);
  const header = withOrigin(Object.fromEntries(texts), url);
  const names = Array.from(protocols || []);
  return names.length ? { ...header, 'Sec-WebSocket-Protocol': names.join(', ') } : header;
}

module.exports = { android, ios };
