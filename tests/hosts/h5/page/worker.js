import { start } from './run.js';
onmessage = async (event) => postMessage(await start(event.data));
