// What a host says of itself, and whether that is a client on a device.
// @ts-check
'use strict';

/** `platform` of the vendors' clients on phones, tablets and desktops. The developer tools say `devtools`. */
var CLIENTS = ['android', 'ios', 'iphone os', 'ohos', 'ohos_pc', 'harmonyos', 'windows', 'mac'];

/** Words of tools in brand, model or host: their simulators take a phone's `platform` in some versions. */
var TOOLS = /devtool|simulat|emulator/i;

/** @param {any} info @param {any} api */
function isSimulated(info, api) {
  if (api.isIDE === true) return true;
  if (TOOLS.test([info.brand, info.model, info.host].join(' '))) return true;
  // What is not known to be a client is none.
  return CLIENTS.indexOf(String(info.platform).toLowerCase()) < 0;
}

/** @param {any} info @returns {string} */
function nameOf(info) {
  var brand = info.brand ? String(info.brand) : '';
  var model = info.model ? String(info.model) : '';
  // Many models begin with their brand.
  if (model.toLowerCase().indexOf(brand.toLowerCase()) === 0) brand = '';
  return (brand + ' ' + model).trim() || 'unnamed device';
}

/**
 * @param {any} api The vendor's object.
 * @returns {{ simulated: boolean, name: string, versions: Record<string, string> }}
 */
function about(api) {
  var info = api.getSystemInfoSync() || {};
  /** @type {Record<string, string>} */
  var versions = {};
  /** @param {string} part @param {any} version */
  function add(part, version) {
    if (version) versions[part] = String(version);
  }
  add('base library', info.SDKVersion || api.SDKVersion);
  add('client', info.version);
  // Alipay's names of systems are in `platform`.
  add('system', /[a-z]/i.test(info.system || '') ? info.system : info.system && info.platform + ' ' + info.system);
  return { simulated: isSimulated(info, api), name: nameOf(info), versions: versions };
}

module.exports = { about: about };
