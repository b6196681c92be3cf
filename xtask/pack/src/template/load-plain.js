exports.init = function () {
  return $once(function () {
    return $instantiate($imports);
  });
};
