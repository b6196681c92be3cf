// What the simulated hosts share: options, live sockets, the app's life cycle, calls into the program.
// @ts-check
'use strict';

const { Listeners } = require('./listeners.js');

/**
 * @typedef {object} Options
 * @property {string} [variant] One of the host's variants; its first by default.
 * @property {boolean} [developer] `ws:` is allowed and domains are not checked, as in developer tools.
 * @property {string[]} [domains] Hosts (`name` or `name:port`) that may be dialled; all when missing.
 * @property {boolean} [trust] Takes every certificate.
 * @property {number} [limit] Sockets at once, 5 by default.
 * @property {number} [killAfter] Milliseconds from hide to kill, 50 by default; 5 s and more on devices.
 * @property {number} [dialTimeout] Milliseconds that a handshake may take at most, 60000 by default.
 * @property {number} [closeTimeout] Milliseconds that a close waits for the peer's, 30000 by default.
 * @property {number} [hold] Milliseconds that a synchronous host keeps what has arrived for the next call, 1 by default.
 */

/**
 * @typedef {object} Live A socket from `connectSocket` to its end.
 * @property {(how: 'killed' | 'idle') => void} kill
 * @property {() => number} listeners
 */

class World {
  /** @param {Options} [options] */
  constructor(options = {}) {
    this.options = options;
    this.limit = options.limit || 5;
    /** @type {Set<Live>} */
    this.live = new Set();
    /** @type {Listeners<{ show: any, hide: any }>} */
    this.app = new Listeners(this);
    /** What handlers of the program threw. @type {unknown[]} */
    this.faults = [];
    /** Messages that a device would lose without a word. */
    this.vanished = 0;
    /** Sockets made so far; their ids. */
    this.made = 0;
    /** Everything that can be told inside a call of the program's is told there. */
    this.sync = false;
    /** From `hide` to `show`. */
    this.away = false;
    /** Since the kill, until `show`. */
    this.suspended = false;
    /** @type {(text: string) => void} */
    this.warn = (text) => console.warn(`[host] ${text}`);
    /** Hears of a fault at once. @type {(thrown: unknown) => void} */
    this.told = () => {};
    /** @type {NodeJS.Timeout | undefined} */
    this.timer = undefined;
    this.hidden = () => {};
    /** @type {{ show: any, hide: any }} */
    this.events = { show: undefined, hide: undefined };
  }

  /** Nobody in the program handled this. @param {unknown} thrown */
  fault(thrown) {
    this.faults.push(thrown);
    this.told(thrown);
  }

  /** Calls the program; what it throws is kept, and nothing of the host breaks. @param {unknown} f @param {unknown[]} args */
  call(f, ...args) {
    if (typeof f !== 'function') return;
    try {
      f(...args);
    } catch (thrown) {
      this.fault(thrown);
    }
  }

  /** A typed array was given to send. */
  lose() {
    this.vanished += 1;
    this.warn('a typed array was given to send: devices lose it without a word');
  }

  /** Hosts report in a task of its own, a synchronous one at once. @param {() => void} f */
  later(f) {
    if (this.sync) f();
    else setImmediate(f);
  }

  /** @param {{ success?: any, fail?: any, complete?: any } | undefined} option @param {boolean} ok @param {unknown} result */
  report(option, ok, result) {
    this.later(() => this.tell(option, ok, result));
  }

  /** As `report`, before the call returns. @param {{ success?: any, fail?: any, complete?: any } | undefined} option @param {boolean} ok @param {unknown} result */
  tell(option, ok, result) {
    this.call(option && (ok ? option.success : option.fail), result);
    this.call(option && option.complete, result);
  }

  /** Whether `url` may be dialled: its domain. @param {string} url */
  allowed(url) {
    const { developer, domains } = this.options;
    if (developer || !domains) return true;
    const { host, hostname } = new URL(url);
    return domains.includes(host) || domains.includes(hostname);
  }

  /** What every connection is dialled with. */
  dial() {
    const { trust, closeTimeout, hold } = this.options;
    return { trust, closeTimeout, hold, sync: this.sync };
  }

  /** How long a handshake may take. @param {number} asked */
  patience(asked) {
    return Math.min(asked, this.options.dialTimeout ?? 60000);
  }

  /** Ends every socket. @param {'killed' | 'idle'} how */
  kill(how) {
    for (const live of Array.from(this.live)) live.kill(how);
  }

  /** No socket has carried anything for as long as the host allows. */
  idle() {
    this.kill('idle');
  }

  stopHiding() {
    clearTimeout(this.timer);
    this.hidden();
  }

  /** The app goes to the background; resolves once its sockets are killed, or `show` came in time. */
  hide() {
    this.stopHiding();
    this.away = true;
    this.app.fire('hide', this.events.hide);
    return new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
      this.hidden = resolve;
      this.timer = setTimeout(() => this.suspend(), this.options.killAfter ?? 50);
    });
  }

  /** The host ends the sockets of the hidden app. */
  suspend() {
    this.suspended = true;
    this.kill('killed');
    this.stopHiding();
  }

  /** The app comes to the front; in time, its sockets live on. */
  show() {
    this.stopHiding();
    this.away = false;
    this.suspended = false;
    this.app.fire('show', this.events.show);
  }

  counts() {
    let listeners = 0;
    for (const live of this.live) listeners += live.listeners();
    return { sockets: this.live.size, listeners, appListeners: this.app.all.length, vanished: this.vanished };
  }
}

module.exports = { World };
