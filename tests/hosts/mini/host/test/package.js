// A code package in a folder of its own, for one test.
// @ts-check
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** A module with one export, `seven`, that returns 7. */
const SEVEN = Buffer.from('0061736d010000000105016000017f0302010007090105736576656e00000a0601040041070b', 'hex');

/** @param {import('node:test').TestContext} t @param {Record<string, string | Buffer>} files */
function folder(t, files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'mini-host-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
  return root;
}

module.exports = { folder, SEVEN };
