// Counts what lives, for the check that nothing is left: before the module is loaded, so that it sees all.
import { watch } from './live.js';
watch();
const { default: init, run } = await import('./pkg/host.js');

export async function start(config) {
  try {
    if (JSON.parse(config).connector === 'taro') {
      globalThis.TaroH5 = await import('./taro.js');
    }
    const wasm = await init();
    globalThis.wasmBytes = () => wasm.memory.buffer.byteLength;
    await run(config);
    return 'done';
  } catch (error) {
    return `failed: ${error}`;
  }
}
