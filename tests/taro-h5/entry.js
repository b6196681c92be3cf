// Taro's own connectSocket of H5, as its package has it.
export { connectSocket } from '@tarojs/taro-h5/dist/api/network/websocket/index.js';
