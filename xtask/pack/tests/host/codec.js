// Compares the codec with the engine's: `node codec.js`. It ends with 1 when they differ.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

/** @param {string} name @param {string[]} files @returns {any} */
function template(name, ...files) {
  const text = files.map((file) => fs.readFileSync(path.join(__dirname, '../../src/template', file), 'utf8')).join('\n');
  return new (Function(`${text}; return ${name};`)())();
}

const decoders = [template('$Decoder', 'decoder.js'), template('$Decoder', 'decoder.js', 'decoder-native.js')];
const encoders = [template('$Encoder', 'encoder.js'), template('$Encoder', 'encoder.js', 'encoder-native.js')];

/** Bytes on both sides of each bound of the Encoding Standard's decoder. */
const BYTES = [
  0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef,
  0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
];

/** @param {number[]} bytes */
function decodes(bytes) {
  const view = Uint8Array.from(bytes);
  const wanted = new TextDecoder('utf-8', { ignoreBOM: true }).decode(view);
  for (const decoder of decoders) {
    const found = decoder.decode(view);
    if (found !== wanted) assert.fail(`${Buffer.from(view).toString('hex')}: ${JSON.stringify([found, wanted])}`);
  }
}

function decoding() {
  decodes([]);
  for (let a = 0; a < 256; a++) for (let b = 0; b < 256; b++) decodes([a, b]);
  for (const a of BYTES) for (const b of BYTES) for (const c of BYTES) {
    decodes([a, b, c]);
    for (const d of BYTES) decodes([a, b, c, d]);
  }
  // The mark at the beginning stays, and parts of the text meet anywhere.
  decodes([0xef, 0xbb, 0xbf, 0x41]);
  for (let length = 4088; length < 4100; length++) {
    const before = new Array(length).fill(0x41);
    for (const last of [[0xf0, 0x9d, 0x84, 0x9e], [0xe2, 0x98, 0x83], [0xf0, 0x9d, 0x84], [0xff]]) {
      decodes([...before, ...last]);
      decodes([...before, ...last, ...before]);
    }
  }
}

/** @param {any} encoder @param {string} text */
function encodes(encoder, text) {
  for (let room = 0; room <= 13; room++) {
    const [found, wanted] = [new Uint8Array(room), new Uint8Array(room)];
    const result = encoder.encodeInto(text, found);
    assert.deepEqual(result, new TextEncoder().encodeInto(text, wanted), `${JSON.stringify(text)} in ${room}`);
    assert.deepEqual(found, wanted);
  }
}

function encoding() {
  const pieces = ['a', '\x7f', '\x80', '\u07ff', '\u0800', '\ufeff', '\uffff', '\u{10000}', '\u{10ffff}', '\ud800', '\udc00'];
  for (const a of pieces) for (const b of pieces) for (const c of pieces) {
    for (const encoder of encoders) encodes(encoder, a + b + c);
  }
}

decoding();
encoding();
