// The page of a mini-program's template, in its simulated host.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const program = require('../../../../tests/hosts/mini/host/program.js');

const STYLES = { weapp: 'wxss', alipay: 'acss', swan: 'css' };
const PROJECTS = { weapp: 'project.config.json', alipay: 'mini.project.json', swan: 'project.swan.json' };

/** The page as its host would make it. @param {string} platform @param {string} root */
function open(platform, root) {
  JSON.parse(fs.readFileSync(path.join(root, PROJECTS[platform]), 'utf8'));
  const setup = { platform, root, wasm: platform === 'weapp' };
  const { world, page, launch, until } = program.open(setup, { developer: true, trust: true });
  assert.ok(fs.existsSync(path.join(root, `${page.route}.${STYLES[platform]}`)));
  launch();
  const shown = () => [...page.data.lines];
  return {
    setUrl: (/** @type {string} */ value) => page.setUrl({ detail: { value } }),
    setText: (/** @type {string} */ value) => page.setText({ detail: { value } }),
    press: (/** @type {'connect' | 'send' | 'close'} */ name) => page[name](),
    leave: () => page.onUnload(),
    shown,
    changed: () => {
      const { length } = shown();
      return until(() => shown().length !== length);
    },
    faults: () => world.faults,
  };
}

module.exports = { open };
