// What the program calls: `bench(client, url, plan, mock)` resolves with milliseconds.
import { FakeSocket } from './fake.js';
import * as plain from './plain.js';

const Real = globalThis.WebSocket;
const modules = { plain };
const state = document.getElementById('state');

// A plan has these fields:
//   pattern, repeats  the text of a message is `pattern` so many times; without a pattern it is so many bytes
//   start             the text that is sent instead, where messages only come in
//   sends, receives   messages of the whole exchange
//   window            messages sent at first; then one for each that comes in, as long as any are left
globalThis.bench = async (client, url, plan, mock) => {
  const [module, style] = client.split('/');
  state.textContent = client;
  if (!mock) return modules[module][style](url, plan);
  FakeSocket.plan = plan;
  globalThis.WebSocket = FakeSocket;
  try {
    const millis = await modules[module][style]('ws://fake/', plan);
    FakeSocket.check();
    return millis;
  } finally {
    globalThis.WebSocket = Real;
  }
};

const names = await (await fetch('modules.json')).json();
for (const name of names) {
  modules[name] = await import(`./${name}/client.js`);
  await modules[name].default();
}
if (!globalThis.crossOriginIsolated) throw new Error('the clock is coarse: not isolated');
state.textContent = 'ready';
