// What a packed fixture has to do, whatever its form.
// @ts-check
'use strict';

const assert = require('node:assert/strict');

/** Pieces that meet each other in every order: bounds of the encoding's lengths, and halves of pairs. */
const PIECES = [
  '', 'a', '\0', '\x7f', '\x80', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\ufeff', '\ufffd', '\uffff', '\u{10000}',
  '\u{10ffff}', '\ud800', '\udbff', '\udc00', '\udfff', 'é', '☃', '𝄞',
];

/** 1.5 MB of UTF-8 in all lengths. */
const LARGE = 'aé☃𝄞'.repeat(150000);

function* texts() {
  for (const a of PIECES) for (const b of PIECES) for (const c of PIECES) yield a + b + c;
  for (let length = 4090; length < 4100; length++) yield `${'a'.repeat(length)}𝄞☃é\ud800`;
}

/** @param {any} m */
function text(m) {
  for (const text of texts()) {
    const bytes = new TextEncoder().encode(text);
    assert.deepEqual([...m.utf8(text)], [...bytes], JSON.stringify(text));
    assert.equal(m.echo(text), new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), JSON.stringify(text));
  }
}

/** The memory is larger afterwards, and nothing of the old one is used. @param {any} m */
function growth(m) {
  // Each view of the memory has been made, and is old now.
  assert.equal(m.echo('☃'), '☃');
  assert.equal(m.echo(LARGE), LARGE);
  assert.deepEqual(Buffer.from(m.utf8(LARGE)), Buffer.from(LARGE));
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
