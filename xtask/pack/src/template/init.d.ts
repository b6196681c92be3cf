
/**
 * Loads the module. Nothing else may be called before the promise is resolved.
 *
 * All callers get one promise; after a failure the next call tries again.
 * @param path From the root of the code package to the `.wasm` or `.wasm.br`, where it is not at its usual place.
 */
export function init(path?: string): Promise<typeof import('./index')>;
