// A connection's states, over the scripted socket: what the app is told, and what the socket was asked.
'use strict';

var assert = require('node:assert/strict');
var sockets = require('./socket.js');

/** A connection that tells into `told`. */
function dial(m) {
  var told = [];
  var chat = m.connect('wss://host.example/chat', function (event) {
    told.push([event.type].concat([event.protocol, event.data, event.errMsg, event.code, event.cause, event.reason]
      .filter(function (it) { return it !== undefined; })));
  });
  return { chat: chat, socket: sockets.latest(), told: told };
}

function messages(m) {
  var c = dial(m);
  assert.equal(c.socket.dialled.url, 'wss://host.example/chat');
  c.chat.send('too early');
  c.socket.opens('');
  c.socket.receives('Grüße, 世界 𝄞');
  c.chat.send('a\ud800b');
  c.socket.receives(new Uint8Array([1, 2]).buffer);
  assert.deepEqual(c.socket.sent, ['a\ufffdb']);
  assert.equal(c.told.length, 4);
  assert.equal(c.told[0][0], 'error');
  assert.deepEqual(c.told.slice(1), [['open', ''], ['message', 'Grüße, 世界 𝄞'], ['message', '(binary)']]);
  // Until then the bytes may still wait in the system's queue.
  return wait(1000).then(function () { ownClose(c); });
}

function ownClose(c) {
  c.chat.close(4001, 'bye');
  assert.deepEqual(c.socket.closed, [[4001, 'bye']]);
  c.chat.send('too late');
  c.socket.closes(4001, 'bye');
  assert.deepEqual(c.socket.sent, ['a\ufffdb']);
  assert.equal(c.told[4][0], 'error');
  assert.deepEqual(c.told[5], ['close', 4001, 'local', 'bye']);
  c.socket.closes(1000, '');
  c.socket.receives('nobody is there');
    assert.equal(c.told.length, 6);
  c.chat.free();
  assert.equal(c.socket.listeners.length, 0);
}

function peerCloses(m) {
  [[1000, 'fine', [1000, 'remote', 'fine']], [1005, '', [1005, 'remote', '']]].forEach(function (row) {
    var c = dial(m);
    c.socket.opens('');
    c.socket.closes(row[0], row[1]);
    assert.deepEqual(c.told.slice(1), [['close'].concat(row[2])]);
    c.chat.free();
  });
}

function failures(m) {
  [true, false].forEach(function (message) {
    var c = dial(m);
    c.socket.fails('Failed to connect to /10.0.2.2:80', message);
    assert.equal(c.told.length, 2);
    assert.ok(/^connectSocket:fail .*Failed to connect/.test(c.told[0][1]), c.told[0][1]);
    assert.deepEqual(c.told[1].slice(0, 3), ['close', 1006, 'transport']);
    c.chat.free();
  });
}

/** The native side loses a close while connecting: it opens, and has to be closed again. */
function closedWhileConnecting(m) {
  var c = dial(m);
  c.chat.close(1000, '');
  c.socket.opens('');
  assert.deepEqual(c.told, [['close', 1006, 'local', '']]);
  assert.equal(c.socket.closed.length, 2);
  assert.equal(c.socket.listeners.length, 0);
  c.chat.free();
}

function refusedArguments(m) {
  assert.throws(function () { m.connect('http:/', function () {}); }, /connectSocket:fail/);
  var c = dial(m);
  c.socket.opens('');
  c.chat.close(1006, '');
  c.chat.close(1000, new Array(125).join('r'));
  assert.deepEqual(c.socket.closed, []);
  assert.deepEqual(c.told.map(function (it) { return it[0]; }), ['open', 'error', 'error']);
  c.chat.free();
  assert.equal(c.socket.closed.length, 1);
}

/** The native side never answers the close. */
function neverAnswered(m) {
  var c = dial(m);
  c.socket.opens('');
  c.chat.close(1000, '');
  return wait(600000).then(function () {
    assert.deepEqual(c.told.slice(1).map(function (it) { return it.slice(0, 3); }), [['close', 1006, 'timeout']]);
    c.chat.free();
  });
}

function neverOpens(m) {
  var c = dial(m);
  return wait(600000).then(function () {
    assert.equal(c.told[0][0], 'error');
    assert.deepEqual(c.told[1].slice(0, 3), ['close', 1006, 'timeout']);
    assert.equal(c.socket.closed.length, 1);
    c.chat.free();
  });
}

/** What a handler throws is the app's: the connection goes on. */
function handlersThatThrow(m) {
  var seen = 0;
  var chat = m.connect('wss://host.example/', function () {
    seen++;
    throw new Error('of the app');
  });
  var socket = sockets.latest();
  socket.opens('');
  socket.receives('one');
  socket.receives('two');
  assert.equal(seen, 3);
  assert.equal(console.shown.splice(0).length, 3);
  chat.free();
}

/** A handler that sends and closes is inside the socket's own event. */
function handlersThatAct(m) {
  var told = [];
  var chat = m.connect('wss://host.example/', function (event) {
    told.push(event.type);
    if (event.type === 'open') chat.send('first');
    if (event.type === 'message') chat.close(1000, 'enough');
  });
  var socket = sockets.latest();
  socket.opens('');
  socket.receives('x');
  socket.receives('y');
  socket.closes(1000, 'enough');
  // Whether the text has left is not known by then, so its send is given up, which is told before the end.
  assert.deepEqual(told, ['open', 'message', 'error', 'close']);
  assert.deepEqual([socket.sent, socket.closed], [['first'], [[1000, 'enough']]]);
  chat.free();
}

function manyConnections(m) {
  for (var i = 0; i < 1000; i++) {
    var c = dial(m);
    c.socket.opens('');
    c.socket.receives(String(i));
    assert.deepEqual(c.told, [['open', ''], ['message', String(i)]]);
    c.chat.free();
    assert.equal(c.socket.closed.length, 1);
    c.socket.closes(1000, '');
    assert.equal(c.socket.listeners.length, 0);
  }
}

var PARTS = [
  messages, peerCloses, failures, closedWhileConnecting, refusedArguments, neverAnswered, neverOpens, handlersThatThrow,
  handlersThatAct, manyConnections,
];

module.exports = function (m) {
  return PARTS.reduce(function (before, part) {
    return before.then(function () {
      return Promise.resolve(m).then(part).then(undefined, function (error) {
        throw new Error(part.name + ': ' + error.stack);
      });
    });
  }, Promise.resolve()).then(function () { assert.ok(sockets.count() > 1000); });
};
