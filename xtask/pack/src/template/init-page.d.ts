
/**
 * Loads the module, by default the file beside this one. Nothing else may be called before the promise is resolved.
 *
 * @param source Its address, the answer of a fetch, its bytes, or the module itself.
 */
export default function init(source?: string | URL | Response | BufferSource | WebAssembly.Module): Promise<void>;
