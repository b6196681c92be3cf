// A class in place of `WebSocket` that has no network: what the clients themselves cost.
//
// The first message that is sent starts the messages that come in. After each there is a microtask
// checkpoint, after every sixteenth a task, which is about what a busy browser does.
import { payload } from './plain.js';

const channel = new MessageChannel();
const task = () => new Promise((resolve) => {
  channel.port1.onmessage = resolve;
  channel.port2.postMessage(null);
});
const size = (data) => data.byteLength ?? data.size ?? data.length;

export class FakeSocket {
  static plan = null;
  static last = null;

  // What was sent is what was planned.
  static check() {
    const { plan, last } = FakeSocket;
    const expected = plan.sends * size(plan.start ?? payload(plan));
    if (last.sent !== plan.sends || last.bytes !== expected) {
      throw new Error(`${last.sent} of ${plan.sends} messages sent, ${last.bytes} of ${expected} units`);
    }
  }

  url;
  readyState = 0;
  binaryType = 'blob';
  bufferedAmount = 0;
  protocol = '';
  extensions = '';
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;
  sent = 0;
  bytes = 0;
  listeners = { open: [], message: [], error: [], close: [] };

  constructor(url) {
    this.url = url;
    FakeSocket.last = this;
    setTimeout(() => {
      this.readyState = 1;
      this.emit('open', new Event('open'));
    }, 0);
  }

  addEventListener(type, handler) {
    this.listeners[type].push(handler);
  }

  removeEventListener(type, handler) {
    this.listeners[type] = this.listeners[type].filter((other) => other !== handler);
  }

  emit(type, event) {
    this[`on${type}`]?.(event);
    for (const handler of this.listeners[type]) handler.call(this, event);
  }

  send(data) {
    this.sent += 1;
    this.bytes += size(data);
    if (this.sent === 1 && FakeSocket.plan.receives > 0) this.pump(FakeSocket.plan);
  }

  async pump(plan) {
    const whole = payload(plan);
    const data = typeof whole === 'string' ? whole : whole.buffer;
    // A string that is put together is a tree until someone reads it.
    if (typeof data === 'string') data.charCodeAt(0);
    // Made once: making one takes longer than all that the clients do with it.
    const event = new MessageEvent('message', { data });
    for (let at = 1; at <= plan.receives; at += 1) {
      if (at % 16 === 1) await task();
      this.emit('message', event);
      await null;
    }
  }

  close(code = 1005) {
    if (this.readyState > 1) return;
    this.readyState = 2;
    setTimeout(() => {
      this.readyState = 3;
      this.emit('close', new CloseEvent('close', { code, wasClean: true }));
    }, 0);
  }
}
