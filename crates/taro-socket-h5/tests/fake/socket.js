// The fake class; one object per connection, the last one is kept.
class FakeWebSocket {
  constructor(url, protocols) {
    if (FakeWebSocket.refusal !== undefined) throw FakeWebSocket.refusal;
    FakeWebSocket.last = this;
    this.arguments = protocols === undefined ? [url] : [url, protocols];
    this.listeners = new Map();
    this.sent = [];
    this.closes = [];
    this.readyState = 0;
    this.bufferedAmount = 0;
    this.protocol = '';
  }
  addEventListener(name, listener) {
    if (this.deaf) throw new Error('no listeners');
    this.listeners.set(name, listener);
  }
  removeEventListener(name, listener) {
    if (this.listeners.get(name) === listener) this.listeners.delete(name);
  }
  send(data) {
    if (this.sendThrows !== undefined) throw this.sendThrows;
    this.sent.push(typeof data === 'string' ? data : data.slice());
    this.bufferedAmount += this.slow ? data.length : 0;
  }
  close(code, reason) {
    if (this.closeThrows !== undefined) throw this.closeThrows;
    this.closes.push(`${code} ${reason}`);
  }
  // As a browser does: an exception of a listener is reported and ends there.
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
