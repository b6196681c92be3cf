// As the decoder's. What has half a pair they refuse, and they know nothing of room.
$Encoder.prototype.encodeSlowly = $Encoder.prototype.encodeInto;

$Encoder.prototype.encodeInto = function (text, view) {
  var bytes;
  try {
    bytes = unescape(encodeURIComponent(text));
  } catch (_) {
    return this.encodeSlowly(text, view);
  }
  var written = bytes.length;
  if (written > view.length) return this.encodeSlowly(text, view);
  for (var at = 0; at < written; at++) view[at] = bytes.charCodeAt(at);
  return { read: text.length, written: written };
};
