// What an app of React Native says of itself, and whether that is a phone or a tablet.
// @ts-check
'use strict';

/** Builds of Android that are none of a device: React Native knows emulators by the same words (`AndroidInfoHelpers.kt`). */
var EMULATORS = /generic|vbox|emulator|^google\/sdk_/i;

/** `brand/product/device:release/id/incremental:type/tags`, as `Build.FINGERPRINT` is on a device. */
var BUILD = /^[^/\s]+\/[^/\s]+\/[^/\s]+:[^/\s]+\/[^/\s]+\/[^/\s]+:[^/\s]+\/\S+$/;

/** Where a device has its apps, by the systems' path. */
var INSTALLED = /^file:\/\/(\/private)?\/var\/containers\//;

/** Metro's address: only a simulator reaches it as its own machine (`RCTBundleURLProvider.mm`). */
var METRO = /^https?:\/\/(?!localhost[:/]|127\.|\[::1\])/;

/**
 * @typedef {{ OS: string, constants: any }} Platform
 * @typedef {{ Platform: Platform, source: string, engine?: string }} Found What is asked: `source` is the URL of the app's script.
 */

/** What is not known to be a device is none. @param {Found} found */
function isSimulated(found) {
  var constants = found.Platform.constants || {};
  var system = found.Platform.OS;
  if (system === 'android') {
    var build = String(constants.Fingerprint);
    return !BUILD.test(build) || EMULATORS.test(build + ' ' + constants.Model);
  }
  if (system !== 'ios' || constants.isMacCatalyst) return true;
  return !INSTALLED.test(found.source) && !METRO.test(found.source);
}

/** @param {Found} found @returns {string} */
function nameOf(found) {
  var constants = found.Platform.constants || {};
  // iOS does not tell its model.
  if (found.Platform.OS === 'ios') return 'iOS ' + (constants.interfaceIdiom || 'device');
  var brand = constants.Brand ? String(constants.Brand) : '';
  var model = constants.Model ? String(constants.Model) : '';
  // Many models begin with their brand.
  if (model.toLowerCase().indexOf(brand.toLowerCase()) === 0) brand = '';
  return (brand + ' ' + model).trim() || 'unnamed device';
}

/** @param {Platform} platform @returns {string} */
function systemOf(platform) {
  var constants = platform.constants || {};
  if (platform.OS === 'android') return 'Android ' + constants.Release + ' (API ' + constants.Version + ')';
  return (constants.systemName || platform.OS) + ' ' + (constants.osVersion || '');
}

/**
 * @param {Found} found
 * @returns {{ simulated: boolean, name: string, versions: Record<string, string> }}
 */
function about(found) {
  var version = (found.Platform.constants || {}).reactNativeVersion;
  /** @type {Record<string, string>} */
  var versions = { system: systemOf(found.Platform).trim() };
  if (version) versions['react-native'] = [version.major, version.minor, version.patch].join('.');
  if (found.engine) versions.hermes = found.engine;
  return { simulated: isSimulated(found), name: nameOf(found), versions: versions };
}

module.exports = { about: about };
