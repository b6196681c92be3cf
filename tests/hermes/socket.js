// A scripted `WebSocket` with the members of React Native's class: the engine's shell has no network.
// A script tells it what the native side would: `opens`, `receives`, `fails`, `closes`.
'use strict';

/** Every socket that was made, the latest last. */
var made = [];

function WebSocket(url, protocols, options) {
  this.dialled = { url: url, protocols: protocols, options: options };
  this.readyState = 0;
  this.listeners = [];
  this.sent = [];
  this.closed = [];
  made.push(this);
}

WebSocket.prototype.addEventListener = function (name, act) {
  this.listeners.push({ name: name, act: act });
};

WebSocket.prototype.removeEventListener = function (name, act) {
  this.listeners = this.listeners.filter(function (it) { return it.name !== name || it.act !== act; });
};

// What it was given lies in memory that may move: it is copied at once, as the class does.
WebSocket.prototype.send = function (data) {
  if (this.readyState === 0) throw new Error('INVALID_STATE_ERR');
  this.sent.push(typeof data === 'string' ? data : Array.from(data));
};

WebSocket.prototype.close = function (code, reason) {
  this.closed.push([code, reason]);
  if (this.readyState < 2) this.readyState = 2;
};

WebSocket.prototype.tell = function (name, event) {
  this.listeners.slice().forEach(function (it) { if (it.name === name) it.act(event); });
};

WebSocket.prototype.opens = function (protocol) {
  this.protocol = protocol;
  this.readyState = 1;
  this.tell('open', {});
};

WebSocket.prototype.receives = function (data) {
  this.tell('message', { data: data });
};

// 0.76 tells the text with the error, 0.88 with the close.
WebSocket.prototype.fails = function (text, message) {
  this.readyState = 3;
  this.tell('error', message ? { message: text } : {});
  this.tell('close', { code: 1006, reason: text });
};

WebSocket.prototype.closes = function (code, reason) {
  this.readyState = 3;
  this.tell('close', { code: code, reason: reason });
};

globalThis.WebSocket = WebSocket;

module.exports = {
  latest: function () { return made[made.length - 1]; },
  count: function () { return made.length; },
};
