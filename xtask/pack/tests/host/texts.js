// Texts at the bounds of UTF-8, with what the engine of Node.js makes of them.
// @ts-check
'use strict';

/** Pieces that meet each other in every order: bounds of the encoding's lengths, and halves of pairs. */
const PIECES = [
  '', 'a', '\0', '\x7f', '\x80', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\ufeff', '\ufffd', '\uffff', '\u{10000}',
  '\u{10ffff}', '\ud800', '\udbff', '\udc00', '\udfff', 'é', '☃', '𝄞',
];

function* texts() {
  for (const a of PIECES) for (const b of PIECES) for (const c of PIECES) yield a + b + c;
  for (let length = 4090; length < 4100; length++) yield `${'a'.repeat(length)}𝄞☃é\ud800`;
}

/** Each text, its bytes, and the text of these bytes. */
const CASES = [...texts()].map((text) => {
  const bytes = new TextEncoder().encode(text);
  return { text, bytes: [...bytes], back: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
});

module.exports = { CASES };
