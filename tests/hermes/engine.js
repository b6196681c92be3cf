// The programs that npm has of Hermes.
// @ts-check
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const SYSTEM = { linux: 'linux64-bin', darwin: 'osx-bin', win32: 'win64-bin' }[/** @type {string} */ (os.platform())];

/** @param {string} folder @param {string} name */
function program(folder, name) {
  const file = path.join(__dirname, 'node_modules', folder, String(SYSTEM), name);
  if (!fs.existsSync(file) && !fs.existsSync(`${file}.exe`)) throw new Error(`${file} is missing; see \`cargo xtask setup\``);
  return file;
}

/** @param {string} file @param {string[]} args */
function start(file, args) {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', timeout: 120000, maxBuffer: 1 << 26 });
  if (error) throw error;
  return { done: status === 0, said: `${stdout}${stderr}` };
}

/** Calls `use` with a file that holds this text. @template T @param {string} text @param {(file: string) => T} use @returns {T} */
function withFile(text, use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hermes-'));
  try {
    const file = path.join(folder, 'script.js');
    fs.writeFileSync(file, text);
    return use(file);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Runs the script in the virtual machine, optimized as in a released app. @param {string} text */
function run(text) {
  const vm = program('hermes-engine-cli', 'hermes');
  return withFile(text, (file) => start(vm, ['-O', '-w', '-Xmicrotask-queue', file]));
}

/** Whether the compiler of today's React Native takes the script. @param {string} text */
function compile(text) {
  const compiler = program('hermes-compiler/hermesc', 'hermesc');
  return withFile(text, (file) => start(compiler, ['-emit-binary', '-O', '-w', '-out', `${file}.hbc`, file]));
}

module.exports = { compile, run };
