// Runs a template in a simulated host: `node template.js PLATFORM FOLDER`. It ends with 1 when a check fails.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { hosts, exercise, conclude } = require('./chat.js');

const { open } = hosts('./program.js');

const [platform, root] = process.argv.slice(2);
const STYLES = { weapp: 'wxss', alipay: 'acss', swan: 'css' };
const PROJECTS = { weapp: 'project.config.json', alipay: 'mini.project.json', swan: 'project.swan.json' };

async function main() {
  JSON.parse(fs.readFileSync(path.join(root, PROJECTS[platform]), 'utf8'));
  const { world, page, launch, until } = open({ platform, root, wasm: platform === 'weapp' }, { developer: true, trust: true });
  assert.ok(fs.existsSync(path.join(root, `${page.route}.${STYLES[platform]}`)));
  launch();
  await exercise({
    world,
    setUrl: (value) => page.setUrl({ detail: { value } }),
    setText: (value) => page.setText({ detail: { value } }),
    connect: () => page.connect(),
    send: () => page.send(),
    close: () => page.close(),
    leave: () => page.onUnload(),
    lines: async (count) => {
      await until((/** @type {any} */ data) => data.lines.length >= count);
      return [...page.data.lines];
    },
  });
}

conclude(main());
