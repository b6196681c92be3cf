// Measures one cell after the other, with the module and without it, in turns.
'use strict';

var base64 = require('base64-js');
var sockets = require('./socket.js');

var URL = 'wss://host.example/';
/** Bytes handed over before timers get a turn. */
var BATCH = 1 << 21;
var PIECE = '{"from":"Zoë","at":1700000000}';

/** What an app would write without the module. */
function plain(relay) {
  var socket = new WebSocket(URL);
  var received = 0;
  socket.addEventListener('message', function (event) {
    received += typeof event.data === 'string' ? event.data.length : event.data.byteLength;
    if (relay) relay(event.data);
  });
  var send = function (data) { socket.send(data); };
  var repeat = function (data, times) { for (var i = 0; i < times; i++) socket.send(data); };
  return {
    sendText: send, sendBytes: send, repeatText: repeat, repeatBytes: repeat,
    received: function () { return received; },
    free: function () { socket.close(1000, ''); },
  };
}

/** A list in JSON of so many UTF-16 units, with blanks at its end. */
function text(size) {
  var pieces = [];
  for (var left = size - 1; left > PIECE.length; left -= PIECE.length + 1) pieces.push(PIECE);
  var list = '[' + pieces.join(',') + ']';
  return list + new Array(size - list.length + 1).join(' ');
}

function bytes(size) {
  var view = new Uint8Array(size);
  for (var i = 0; i < size; i++) view[i] = i * 7;
  return view;
}

/** The socket of a client, opened; what is sent is counted. With `base64` it does to bytes what React Native's does. */
function opened(cell) {
  var socket = sockets.latest();
  socket.count = 0;
  socket.send = function (data) {
    if (cell.kind === 'base64') base64.fromByteArray(data);
    socket.count++;
  };
  socket.opens('');
  return socket;
}

/** What arrives: the system gives a text, the class makes a buffer of it. */
function incoming(cell) {
  if (isText(cell)) {
    var one = text(cell.size);
    return function () { return one; };
  }
  var view = bytes(cell.size);
  if (cell.kind === 'binary') return function () { return view.buffer; };
  var encoded = base64.fromByteArray(view);
  return function () { return base64.toByteArray(encoded).buffer; };
}

function isText(cell) {
  return cell.kind === 'text' || cell.kind === 'json';
}

/** A client in this cell, and a function that lets it handle so many messages. */
function prepare(dial, cell) {
  var relay = function (data) {
    if (cell.kind === 'json' && !JSON.parse(data).length) throw new Error('an empty list');
    if (isText(cell)) client.sendText(data);
    else client.sendBytes(new Uint8Array(data));
  };
  var client = dial(cell.way === 'relay' ? relay : undefined);
  var socket = opened(cell);
  var next = incoming(cell);
  var data = isText(cell) ? text(cell.size) : bytes(cell.size);
  var handle = function (times) {
    if (cell.way !== 'send') for (var i = 0; i < times; i++) socket.receives(next());
    else if (isText(cell)) client.repeatText(data, times);
    else client.repeatBytes(data, times);
  };
  return { client: client, socket: socket, handle: handle };
}

/** Handles so many messages; real milliseconds. */
function timed(made, cell, count) {
  var before = made.socket.count;
  var begin = clock.real();
  var most = Math.max(1, Math.floor(BATCH / cell.size));
  function batch(left) {
    if (left <= 0) return clock.real() - begin;
    made.handle(Math.min(left, most));
    return wait(1000).then(function () { return batch(left - most); });
  }
  return Promise.resolve(batch(count)).then(function (millis) {
    if (cell.way !== 'receive' && made.socket.count - before !== count) throw new Error('messages are missing: ' + JSON.stringify(cell));
    if (cell.way !== 'send' && made.client.received() < count * cell.size) throw new Error('bytes are missing: ' + JSON.stringify(cell));
    return millis;
  });
}

/** Messages per second, of as many as take `millis`. */
function rate(dial, cell, millis) {
  var made = prepare(dial, cell);
  function more(count) {
    return timed(made, cell, count).then(function (took) {
      if (took < millis) return more(took < millis / 10 ? count * 10 : count * 2);
      made.client.free();
      made.socket.closes(1000, '');
      return count / took * 1000;
    });
  }
  return more(1);
}

/** @param m The module. @param plan `{ cells, rounds, millis }`. */
module.exports = function (m, plan) {
  var dial = function (relay) { return m.dial(URL, relay); };
  var turns = [];
  for (var round = 0; round < plan.rounds; round++) plan.cells.forEach(function (cell) { turns.push(cell); });
  return turns.reduce(function (before, cell) {
    return before.then(function () { return rate(dial, cell, plan.millis); }).then(function (ours) {
      return rate(plain, cell, plan.millis).then(function (theirs) {
        print(JSON.stringify({ cell: cell, ours: ours, plain: theirs }));
      });
    });
  }, Promise.resolve());
};
