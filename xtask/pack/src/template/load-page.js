const $load = async (source) => {
  const given = await (source === undefined ? new URL('$NAME.wasm', import.meta.url) : source);
  const response = typeof given === 'string' || given instanceof URL ? await fetch(given) : given;
  if (!(response instanceof Response)) return WebAssembly.instantiate(response, $imports);
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  // What comes under another type can only be made of all its bytes.
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.instantiateStreaming(response, $imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), $imports);
};

let $ready;

const $start = async (source) => {
  // What did not load can be tried again. What has begun has left views of its memory, and cannot.
  const made = await $load(source).catch((error) => {
    $ready = undefined;
    throw error;
  });
  // Of a module there is an instance, of bytes an object that has it.
  const wasm = (made.instance || made).exports;
  __wbg_set_wasm(wasm);
  if (wasm.__wbindgen_start) wasm.__wbindgen_start();
};

// One start for all who ask.
export default function init(source) {
  if (!$ready) $ready = $start(source);
  return $ready;
}
