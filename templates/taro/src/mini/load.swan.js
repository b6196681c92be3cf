// Baidu: all is in the script.
import * as mini from './swan/index.js';

export default function load() {
  return mini.init();
}
