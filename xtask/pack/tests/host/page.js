// The page of a mini-program's template, in its simulated host.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const { makeHost } = require('../../../../tests/hosts/mini/host/hosts.js');

const ENDINGS = { weapp: ['wxml', 'wxss'], alipay: ['axml', 'acss'], swan: ['swan', 'css'] };
const PROJECTS = { weapp: 'project.config.json', alipay: 'mini.project.json', swan: 'project.swan.json' };

/** The template's only page, with all files that the platform asks for. @param {string} platform @param {string} root */
function pageFile(platform, root) {
  const json = (/** @type {string} */ name) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));
  json(PROJECTS[platform]);
  const [page] = json('app.json').pages;
  json(`${page}.json`);
  for (const ending of ENDINGS[platform]) assert.ok(fs.existsSync(path.join(root, `${page}.${ending}`)), ending);
  return path.join(root, `${page}.js`);
}

/** The page as its host would make it. @param {string} platform @param {string} root */
function open(platform, root) {
  const { world, context } = makeHost({ platform, root, wasm: platform === 'weapp' }, { developer: true, trust: true });
  const realm = context.run('globalThis');
  /** @type {any} */
  let page;
  /** @type {() => void} */
  let wake = () => {};
  realm.App = () => {};
  realm.Page = (/** @type {any} */ given) => { page = given; };
  context.load(path.join(root, 'app.js'));
  context.load(pageFile(platform, root));
  page.setData = (/** @type {any} */ data) => {
    Object.assign(page.data, data);
    wake();
  };
  return {
    setUrl: (/** @type {string} */ value) => page.setUrl({ detail: { value } }),
    setText: (/** @type {string} */ value) => page.setText({ detail: { value } }),
    press: (/** @type {'connect' | 'send' | 'close'} */ name) => page[name](),
    leave: () => page.onUnload(),
    /** @returns {string[]} */
    shown: () => [...page.data.lines],
    /** The next change of what is shown. */
    changed: () => new Promise((resolve) => { wake = () => resolve(undefined); }),
    faults: () => world.faults,
  };
}

module.exports = { open };
