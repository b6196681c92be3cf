// Runs the suite's mini-program in a simulated host, its files as they are: `node start.js --help`.
// @ts-check
'use strict';

const path = require('node:path');
const { parseArgs } = require('node:util');
const { open } = require('./program.js');

const HELP = `node start.js --platform weapp|alipay|swan --project DIR [options]

  --variant NAME         one of the platform's variants
  --kill-in CASE         ends at once when that case is next, as an app that is killed
  --hide-in CASE         leaves the screen then, and comes back when the sockets are killed

Authorities beside the system's are those in the file that NODE_EXTRA_CA_CERTS names.`;

/** @type {import('node:util').ParseArgsConfig['options']} */
const OPTIONS = {
  help: { type: 'boolean' },
  ...Object.fromEntries(['platform', 'project', 'variant', 'kill-in', 'hide-in'].map((name) => [name, { type: 'string' }])),
};

/** @param {Record<string, any>} args */
async function main(args) {
  const platform = args.platform;
  const root = path.resolve(args.project);
  const { world, control, page, launch, until } = open(
    { platform, root, wasm: platform === 'weapp' },
    { variant: args.variant, developer: true, closeTimeout: 500 },
  );
  const next = (/** @type {string} */ name) => until((data) => data.next === args[name]);
  if (args['kill-in']) next('kill-in').then(() => process.exit(0));
  if (args['hide-in']) next('hide-in').then(() => control.hide()).then(() => control.show());
  launch();
  await until(({ state }) => state === 'finished' || state === 'stopped');
  // Back on the screen the page goes on by itself.
  if (args['hide-in'] && page.data.state === 'stopped') await until(({ state }) => state === 'finished');
  console.log(JSON.stringify(page.data));
  for (const thrown of world.faults) console.error('not handled by the program:', thrown);
  return page.data.state === 'finished' && world.faults.length === 0;
}

const { values } = parseArgs({ options: OPTIONS });
if (values.help || !values.platform || !values.project) {
  console.log(HELP);
  process.exit(values.help ? 0 : 1);
}
main(values).then((sound) => process.exit(sound ? 0 : 1), (error) => {
  console.error(error);
  process.exit(1);
});
