// Hosts lack TextDecoder, or have a part of it. This is the Encoding Standard's for UTF-8, with `ignoreBOM`.
function $Decoder() {}

$Decoder.prototype.decode = function (bytes) {
  var end = bytes.length;
  var room = Math.min(end + 1, 4096);
  var units = new Uint16Array(room);
  var text = '';
  var count = 0;
  var at = 0;
  while (at < end) {
    // A character takes two units at most.
    if (count > room - 2) {
      text += String.fromCharCode.apply(null, units.subarray(0, count));
      count = 0;
    }
    var point = bytes[at++];
    if (point < 0x80) {
      units[count++] = point;
      continue;
    }
    // How many bytes follow, and the bounds of the first of them.
    var more = 0, low = 0x80, high = 0xBF;
    if (point >= 0xC2 && point <= 0xDF) {
      more = 1;
      point &= 0x1F;
    } else if (point >= 0xE0 && point <= 0xEF) {
      more = 2;
      if (point === 0xE0) low = 0xA0;
      if (point === 0xED) high = 0x9F;
      point &= 0x0F;
    } else if (point >= 0xF0 && point <= 0xF4) {
      more = 3;
      if (point === 0xF0) low = 0x90;
      if (point === 0xF4) high = 0x8F;
      point &= 0x07;
    } else {
      point = 0xFFFD;
    }
    for (; more > 0; more--) {
      var next = at < end ? bytes[at] : -1;
      if (next < low || next > high) {
        // What does not belong to it is looked at again.
        point = 0xFFFD;
        break;
      }
      point = (point << 6) | (next & 0x3F);
      low = 0x80;
      high = 0xBF;
      at++;
    }
    if (point > 0xFFFF) {
      point -= 0x10000;
      units[count++] = 0xD800 | (point >> 10);
      point = 0xDC00 | (point & 0x3FF);
    }
    units[count++] = point;
  }
  return text + String.fromCharCode.apply(null, units.subarray(0, count));
};
