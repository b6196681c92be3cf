// What a packed fixture has to do, whatever its form and the engine.
// @ts-check
'use strict';

const assert = require('node:assert/strict');

/** 1.5 MB of UTF-8 in all lengths. */
const LARGE = 'aé☃𝄞'.repeat(150000);

/** @param {any} m @param {{text: string, bytes: number[], back: string}[]} [cases] Where Node.js is not there to make them. */
function text(m, cases = require('./texts.js').CASES) {
  for (const { text, bytes, back } of cases) {
    assert.deepEqual([...m.utf8(text)], bytes, JSON.stringify(text));
    assert.equal(m.echo(text), back, JSON.stringify(text));
  }
}

/** The memory is larger afterwards, and nothing of the old one is used. @param {any} m */
function growth(m) {
  // Each view of the memory has been made, and is old now.
  assert.equal(m.echo('☃'), '☃');
  assert.ok(m.echo(LARGE) === LARGE, 'the large text is another one');
  const [bytes, few] = [m.utf8(LARGE), [0x61, 0xc3, 0xa9, 0xe2, 0x98, 0x83, 0xf0, 0x9d, 0x84, 0x9e]];
  assert.equal(bytes.length, few.length * 150000);
  assert.ok(bytes.every((/** @type {number} */ byte, /** @type {number} */ at) => byte === few[at % few.length]));
  assert.equal(m.grown(3000000).length, 3000000);
  assert.equal(m.echo('☃'), '☃');
}

/** @param {any} m @param {any} realm */
async function values(m, realm) {
  assert.equal(m.half(5), 2.5);
  assert.equal(m.half(Number.MAX_VALUE), Number.MAX_VALUE / 2);
  assert.ok(Object.is(m.half(-0), -0));
  assert.ok(Number.isNaN(m.half(NaN)));
  assert.deepEqual([...m.reversed(new Uint8Array([1, 2, 255]))], [255, 2, 1]);
  assert.throws(() => m.fail('no é'), { message: 'no é' });
  assert.equal(m.countCalls((/** @type {(by: number) => void} */ f) => { f(1.5); f(2); }), 3.5);
  // A panic ends the call that it is in, and no other.
  assert.equal(m.countCalls((/** @type {(by: number) => void} */ f) => { assert.throws(() => f(-1)); f(2); }), 2);
  const stop = new Error('stop');
  assert.throws(() => m.countCalls(() => { throw stop; }), (error) => error === stop);
  assert.equal(await m.afterPromise(realm.Promise.resolve('the promise')), 'after the promise');
  assert.equal(await m.afterPromise(Promise.resolve('another realm')), 'after another realm');
  await assert.rejects(m.afterPromise(realm.Promise.reject(stop)), (error) => error === stop);
  const counter = new m.Counter();
  assert.deepEqual([counter.more(), counter.more()], [1, 2]);
  counter.free();
}

module.exports = { text, growth, values };
