
type Source = string | URL | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the module, by default the file beside this one. Nothing else may be called before the promise is resolved.
 *
 * All callers get one promise, and the source of the first counts; after a failure to load the next call tries again.
 * @param source Its address, the answer of a fetch, its bytes, or the module itself; or a promise of one.
 */
export default function init(source?: Source | Promise<Source>): Promise<void>;
