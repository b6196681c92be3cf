// WeChat: the module is a file of the code package, where config/index.js copies it.
import * as mini from './weapp/index.js';

export default function load() {
  return mini.init('/mini/taro-socket-template-mini.wasm');
}
