
/**
 * Loads the module. Nothing else may be called before the promise is resolved.
 *
 * All callers get one promise; after a failure the next call tries again.
 * @param source The bytes of the `.wasm`, or its path from the root of the code package where the host loads files.
 */
export function init(source?: ArrayBuffer | Uint8Array | string): Promise<typeof import('./index')>;
