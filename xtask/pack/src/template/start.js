var $ready;

// One start for all who ask; a failed one can be tried again.
function $once(load) {
  if (!$ready) {
    $ready = new Promise(function (resolve) {
      resolve(load());
    }).then(function (result) {
      // Some hosts give the instance, others an object that has it.
      var wasm = (result.instance || result).exports;
      __wbg_set_wasm(wasm);
      if (wasm.__wbindgen_start) wasm.__wbindgen_start();
      return exports;
    });
    $ready.then(undefined, function () {
      $ready = undefined;
    });
  }
  return $ready;
}
