// How clients of Alipay differ: a table of the simulated ones.
// @ts-check
'use strict';

/**
 * @template F
 * @typedef {F extends (handler: (event: infer E) => void) => void ? E : never} EventOf
 */

/**
 * @typedef {EventOf<my.SocketTask['onOpen']>} OpenEvent
 * @typedef {EventOf<my.SocketTask['onMessage']>} MessageEvent
 * @typedef {EventOf<my.SocketTask['onError']>} ErrorEvent
 * @typedef {EventOf<my.SocketTask['onClose']>} CloseEvent
 */

/**
 * Deviations from the typings: the variant `arraybuffer-unflagged` leaves `isBuffer` out, as reported of newer
 * clients, and `close-code` tells code and reason, which the typings do not declare.
 * @typedef {{ data: Omit<MessageEvent['data'], 'isBuffer'> & { isBuffer?: boolean } }} Message
 * @typedef {{ data: CloseEvent['data'] & { code?: number, reason?: string } }} Close
 * @typedef {{ open: OpenEvent, message: Message, error: ErrorEvent, close: Close }} Events
 */

/**
 * @typedef {object} Variant
 * @property {string} about
 * @property {(bytes: ArrayBuffer) => { data: string | ArrayBuffer, isBuffer?: boolean }} binary A message that came in.
 * @property {boolean} code The close has code and reason.
 * @property {boolean} [everyTask] What one task is told all are told, with the id of the one.
 * @property {boolean} [awayRefuses] Calls fail from the moment the app is hidden.
 * @property {boolean} [sync] Tells inside a call of the program's all that can be told there.
 */

/** @param {ArrayBuffer} bytes */
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

/** @type {Record<string, Variant>} */
const VARIANTS = {
  base64: {
    about: 'binary comes in as padded base64 with isBuffer, close without a code',
    binary: (bytes) => ({ data: base64(bytes), isBuffer: true }),
    code: false,
  },
  'base64-unpadded': {
    about: 'binary comes in as base64 without padding',
    binary: (bytes) => ({ data: base64(bytes).replace(/=+$/, ''), isBuffer: true }),
    code: false,
  },
  arraybuffer: {
    about: 'binary comes in as ArrayBuffer with isBuffer',
    binary: (bytes) => ({ data: bytes, isBuffer: true }),
    code: false,
  },
  'arraybuffer-unflagged': {
    about: 'binary comes in as ArrayBuffer without isBuffer',
    binary: (bytes) => ({ data: bytes }),
    code: false,
  },
  'close-code': {
    about: 'close with data.code and data.reason',
    binary: (bytes) => ({ data: base64(bytes), isBuffer: true }),
    code: true,
  },
  'every-task': {
    about: 'events of one task come to every task, with the id of the one',
    binary: (bytes) => ({ data: base64(bytes), isBuffer: true }),
    code: false,
    everyTask: true,
  },
  sync: {
    about: 'calls back inside the program\'s calls; calls fail while hidden',
    binary: (bytes) => ({ data: bytes, isBuffer: true }),
    code: false,
    awayRefuses: true,
    sync: true,
  },
};

/** Numbers of the vendor's pages. @type {Record<import('./payload.js').FailureKind, number>} */
const ERRORS = { url: 4, status: 1, accept: 8, handshake: 1, timeout: 6, dns: 50, tls: 7, connect: 50, domain: 65 };

module.exports = { VARIANTS, ERRORS };
