// As much of Node's `assert/strict` as the checks use.
'use strict';

function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  var keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(function (key) { return same(a[key], b[key]); });
}

function ok(value, message) {
  if (!value) throw new Error(message || 'is ' + value);
}

function fits(error, wanted) {
  if (!wanted) return;
  if (typeof wanted === 'function') ok(wanted(error), 'another error: ' + error);
  else if (wanted instanceof RegExp) ok(wanted.test(String(error)), error + ' is not like ' + wanted);
  else Object.keys(wanted).forEach(function (key) { equal(error[key], wanted[key], key); });
}

function equal(a, b, message) {
  ok(Object.is(a, b), (message || '') + ': ' + JSON.stringify([a, b]));
}

function deepEqual(a, b, message) {
  ok(same(a, b), (message || '') + ': ' + JSON.stringify([a, b]));
}

function throws(act, wanted) {
  try {
    act();
  } catch (error) {
    fits(error, wanted);
    return;
  }
  throw new Error('nothing is thrown');
}

function rejects(promise, wanted) {
  return promise.then(function () { throw new Error('not rejected'); }, function (error) { fits(error, wanted); });
}

module.exports = { ok: ok, equal: equal, deepEqual: deepEqual, throws: throws, rejects: rejects };
