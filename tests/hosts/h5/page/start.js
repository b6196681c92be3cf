// Runs the suite as the query says: in this page, or in a worker of it.
const query = new URLSearchParams(location.search);
const state = document.getElementById('state');
const config = await (await fetch(query.get('config'))).text();
if (query.get('scope') === 'worker') {
  const worker = new Worker('worker.js', { type: 'module' });
  // A worker that nothing refers to may be collected while it waits.
  globalThis.worker = worker;
  worker.onerror = (event) => { state.textContent = `failed: ${event.message}`; };
  worker.onmessage = (event) => { state.textContent = event.data; };
  worker.postMessage(config);
} else {
  const { start } = await import('./run.js');
  state.textContent = await start(config);
}
