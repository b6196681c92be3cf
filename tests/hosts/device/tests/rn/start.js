// Runs the suite's app in simulated React Native, its files as they are: `node start.js --help`.
// @ts-check
'use strict';

const { execFileSync } = require('node:child_process');
const path = require('node:path');
const { parseArgs } = require('node:util');

const REPOSITORY = path.join(__dirname, '../../../../..');
const HOST = path.join(REPOSITORY, 'tests/hosts/rn/host');
const ESBUILD = path.join(REPOSITORY, 'tests/web/node_modules/esbuild/bin/esbuild');

const HELP = `node start.js --project DIR --variant NAME [options]

  --kill-in CASE         ends at once when that case is next, as an app that is killed
  --hide-in CASE         leaves the screen then, and comes back when the sockets are killed

Authorities beside the system's are those in the file that NODE_EXTRA_CA_CERTS names.`;

/** @type {import('node:util').ParseArgsConfig['options']} */
const OPTIONS = {
  help: { type: 'boolean' },
  ...Object.fromEntries(['project', 'variant', 'kill-in', 'hide-in'].map((name) => [name, { type: 'string' }])),
};

/** One script of the app and React. @param {string} root @param {string} system */
function bundle(root, system) {
  const out = path.join(root, '..', 'bundle.js');
  execFileSync(process.execPath, [
    ESBUILD, path.join(__dirname, 'app.js'), '--bundle', '--format=cjs', '--platform=neutral', '--main-fields=react-native,main',
    '--target=es2018', '--log-level=error', '--define:process.env.NODE_ENV="production"', `--define:SYSTEM="${system}"`,
    `--alias:template=${path.join(root, 'App.tsx')}`, `--alias:react-native=${path.join(__dirname, 'react-native.js')}`,
    `--outfile=${out}`,
  ], { env: { ...process.env, NODE_PATH: path.join(HOST, 'node_modules') } });
  return out;
}

/** @param {Record<string, any>} args */
async function main(args) {
  const { makeHost, VARIANTS } = require(path.join(HOST, 'hosts.js'));
  const root = path.resolve(args.project);
  const { world, context } = makeHost(root, args.variant, { closeTimeout: 500 });
  const app = context.load(bundle(root, VARIANTS[args.variant].system));
  const screen = app.mount();
  /** @returns {string[]} */
  const shown = () => screen.toJSON() ? screen.root.findAllByType('Text').map((/** @type {any} */ it) => it.props.children) : [];
  /** @param {string[]} lines Resolves once one of them is shown. */
  const until = async (...lines) => {
    while (!shown().some((line) => lines.includes(line))) await new Promise((resolve) => { setTimeout(resolve, 1); });
  };
  if (args['kill-in']) until(args['kill-in']).then(() => process.exit(0));
  if (args['hide-in']) {
    await until(args['hide-in']);
    app.turn('background');
    await world.hide();
    world.show();
    app.turn('active');
    // Back on the screen the app goes on by itself.
    await until('finished');
  }
  await until('finished', 'stopped');
  console.log(shown().join('\n'));
  for (const thrown of world.faults) console.error('not handled by the program:', thrown);
  return shown().includes('finished') && world.faults.length === 0;
}

const { values } = parseArgs({ options: OPTIONS });
if (values.help || !values.project || !values.variant) {
  console.log(HELP);
  process.exit(values.help ? 0 : 1);
}
main(values).then((sound) => process.exit(sound ? 0 : 1), (error) => {
  console.error(error);
  process.exit(1);
});
