// Loads the fixture that was packed for browsers: `node browser.mjs FOLDER NAME [wide]`. It ends with 1 when a check
// fails.
// @ts-check
import assert from 'node:assert/strict';
import fs from 'node:fs';

const [folder, name, wide] = process.argv.slice(2);
const bytes = fs.readFileSync(`${folder}/${name}.wasm`);
const address = `file://${folder}/${name}.wasm`;
const asked = [];

/** @param {string} [type] @param {number} [status] */
const answer = (type, status) => new Response(bytes, { status, headers: type ? { 'content-type': type } : {} });

/** The module as another page has it. */
const page = async () => import(`file://${folder}/index.js?${Math.random()}`);

/** @param {(page: any) => any} source */
async function works(source) {
  const chat = await page();
  const given = source(chat);
  const [first, second] = [chat.default(given), chat.default(given)];
  assert.equal(first, second);
  assert.equal(await first, undefined);
  assert.equal(chat.starts(), 1);
  assert.equal(chat.echo('Grüße, 世界'), 'Grüße, 世界');
  assert.deepEqual([...chat.reversed(new Uint8Array([1, 2, 3]))], [3, 2, 1]);
  assert.equal(await chat.afterPromise(Promise.resolve('this')), 'after this');
  assert.throws(() => chat.fail('so'), /so/);
  await Promise.all([chat.default(), chat.default('elsewhere')]);
  assert.equal(chat.starts(), 1, 'it starts once');
}

globalThis.fetch = async (url) => {
  asked.push(String(url));
  return answer('application/wasm');
};
await works(() => undefined);
await works(() => address);
assert.equal(asked.length, 2);
assert.ok(asked[0].startsWith(address), `${asked}`);

await works(() => new URL(address));
await works(() => bytes);
await works(() => WebAssembly.compile(bytes));
await works(() => answer('application/wasm'));
await works(() => answer('application/wasm; charset=utf-8'));
await works(() => answer('application/octet-stream'));
await works(async () => answer('application/wasm'));
await works(() => answer());

const chat = await page();
await assert.rejects(chat.default(answer('text/html', 404)), /404/);
await assert.rejects(chat.default(new Uint8Array(8)), WebAssembly.CompileError);
await chat.default(bytes);
assert.equal(chat.echo('again'), 'again');

if (wide) {
  const big = 2n ** 60n + 1n;
  assert.equal(chat.wide(big), big);
}
