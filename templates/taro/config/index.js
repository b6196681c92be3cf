// One folder of output per platform. WeChat loads the module from a file, which nothing imports: it is copied.
const platform = process.env.TARO_ENV;
const output = `dist/${platform}`;
const wasm = 'mini/taro-socket-template-mini.wasm';

module.exports = {
  projectName: 'taro-socket-template-taro',
  date: '2025-1-1',
  designWidth: 750,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: 'src',
  outputRoot: output,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  plugins: [],
  copy: {
    patterns: platform === 'weapp'
      ? [{ from: 'src/mini/weapp/taro-socket-template-mini.wasm', to: `${output}/${wasm}` }]
      : [],
    options: {},
  },
  mini: {},
};
