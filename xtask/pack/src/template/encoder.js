// Hosts lack TextEncoder, or have a part of it. This is the Encoding Standard's.
function $Encoder() {}

$Encoder.prototype.encodeInto = function (text, view) {
  var length = text.length;
  var room = view.length;
  var read = 0, written = 0;
  while (read < length) {
    var point = text.charCodeAt(read);
    var units = 1;
    if (point >= 0xD800 && point <= 0xDFFF) {
      var low = point < 0xDC00 && read + 1 < length ? text.charCodeAt(read + 1) : 0;
      if (low >= 0xDC00 && low <= 0xDFFF) {
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        units = 2;
      } else {
        point = 0xFFFD;
      }
    }
    var size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (written + size > room) break;
    if (size === 1) {
      view[written++] = point;
    } else {
      var shift = 6 * (size - 1);
      view[written++] = (size === 2 ? 0xC0 : size === 3 ? 0xE0 : 0xF0) | (point >> shift);
      while (shift > 0) {
        shift -= 6;
        view[written++] = 0x80 | ((point >> shift) & 0x3F);
      }
    }
    read += units;
  }
  return { read: read, written: written };
};
