// Puts a script for the bare engine together.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** @param {string} file From this folder. */
const own = (file) => fs.readFileSync(path.join(__dirname, file), 'utf8');

/** A module that others can require. @param {string} name @param {string} text */
const defined = (name, text) => `define(${JSON.stringify(name)}, function (require, module, exports) {${text}\n});\n`;

/**
 * A script that loads a package, the text of its `index.js`, and then runs `body` with `m`, what it exports.
 * `body` gives a promise; at its end the last line said is `done`.
 * @param {string} packed @param {Record<string, string>} modules @param {string} body
 */
function script(packed, modules, body) {
  const parts = { './socket.js': own('socket.js'), packed, ...modules };
  return [
    own('realm.js'),
    ...Object.entries(parts).map(([name, text]) => defined(name, text)),
    `require('packed').init().then(function (m) {${body}}).then(function () { print('done'); }, function (error) { print(error.stack || error); });`,
  ].join('\n');
}

module.exports = { own, script };
