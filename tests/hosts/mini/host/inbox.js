// What has arrived from the network and is still to be told to the program.
// @ts-check
'use strict';

/** How long a synchronous host keeps what has arrived for the program's next call. */
const HOLD = 1;

/**
 * Most hosts tell what arrives as it comes. A synchronous one keeps it for a moment: a call of the program's in that
 * time is told of it before it returns. Otherwise each event comes in a turn of its own.
 */
class Inbox {
  /** @param {boolean} keeps @param {number} [hold] Milliseconds. */
  constructor(keeps, hold = HOLD) {
    this.keeps = keeps;
    this.hold = hold;
    /** @type {(() => void)[]} */
    this.waiting = [];
    /** Whether a turn is to come. */
    this.timed = false;
    /** @type {NodeJS.Timeout | undefined} */
    this.timer = undefined;
  }

  /** @param {() => void} tell */
  put(tell) {
    if (!this.keeps) return tell();
    this.waiting.push(tell);
    if (this.timed) return;
    this.timed = true;
    this.timer = setTimeout(() => this.next(), this.hold);
  }

  next() {
    this.timer = undefined;
    const tell = this.waiting.shift();
    this.timed = this.waiting.length > 0;
    if (this.timed) setImmediate(() => this.next());
    if (tell) tell();
  }

  /** Tells all that waits, inside the call of the program's. */
  empty() {
    if (this.timer) this.timed = false;
    clearTimeout(this.timer);
    this.timer = undefined;
    for (let tell = this.waiting.shift(); tell; tell = this.waiting.shift()) tell();
  }
}

module.exports = { Inbox };
