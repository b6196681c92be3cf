// `source` is the module's bytes, for the standard WebAssembly, or the path of a file, for a host that has $LOADER.
exports.init = function (source) {
  return $once(function () {
    var path = source === undefined || typeof source === 'string';
    if (!path && typeof WebAssembly !== 'undefined') return WebAssembly.instantiate(source, $imports);
    if (path && typeof $LOADER !== 'undefined') return $LOADER.instantiate(source || '/miniprogram_npm/$NAME/$NAME.wasm', $imports);
    throw new Error('nothing here loads ' + (path ? 'a path; give the bytes' : 'bytes') + ', or pack the plain form');
  });
};
