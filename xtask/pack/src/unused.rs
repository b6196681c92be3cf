//! Parts of wasm-bindgen's glue that have no use over our codecs, or in browsers.

use anyhow::{Result, ensure};

/// Decoders of Safari fail after many bytes; ours does not.
pub(crate) const SAFARI: &str = "cachedTextDecoder.decode();
const MAX_SAFARI_DECODE_BYTES = 2146435072;
let numBytesDecoded = 0;
";
pub(crate) const SAFARI_COUNT: &str = "    numBytesDecoded += bytes.length;
    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        cachedTextDecoder.decode();
        numBytesDecoded = bytes.length;
    }
";

/// For encoders without `encodeInto`; ours has it.
pub(crate) const NO_ENCODE_INTO: &str = "if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}
";

/// For engines without finalization. What reads WebAssembly's references is younger than they.
pub(crate) const NO_REGISTRY: &str =
    "const CLOSURE_DTORS = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry";
pub(crate) const REGISTRY: &str = "const CLOSURE_DTORS = new FinalizationRegistry";

/// For modules that give back no memory.
pub(crate) const NO_REALLOC: &str = "    if (realloc === undefined) {
        const buf = cachedTextEncoder.encode(arg);
        const ptr = malloc(buf.length, 1) >>> 0;
        getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
        WASM_VECTOR_LEN = buf.length;
        return ptr;
    }
";

/// Every text that the module gets can take less memory afterwards.
pub(crate) fn check(glue: &str) -> Result<()> {
    for line in glue.lines().filter(|line| !line.starts_with("function")) {
        let calls = line.matches("passStringToWasm0(").count();
        let known = line.matches(", wasm.__wbindgen_realloc)").count();
        ensure!(
            calls <= known,
            "wasm-bindgen has changed its glue: `{line}`"
        );
    }
    Ok(())
}
