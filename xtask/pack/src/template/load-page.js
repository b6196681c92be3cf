const $load = async (source) => {
  const response = typeof source === 'string' || source instanceof URL ? await fetch(source) : source;
  if (!(response instanceof Response)) return WebAssembly.instantiate(response, $imports);
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  // What comes under another type can only be made of all its bytes.
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.instantiateStreaming(response, $imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), $imports);
};

const $start = async (source) => {
  const made = await $load(source);
  // Of a module there is an instance, of bytes an object that has it.
  const wasm = (made.instance || made).exports;
  __wbg_set_wasm(wasm);
  wasm.__wbindgen_start();
};

let $ready;

// One start for all who ask; a failed one can be tried again.
export default function init(source = new URL('$NAME.wasm', import.meta.url)) {
  if (!$ready) {
    $ready = $start(source);
    $ready.catch(() => {
      $ready = undefined;
    });
  }
  return $ready;
}
