// What counts as a device of React Native: `node about.js`. It ends with 1 when a check fails.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { about } = require('../../app/rn/about.js');

const ANDROID = {
  Version: 34, Release: '14', Model: 'Mi 10', Brand: 'Xiaomi', reactNativeVersion: { major: 0, minor: 88, patch: 1 },
  Fingerprint: 'Xiaomi/umi/umi:14/UKQ1.230804.001/V816.0.4:user/release-keys',
};
const IOS = { osVersion: '18.0', systemName: 'iOS', interfaceIdiom: 'phone', reactNativeVersion: ANDROID.reactNativeVersion };
const INSTALLED = 'file:///var/containers/Bundle/Application/0/Suite.app/main.jsbundle';

/** @param {object} change @param {string} [OS] */
const android = (change, OS = 'android') => about({ Platform: { OS, constants: { ...ANDROID, ...change } }, source: '' });
/** @param {string} source @param {object} [change] */
const ios = (source, change) => about({ Platform: { OS: 'ios', constants: { ...IOS, ...change } }, source, engine: '0.15.0' });

assert.deepEqual(android({}), {
  simulated: false, name: 'Xiaomi Mi 10', versions: { system: 'Android 14 (API 34)', 'react-native': '0.88.1' },
});
assert.deepEqual(ios(INSTALLED), {
  simulated: false, name: 'iOS phone', versions: { system: 'iOS 18.0', 'react-native': '0.88.1', hermes: '0.15.0' },
});
assert.equal(android({ Model: 'XIAOMI 14' }).name, 'XIAOMI 14');

for (const Fingerprint of [
  undefined, '', 'unknown', 'robolectric',
  'google/sdk_gphone64_x86_64/emu64xa:14/UE1A.230829.036/11228894:userdebug/dev-keys',
  'Android/sdk_phone/generic_x86:9/PSR1.180720.122/6736742:eng/test-keys',
  'Android/vbox86p/vbox86p:9/PI/12:userdebug/test-keys',
]) assert.ok(android({ Fingerprint }).simulated, Fingerprint);
for (const OS of ['windows', 'macos', 'web', 'simulated']) assert.ok(android({}, OS).simulated, OS);

for (const source of ['http://192.168.1.5:8081/index.bundle?platform=ios', 'file:///private/var/containers/Bundle/x/main.jsbundle']) {
  assert.ok(!ios(source).simulated, source);
}
for (const source of [
  '', 'http://localhost:8081/index.bundle?platform=ios', 'http://127.0.0.1:8081/index.bundle',
  'file:///Users/me/Library/Developer/CoreSimulator/Devices/0/data/Containers/Bundle/Application/0/Suite.app/main.jsbundle',
]) assert.ok(ios(source).simulated, source);
assert.ok(ios(INSTALLED, { isMacCatalyst: true }).simulated);
assert.ok(about({ Platform: { OS: 'android', constants: undefined }, source: '' }).simulated);
