// How many closures, sockets and listeners live, and how large the module's memory is.
const live = { closures: 0, listeners: 0 };
const sockets = new Set();

export function watch() {
  const Registry = globalThis.FinalizationRegistry;
  // The glue registers each closure when it is made and takes it off when Rust drops it.
  globalThis.FinalizationRegistry = class extends Registry {
    register(...args) { live.closures += 1; return super.register(...args); }
    unregister(token) { live.closures -= 1; return super.unregister(token); }
  };
  const { addEventListener, removeEventListener } = WebSocket.prototype;
  WebSocket.prototype.addEventListener = function (...args) {
    live.listeners += 1;
    sockets.add(this);
    return addEventListener.apply(this, args);
  };
  WebSocket.prototype.removeEventListener = function (...args) {
    live.listeners -= 1;
    return removeEventListener.apply(this, args);
  };
  globalThis.liveCounts = () => {
    for (const socket of sockets) if (socket.readyState === 3) sockets.delete(socket);
    return JSON.stringify({ ...live, sockets: sockets.size, bytes: globalThis.wasmBytes() });
  };
}
