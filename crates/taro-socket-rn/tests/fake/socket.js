// The fake class; one object per connection, the last one is kept.
class FakeWebSocket {
  constructor(url, protocols, options) {
    if (FakeWebSocket.refusal !== undefined) throw FakeWebSocket.refusal;
    FakeWebSocket.last = this;
    this.arguments = JSON.stringify([url, protocols === undefined ? 'none' : protocols, options]);
    this.listeners = new Map();
    this.sent = [];
    this.closes = [];
  }
  addEventListener(name, listener) {
    if (FakeWebSocket.deaf) throw new Error('no listeners');
    this.listeners.set(name, listener);
  }
  removeEventListener(name, listener) {
    if (this.listeners.get(name) === listener) this.listeners.delete(name);
  }
  send(data) {
    if (this.sendThrows !== undefined) throw this.sendThrows;
    this.sent.push(typeof data === 'string' ? data : data.slice());
  }
  close(code, reason) {
    if (this.closeThrows !== undefined) throw this.closeThrows;
    this.closes.push(`${code} ${reason}`);
  }
  // As React Native does: an exception of a listener is reported and ends there.
  tell(name, event) {
    try {
      this.listeners.get(name)?.(event);
      return '';
    } catch (thrown) {
      return String(thrown);
    }
  }
}
globalThis.WebSocket = FakeWebSocket;
globalThis.FakeWebSocket = FakeWebSocket;
