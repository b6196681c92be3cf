// The suite on a device: what is still to run is run, also after the app was killed or left the screen.
// @ts-check
'use strict';

var describe = require('./about.js').about;
var conformance = require('./conformance.js');

/** A case in which the app ends, or leaves the screen, so many times is given up. */
var TRIES = 3;

/**
 * @typedef {{ id: string, status: string, detail?: string }} Outcome
 * @typedef {{ cases: string[], run: string, versions: Record<string, string>, host_name: string, simulated: boolean }} Config
 * @typedef {{ total: number, passed: number, failed: number, unsupported: number, next: string, told: string[] }} Counts
 * @typedef {{ name: string, simulated: boolean }} Device
 */

/** Whether the app is off the screen, and whether it was since the case began: then its outcome does not count. */
var away = false;
var left = false;

/** @param {string} text @returns {string[]} */
function lines(text) {
  return text.split('\n').filter(function (line) { return line !== ''; });
}

/** @param {string} server @param {string} run */
function Board(server, run) {
  this.base = server + '/control/results?run=' + run;
}

/** Lines posted so far. @param {string} name @returns {Promise<string[]>} */
Board.prototype.read = function (name) {
  return conformance.request('GET', this.base + name).then(function (answer) {
    return answer.status === 404 ? [] : lines(answer.body);
  });
};

/** @param {string} name @param {string} line */
Board.prototype.post = function (name, line) {
  return conformance.request('POST', this.base + name, line).then(function (answer) {
    if (answer.status !== 200) throw new Error('the server answers ' + answer.status + ': ' + answer.body);
  });
};

/** What came of the tries before. @param {Board} board @param {number} tries @returns {Promise<Outcome[]>} */
function before(board, tries) {
  /** @type {Promise<Outcome[]>} */
  var all = Promise.resolve([]);
  for (var at = 1; at <= tries; at++) all = all.then(more.bind(null, at));
  /** @param {number} at @param {Outcome[]} known */
  function more(at, known) {
    return board.read('-' + at + '-progress').then(function (found) {
      return known.concat(found.map(function (line) { return JSON.parse(line); }));
    });
  }
  return all;
}

/** Gives the first case up if the tries before ended in it. @param {Board} board @param {string[]} rest @param {string[]} starts */
function giveUp(board, rest, starts) {
  var last = starts.slice(1 - TRIES);
  var stuck = rest.length > 0 && last.length === TRIES - 1 && last.every(function (id) { return id === rest[0]; });
  if (!stuck) return Promise.resolve(rest);
  return board.post('-given-up', rest[0]).then(function () { return rest.slice(1); });
}

/** @param {Counts} counts @param {Outcome} outcome */
function count(counts, outcome) {
  if (outcome.status === 'passed') counts.passed++;
  else if (outcome.status === 'failed') counts.failed++;
  else counts.unsupported++;
  if (outcome.status === 'failed') counts.told = [outcome.id + ': ' + outcome.detail].concat(counts.told).slice(0, 20);
}

/**
 * One try: the cases that have no outcome yet. Resolves with whether all have one now.
 * @param {any} module @param {string} server @param {Config} config @param {(counts: Counts) => void} show
 * @returns {Promise<boolean>}
 */
function once(module, server, config, show) {
  var board = new Board(server, config.run);
  /** @type {Counts} */
  var counts = { total: config.cases.length, passed: 0, failed: 0, unsupported: 0, next: '', told: [] };
  /** @type {string[]} */
  var starts;
  return board.read('-starts').then(function (found) {
    starts = found;
    return before(board, starts.length);
  }).then(function (outcomes) {
    outcomes.forEach(function (outcome) { count(counts, outcome); });
    return board.read('-given-up').then(function (ids) {
      counts.failed += ids.length;
      return outcomes.map(function (outcome) { return outcome.id; }).concat(ids);
    });
  }).then(function (known) {
    var rest = config.cases.filter(function (id) { return known.indexOf(id) < 0; });
    return giveUp(board, rest, starts);
  }).then(function (rest) {
    return board.post('-starts', rest[0] || '-').then(function () { return rest; });
  }).then(function (rest) {
    left = away;
    return attempt(module, config, rest, starts.length + 1, counts, show);
  });
}

/**
 * @param {any} module @param {Config} config @param {string[]} rest @param {number} number @param {Counts} counts
 * @param {(counts: Counts) => void} show @returns {Promise<boolean>}
 */
function attempt(module, config, rest, number, counts, show) {
  var run = config.run + '-' + number;
  var at = 0;
  var whole = true;
  function told() {
    counts.next = rest[at] || '';
    show(counts);
  }
  /** @type {typeof conformance.request} */
  function request(method, url, body) {
    if (method !== 'POST' || !body || url.slice(-('run=' + run + '-progress').length) !== 'run=' + run + '-progress') {
      return conformance.request(method, url, body);
    }
    at++;
    if (left) {
      // It is run again: the host has ended its sockets.
      left = away;
      whole = false;
      told();
      return Promise.resolve({ status: 200, body: '' });
    }
    count(counts, JSON.parse(body));
    return conformance.request(method, url, body).then(function (answer) {
      told();
      return answer;
    });
  }
  told();
  var own = Object.assign({}, config, { cases: rest, run: run });
  return module.run(JSON.stringify(own), { request: request }).then(function () { return whole; });
}

/**
 * Runs the suite to its end. What it shows are counts, and the device as it describes itself.
 * @param {any} module A packed module that is ready.
 * @param {string} server `http://host:port`
 * @param {(counts: Counts, device: Device) => void} show
 * @returns {Promise<void>}
 */
function run(module, server, show) {
  var api = conformance.vendor();
  var device = describe(api);
  if (api.setKeepScreenOn) api.setKeepScreenOn({ keepScreenOn: true });
  return conformance.request('GET', server + '/config.json').then(function (answer) {
    if (answer.status !== 200) throw new Error('no configuration at ' + server + ': status ' + answer.status);
    /** @type {Config} */
    var config = JSON.parse(answer.body);
    config.simulated = device.simulated;
    config.host_name = device.name;
    config.versions = Object.assign({}, config.versions, device.versions);
    /** @returns {Promise<void>} */
    function again() {
      return once(module, server, config, function (counts) { show(counts, device); }).then(function (whole) {
        return whole ? undefined : again();
      });
    }
    return again();
  });
}

/** The app has left the screen. */
function leave() {
  away = true;
  left = true;
}

/** It is back. */
function enter() {
  away = false;
}

module.exports = { run: run, leave: leave, enter: enter };
