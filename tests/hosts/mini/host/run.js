// Runs a packed program inside a simulated host: `node run.js --help`.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { makeHost, variants } = require('./hosts.js');

const HELP = `node run.js --platform weapp|alipay|swan --package DIR --config FILE [options]
node run.js --list                 prints the variants of every platform as JSON

  --variant NAME                   one of the platform's variants
  --entry index.js                 the packed CommonJS module in DIR
  --wasm wasm|br|none              what init is given: the package's .wasm or .wasm.br, or nothing (default);
                                   on Alipay and Baidu its bytes, and the engine's own WebAssembly is there
  --instance-shape instance|result what WXWebAssembly.instantiate gives (instance)
  --no-globalthis, --no-bigint     globals that old hosts lack
  --developer                      ws: is allowed, domains are not checked
  --domain NAME[:PORT]             a domain that may be dialled, repeatable; all without it
  --trust                          takes every certificate
  --limit N                        sockets at once (5)
  --kill-after MS                  from hide to kill (50)
  --dial-timeout MS                how long a handshake may take at most (60000)
  --close-timeout MS               how long a close waits for the peer's (30000)`;

/** @type {import('node:util').ParseArgsConfig['options']} */
const OPTIONS = {
  ...Object.fromEntries(['list', 'help', 'trust', 'developer', 'no-globalthis', 'no-bigint'].map((name) => [name, { type: 'boolean' }])),
  ...Object.fromEntries(['platform', 'variant', 'package', 'config', 'limit', 'kill-after', 'dial-timeout', 'close-timeout'].map((name) => [name, { type: 'string' }])),
  entry: { type: 'string', default: 'index.js' },
  wasm: { type: 'string', default: 'none' },
  'instance-shape': { type: 'string', default: 'instance' },
  domain: { type: 'string', multiple: true },
};

/** @param {any} given @returns {number | undefined} */
function number(given) {
  if (given === undefined) return undefined;
  if (!/^\d+$/.test(given)) throw new Error(`not a number: ${given}`);
  return Number(given);
}

/** @param {string} name @param {any} given @param {string[]} of */
function oneOf(name, given, of) {
  if (!of.includes(given)) throw new Error(`--${name} must be one of ${of.join(', ')}`);
  return given;
}

/** The only module of that kind: its path from the package's root. @param {string} root @param {string} kind */
function wasmPath(root, kind) {
  const ending = kind === 'br' ? '.wasm.br' : '.wasm';
  const found = fs.readdirSync(root).filter((name) => name.endsWith(ending));
  if (found.length !== 1) throw new Error(`${found.length} files ${ending} in ${root}, one is needed`);
  return `/${found[0]}`;
}

/** What `init` is given: a path, or bytes where the host loads no file. @param {string} platform @param {string} root @param {string} wasm */
function source(platform, root, wasm) {
  if (wasm === 'none') return undefined;
  const file = wasmPath(root, wasm);
  return platform === 'weapp' ? file : fs.readFileSync(path.join(root, file));
}

/** @param {Record<string, any>} args */
async function main(args) {
  for (const name of ['platform', 'package', 'config']) if (!args[name]) throw new Error(`--${name} is missing\n\n${HELP}`);
  const root = path.resolve(args.package);
  const wasm = oneOf('wasm', args.wasm, ['wasm', 'br', 'none']);
  const config = fs.readFileSync(args.config, 'utf8');
  const { world, context, control } = makeHost({
    platform: args.platform,
    root,
    wasm: wasm !== 'none',
    instanceShape: oneOf('instance-shape', args['instance-shape'], ['instance', 'result']),
    noGlobalThis: args['no-globalthis'],
    noBigInt: args['no-bigint'],
  }, {
    variant: args.variant,
    developer: args.developer,
    domains: args.domain,
    trust: args.trust,
    limit: number(args.limit),
    killAfter: number(args['kill-after']),
    dialTimeout: number(args['dial-timeout']),
    closeTimeout: number(args['close-timeout']),
  });
  process.on('unhandledRejection', (thrown) => world.fault(thrown));
  process.on('uncaughtException', (thrown) => world.fault(thrown));
  // At once: a program that has thrown may wait for ever.
  world.told = (thrown) => console.error(`not handled by the program: ${text(thrown)}`);
  let failure;
  try {
    const module = context.load(path.join(root, args.entry));
    await module.init(source(args.platform, root, wasm));
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
  if (values.list) return console.log(JSON.stringify(variants()));
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
