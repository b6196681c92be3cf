// What is in the memory at first. A text for its bytes compresses better than the same in base64.
function $data(view, at, bytes) {
  for (var i = 0; i < bytes.length; i++) view[at + i] = bytes.charCodeAt(i);
}
