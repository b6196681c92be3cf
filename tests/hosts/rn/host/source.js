// React Native's sources, compiled by the Babel preset of their own version; what is compiled is kept.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { folderOf } = require('./download.js');

/** @typedef {'android' | 'ios'} System */

/** @type {Record<string, string>} */
const PRESETS = {
  '0.88.1': '@react-native/babel-preset',
  '0.76.9': '@react-native/babel-preset-76',
};

/** Where compiled sources are kept: gone with the packages that made them. */
const KEPT = path.join(__dirname, 'node_modules', '.react-native', 'compiled');

/** What Metro takes of these packages. @type {Record<string, string>} */
const PACKAGES = {
  'base64-js': 'index.js',
  'event-target-shim': 'dist/event-target-shim.js',
  invariant: 'browser.js',
};

/** The file that `name` is in a file `from`, as Metro finds it: the system's own comes first. @param {System} system @param {string} name @param {string} from */
function resolve(system, name, from) {
  if (!name.startsWith('.')) {
    const file = PACKAGES[name];
    if (!file) throw new Error(`${from} requires ${name}, which is not expected`);
    return path.join(__dirname, 'node_modules', name, file);
  }
  const base = path.resolve(path.dirname(from), name);
  const found = [`.${system}.js`, '.native.js', '.js'].map((ending) => base + ending).find((file) => fs.existsSync(file));
  if (!found) throw new Error(`${from} requires ${name}, which is missing`);
  return found;
}

/** @param {string} version @param {System} system @param {string} file */
function compile(version, system, file) {
  // Loaded only where something is to be compiled: it takes half a second.
  // @ts-ignore There are no typings.
  const { transformSync } = require('@babel/core');
  const made = transformSync(fs.readFileSync(file, 'utf8'), {
    filename: file,
    presets: [[require.resolve(PRESETS[version]), { enableBabelRuntime: false }]],
    babelrc: false,
    configFile: false,
    // Metro's own transformer says the same of itself.
    caller: /** @type {any} */ ({ name: 'metro', platform: system }),
  });
  if (!made || !made.code) throw new Error(`${file} compiles to nothing`);
  return made.code;
}

/** The code of one file. @param {string} version @param {System} system @param {string} file @returns {string} */
function codeOf(version, system, file) {
  const root = folderOf(version);
  const inside = path.relative(root, file);
  // Packages of npm are compiled already.
  if (inside.startsWith('..')) return fs.readFileSync(file, 'utf8');
  const kept = path.join(KEPT, `${version}-${system}`, inside);
  if (fs.existsSync(kept)) return fs.readFileSync(kept, 'utf8');
  const code = compile(version, system, file);
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  const aside = `${kept}.${process.pid}`;
  fs.writeFileSync(aside, code);
  fs.renameSync(aside, kept);
  return code;
}

module.exports = { codeOf, resolve, folderOf };
