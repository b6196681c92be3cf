// Counts what lives, for the check that nothing is left: before the module is loaded, so that it sees all.
import { watch } from './live.js';
watch();
const { default: init, run } = await import('./pkg/host.js');

// Taro holds at most 5 tasks and gives a slot back only after close() or onClose, and leaves open what nobody
// closes: each case gets a copy of its own, and what the one before has left is closed.
let copies = 0;
const left = new Set();
globalThis.freshTaro = async () => {
  copies += 1;
  if (copies === 1) {
    const Browser = globalThis.WebSocket;
    globalThis.WebSocket = class extends Browser {
      constructor(...args) {
        super(...args);
        left.add(this);
      }
    };
  }
  for (const socket of left) socket.close();
  left.clear();
  globalThis.TaroH5 = await import(`./taro.js?copy=${copies}`);
};

async function request(method, url, body) {
  const answer = await fetch(url, method === 'POST' ? { method, body } : {});
  return { status: answer.status, body: await answer.text() };
}

export async function start(config) {
  try {
    const wasm = await init();
    globalThis.wasmBytes = () => wasm.memory.buffer.byteLength;
    await run(config, { request });
    return 'done';
  } catch (error) {
    return `failed: ${error}`;
  }
}
