// Runs a packed program inside a simulated host: `node run.js --help`.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { makeHost, VARIANTS } = require('./hosts.js');

const HELP = `node run.js --variant NAME --package DIR --config FILE [options]
node run.js --list                 prints the variants as JSON

  --entry index.js                 the packed CommonJS module in DIR
  --trust                          takes every certificate
  --dial-timeout MS                how long a handshake may take at most
  --close-timeout MS               how long the system waits for the peer's close (60000)`;

/** @type {import('node:util').ParseArgsConfig['options']} */
const OPTIONS = {
  ...Object.fromEntries(['list', 'help', 'trust'].map((name) => [name, { type: 'boolean' }])),
  ...Object.fromEntries(['variant', 'package', 'config', 'dial-timeout', 'close-timeout'].map((name) => [name, { type: 'string' }])),
  entry: { type: 'string', default: 'index.js' },
};

/** @param {any} given @returns {number | undefined} */
function number(given) {
  if (given === undefined) return undefined;
  if (!/^\d+$/.test(given)) throw new Error(`not a number: ${given}`);
  return Number(given);
}

/** @param {Record<string, any>} args */
async function main(args) {
  for (const name of ['variant', 'package', 'config']) if (!args[name]) throw new Error(`--${name} is missing\n\n${HELP}`);
  const root = path.resolve(args.package);
  const config = fs.readFileSync(args.config, 'utf8');
  const { world, context, control } = makeHost(root, args.variant, {
    trust: args.trust,
    dialTimeout: number(args['dial-timeout']) ?? Infinity,
    closeTimeout: number(args['close-timeout']),
  });
  process.on('unhandledRejection', (thrown) => world.fault(thrown));
  process.on('uncaughtException', (thrown) => world.fault(thrown));
  // At once: a program that has thrown may wait for ever.
  world.told = (thrown) => console.error(`not handled by the program: ${text(thrown)}`);
  let failure;
  try {
    const module = context.load(path.join(root, args.entry));
    await module.init();
    await context.load(path.join(__dirname, 'app', 'conformance.js')).run(module, config, control);
    // Rejections nobody has handled by now are told in the next task.
    await new Promise((resolve) => setImmediate(resolve));
  } catch (thrown) {
    failure = thrown;
    console.error(text(thrown));
  }
  if (world.faults.length) console.error(`${world.faults.length} errors that the program did not handle`);
  return failure === undefined && world.faults.length === 0;
}

/** @param {any} thrown Perhaps of the program's realm. */
function text(thrown) {
  if (thrown && thrown.stack) return String(thrown.stack);
  return typeof thrown === 'object' ? JSON.stringify(thrown) : String(thrown);
}

function start() {
  /** @type {Record<string, any>} */
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return console.log(HELP);
  if (values.list) return console.log(JSON.stringify(Object.keys(VARIANTS)));
  process.on('beforeExit', () => {
    console.error('the program came to a stop without an end');
    process.exit(1);
  });
  // Sockets that the program has left would keep the process alive.
  main(values).then((sound) => process.exit(sound ? 0 : 1), (thrown) => {
    console.error(thrown.message);
    process.exit(1);
  });
}

try {
  start();
} catch (thrown) {
  console.error(/** @type {Error} */ (thrown).message);
  process.exit(1);
}
