// Counts what lives, for the check that nothing is left: before the module is loaded, so that it sees all.
import { watch } from './live.js';
watch();
const { default: init, run } = await import('./pkg/host.js');

// Taro holds at most 5 tasks and gives a slot back only after close() or onClose: each case gets a copy of its own.
let copies = 0;
globalThis.freshTaro = async () => {
  copies += 1;
  globalThis.TaroH5 = await import(`./taro.js?copy=${copies}`);
};

export async function start(config) {
  try {
    const wasm = await init();
    globalThis.wasmBytes = () => wasm.memory.buffer.byteLength;
    await run(config);
    return 'done';
  } catch (error) {
    return `failed: ${error}`;
  }
}
