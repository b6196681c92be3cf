// The screen of React Native's template: React itself, over React Native's own `WebSocket` in its simulated host.
// @ts-check
'use strict';

const { execFileSync } = require('node:child_process');
const path = require('node:path');

const REPOSITORY = path.join(__dirname, '../../../..');
const HOST = path.join(REPOSITORY, 'tests/hosts/rn/host');
const ESBUILD = path.join(REPOSITORY, 'tests/web/node_modules/esbuild/bin/esbuild');

/** One script of the screen, its package, and React. @param {string} root */
function bundle(root) {
  const out = path.join(root, 'bundle.js');
  execFileSync(process.execPath, [
    ESBUILD, path.join(__dirname, 'rn/mount.js'), '--bundle', '--format=cjs', '--platform=neutral', '--main-fields=react-native,main',
    '--target=es2018', '--log-level=error', '--define:process.env.NODE_ENV="production"',
    `--alias:template=${path.join(root, 'App.tsx')}`, `--alias:react-native=${path.join(__dirname, 'rn/react-native.js')}`,
    `--outfile=${out}`,
  ], { env: { ...process.env, NODE_PATH: path.join(HOST, 'node_modules') } });
  return out;
}

/** The screen as its host would make it. @param {string} root @param {string} variant */
async function open(root, variant) {
  const { makeHost } = require(path.join(HOST, 'hosts.js'));
  const { world, context } = makeHost(root, variant, { trust: true });
  const renderer = context.load(bundle(root)).mount();
  const turn = () => new Promise((resolve) => { setTimeout(resolve, 1); });
  while (!renderer.toJSON()) await turn();
  const all = (/** @type {string} */ type) => renderer.root.findAllByType(type);
  /** React shows what was typed in a turn of its own. @param {number} field @param {string} value */
  const type = async (field, value) => {
    all('TextInput')[field].props.onChangeText(value);
    while (all('TextInput')[field].props.value !== value) await turn();
  };
  return {
    setUrl: (/** @type {string} */ value) => type(0, value),
    setText: (/** @type {string} */ value) => type(1, value),
    press: (/** @type {string} */ name) => all('Button').find((/** @type {any} */ it) => it.props.title === name).props.onPress(),
    leave: () => renderer.unmount(),
    /** @returns {string[]} */
    shown: () => [...all('Text')].map((/** @type {any} */ it) => it.props.children),
    changed: turn,
    faults: () => world.faults,
  };
}

module.exports = { open };
