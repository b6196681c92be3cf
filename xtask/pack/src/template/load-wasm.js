// `path` leads from the root of the code package to the module, a `.wasm` or `.wasm.br`.
exports.init = function (path) {
  return $once(function () {
    if (typeof $LOADER === 'undefined') throw new Error('$LOADER is missing: the host is too old, or is no mini-program');
    return $LOADER.instantiate(path || '/miniprogram_npm/$NAME/$NAME.wasm', $imports);
  });
};
