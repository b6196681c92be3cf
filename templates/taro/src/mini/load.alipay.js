// Alipay: all is in the script.
import * as mini from './alipay/index.js';

export default function load() {
  return mini.init();
}
