// What a simulated host says of the device: that it is none.
// @ts-check
'use strict';

/** In every handshake, so that a server knows what it talks to. No device sends it. */
const HEADER = { 'x-simulated-host': 'taro-socket' };

/** The part of `getSystemInfoSync` that all vendors have. @param {import('./world.js').World} world */
function systemInfo(world) {
  const { node: version } = process.versions;
  return {
    brand: 'simulated',
    model: world.options.variant || 'default variant',
    platform: 'simulated',
    system: `Node.js ${version}`,
    version,
    SDKVersion: '0.0.0',
  };
}

module.exports = { HEADER, systemInfo };
