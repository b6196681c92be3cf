// The functions that a program has registered with a host.
// @ts-check
'use strict';

/** Functions of the program, by event. @template {Record<string, any>} E */
class Listeners {
  /** @param {import('./world.js').World} world */
  constructor(world) {
    this.world = world;
    /** @type {{ name: keyof E, handler: Function }[]} */
    this.all = [];
  }

  /** @template {keyof E} K @param {K} name @param {(event: E[K]) => void} handler */
  add(name, handler) {
    if (typeof handler === 'function') this.all.push({ name, handler });
  }

  /** Without a handler all of that name go. @param {keyof E} name @param {Function} [handler] */
  remove(name, handler) {
    this.all = this.all.filter((one) => one.name !== name || (handler && one.handler !== handler));
  }

  /** @template {keyof E} K @param {K} name @param {E[K]} event */
  fire(name, event) {
    for (const one of this.all.slice()) if (one.name === name) this.world.call(one.handler, event);
  }
}

module.exports = { Listeners };
