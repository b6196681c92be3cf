// The message may come before the module is loaded, so nothing is imported until it has come.
onmessage = async (event) => {
  const { start } = await import('./run.js');
  postMessage(await start(event.data));
};
