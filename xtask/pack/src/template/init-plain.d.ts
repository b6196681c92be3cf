
/**
 * Starts the module. Nothing else may be called before the promise is resolved.
 *
 * All callers get one promise; after a failure the next call tries again.
 */
export function init(): Promise<typeof import('./index')>;
