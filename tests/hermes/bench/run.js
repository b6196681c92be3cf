// Messages through the packed client in Hermes, beside plain JavaScript on the same scripted socket:
// `node run.js FOLDER [--quick]`. It ends with 1 when messages are missing.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const engine = require('../engine.js');
const { own, script } = require('../script.js');

const [folder, ...flags] = process.argv.slice(2);
const quick = flags.includes('--quick');

const SIZES = [32, 1024, 65536];
const KINDS = {
  text: 'text',
  json: 'text, which the app parses',
  binary: 'binary',
  base64: "binary, with the base64 of React Native's class",
};
const WAYS = { receive: 'received, and kept in Rust', send: 'sent from Rust', relay: 'received, given to the app, sent back by it' };
/** What is measured: only an app parses. */
const ROWS = Object.keys(WAYS).flatMap((way) => Object.keys(KINDS).map((kind) => ({ way, kind })))
  .filter(({ way, kind }) => kind !== 'json' || way === 'relay');

/** @typedef {{ cell: { way: string, kind: string, size: number }, ours: number, plain: number }} Turn */

/** @returns {Turn[]} */
function measure() {
  const cells = ROWS.flatMap((row) => SIZES.map((size) => ({ ...row, size })));
  const plan = quick ? { cells, rounds: 1, millis: 5 } : { cells, rounds: 5, millis: 100 };
  const base64 = fs.readFileSync(require.resolve('base64-js'), 'utf8');
  const modules = { 'base64-js': base64, './measure.js': own('bench/measure.js') };
  const packed = fs.readFileSync(path.join(folder, 'index.js'), 'utf8');
  const { done, said } = engine.run(script(packed, modules, `return require('./measure.js')(m, ${JSON.stringify(plan)});`));
  const lines = said.trim().split('\n');
  if (!done || lines.pop() !== 'done') throw new Error(said.slice(-2000));
  return lines.map((line) => JSON.parse(line));
}

/** @param {number[]} numbers */
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** @param {Turn[]} turns */
function cellText(turns) {
  const slower = median(turns.map(({ ours, plain }) => plain / ours));
  return `1/${slower < 10 ? slower.toFixed(1) : Math.round(slower)} (${Math.round(median(turns.map(({ ours }) => ours)))})`;
}

const turns = measure();
console.log(`Messages per second, as a fraction of those of plain JavaScript; in brackets the number on this machine. Medians of ${quick ? 1 : 5}.\n`);
console.log(`| messages | of | ${SIZES.join(' | ')} |\n|---|---|${SIZES.map(() => '---:').join('|')}|`);
for (const { way, kind } of ROWS) {
  const cells = SIZES.map((size) => cellText(turns.filter(({ cell }) => cell.way === way && cell.kind === kind && cell.size === size)));
  console.log(`| ${WAYS[way]} | ${KINDS[kind]} | ${cells.join(' | ')} |`);
}
