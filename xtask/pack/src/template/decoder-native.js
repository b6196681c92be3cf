// An interpreter takes longer for each byte than these functions do for many. What is no UTF-8 they refuse.
$Decoder.prototype.decodeSlowly = $Decoder.prototype.decode;

$Decoder.prototype.decode = function (bytes) {
  var end = bytes.length;
  var text = '';
  for (var at = 0; at < end; at += 4096) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 4096));
  }
  try {
    return decodeURIComponent(escape(text));
  } catch (_) {
    return this.decodeSlowly(bytes);
  }
};
