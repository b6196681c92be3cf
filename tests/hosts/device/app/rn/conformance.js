// What `device.js` asks of its host, in React Native.
// @ts-check
'use strict';

/** @type {any} */
// @ts-ignore It is there in the app.
var native = require('react-native');
// @ts-ignore It lies beside this file in the app.
var request = require('./fetch.js').request;

/** The URL of the app's script, empty where nobody knows it. @returns {string} */
function sourceOf() {
  var module = native.TurboModuleRegistry.get('SourceCode');
  return String((module && module.getConstants().scriptURL) || '');
}

/** The release of Hermes, where that runs. @returns {string | undefined} */
function engineOf() {
  /** @type {any} */
  // @ts-ignore It is no global elsewhere.
  var hermes = typeof HermesInternal === 'undefined' ? null : HermesInternal;
  var properties = hermes && hermes.getRuntimeProperties && hermes.getRuntimeProperties();
  return (properties && properties['OSS Release Version']) || undefined;
}

/** What `about.js` asks. @returns {any} */
function vendor() {
  return { Platform: native.Platform, source: sourceOf(), engine: engineOf() };
}

module.exports = { request: request, vendor: vendor };
