// The browser's own socket, without any crate.

export const payload = ({ pattern, repeats }) =>
  pattern === undefined ? new Uint8Array(repeats).fill(7) : pattern.repeat(repeats);

const same = (one, other) => {
  if (typeof other === 'string') return one === other;
  const bytes = new Uint8Array(one);
  // Of a long one about a thousand bytes, so that the comparison does not show in the CPU time.
  const step = Math.max(1, Math.floor(bytes.length / 1024));
  for (let at = 0; at < bytes.length; at += step) if (bytes[at] !== other[at]) return false;
  return bytes.length === other.length;
};

// Looks at a message as the other clients do: its kind, its length, and where it ends.
const looks = (data, expected) => {
  if (typeof expected === 'string') {
    return typeof data === 'string' && data.length === expected.length &&
      data.charCodeAt(data.length - 1) === expected.charCodeAt(expected.length - 1);
  }
  const bytes = new Uint8Array(data);
  return bytes.length === expected.length && bytes[bytes.length - 1] === expected[expected.length - 1];
};

// JavaScript uses a message where it is.
const inPlace = (plan) => {
  const expected = payload(plan);
  const outgoing = plan.start ?? expected;
  return {
    outgoing: () => outgoing,
    looks: (data) => looks(data, expected),
    same: (data) => same(data, expected),
  };
};

const { buffer } = new WebAssembly.Memory({ initial: 128 });
const input = new Uint8Array(buffer, 0, 4 << 20);
const output = new Uint8Array(buffer, 4 << 20);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const bytesOf = (message) => typeof message === 'string' ? encoder.encode(message) : message;

// UTF-16 units from which on an encoder is faster than a loop. What is short is ASCII here.
const LONG = 128;

const writeText = (text) => {
  if (text.length >= LONG) return encoder.encodeInto(text, input).written;
  for (let at = 0; at < text.length; at += 1) input[at] = text.charCodeAt(at);
  return text.length;
};

const writeBytes = (bytes) => {
  input.set(bytes);
  return bytes.length;
};

// The least that any wasm module must do: messages come into its memory and go out of it, texts as UTF-8.
const throughMemory = (plan) => {
  const expected = bytesOf(payload(plan));
  const first = plan.start ?? payload(plan);
  const outgoing = output.subarray(0, bytesOf(first).length);
  outgoing.set(bytesOf(first));
  const isText = (message) => typeof message === 'string';
  return {
    outgoing: isText(first) ? () => decoder.decode(outgoing) : () => outgoing,
    looks: (data) => {
      const length = isText(data) ? writeText(data) : writeBytes(new Uint8Array(data));
      return isText(data) === (plan.pattern !== undefined) && length === expected.length &&
        input[length - 1] === expected[length - 1];
    },
    same: () => same(input.slice(0, expected.length).buffer, expected),
  };
};

const exchange = (url, plan, { outgoing, looks, same }) => new Promise((resolve, reject) => {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let begin = 0;
  let sent = 0;
  let received = 0;
  let wrong = 0;
  const end = (last) => {
    const millis = performance.now() - begin;
    if (last !== undefined && !same(last)) wrong += 1;
    socket.close();
    if (received === plan.receives && wrong === 0) resolve(millis);
    else reject(new Error(`${received} of ${plan.receives} messages, ${wrong} wrong`));
  };
  socket.addEventListener('open', () => {
    begin = performance.now();
    for (sent = 0; sent < plan.window && sent < plan.sends; sent += 1) socket.send(outgoing());
    if (plan.receives === 0) end();
  });
  socket.addEventListener('message', ({ data }) => {
    received += 1;
    if (!looks(data)) wrong += 1;
    if (received === plan.receives) {
      end(data);
    } else if (sent < plan.sends) {
      sent += 1;
      socket.send(outgoing());
    }
  });
  socket.addEventListener('close', () => reject(new Error('closed')));
});

export const callbacks = (url, plan) => exchange(url, plan, inPlace(plan));

export const copies = (url, plan) => exchange(url, plan, throughMemory(plan));
