// The message may come before the module is loaded, so nothing is imported until it has come.
addEventListener('error', (event) => postMessage(`failed: ${event.message} ${event.error?.stack}`));
addEventListener('unhandledrejection', (event) => postMessage(`failed: ${event.reason?.stack ?? event.reason}`));
onmessage = async (event) => {
  const { start } = await import('./run.js');
  postMessage(await start(event.data));
};
