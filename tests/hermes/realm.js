// What React Native has and the bare engine lacks: a console, timers, modules. Time is virtual: nothing waits.
'use strict';

var global = globalThis;
var console = { shown: [], error: function (value) { console.shown.push(value); } };
var navigator = { product: 'ReactNative' };

var clock = { now: 0, timers: [], last: 0, awake: false, immediate: setImmediate, real: Date.now };

// The earliest first; of the same time, the first.
clock.turn = function () {
  clock.awake = false;
  var next = clock.timers.reduce(function (a, b) { return b.at < a.at ? b : a; }, clock.timers[0]);
  if (!next) return;
  clock.now = next.at;
  clock.timers.splice(clock.timers.indexOf(next), 1);
  clock.wake();
  next.act();
};

clock.wake = function () {
  if (clock.awake || !clock.timers.length) return;
  clock.awake = true;
  clock.immediate(clock.turn);
};

globalThis.setTimeout = function (act, after) {
  clock.timers.push({ id: ++clock.last, at: clock.now + (after || 0), act: act });
  clock.wake();
  return clock.last;
};

globalThis.clearTimeout = function (id) {
  clock.timers = clock.timers.filter(function (timer) { return timer.id !== id; });
};

Date.now = function () { return clock.now; };

/** Resolves after so many milliseconds of virtual time. */
function wait(millis) {
  return new Promise(function (resolve) { setTimeout(resolve, millis); });
}

var modules = {};

function require(name) {
  if (!(name in modules)) throw new Error('nothing to require: ' + name);
  return modules[name];
}

function define(name, body) {
  var module = { exports: {} };
  body.call(module.exports, require, module, module.exports);
  modules[name] = module.exports;
}
