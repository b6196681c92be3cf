// Runs what `taro build` made of templates/taro in a simulated host: `node taro.js PLATFORM FOLDER`. It ends with 1
// when a check fails.
// @ts-check
'use strict';

const { exercise, conclude } = require('./chat.js');
const { open } = require('../../../../tests/hosts/mini/host/program.js');

const [platform, root] = process.argv.slice(2);

/** Every node that Taro has handed to setData, in order. @param {any} node @returns {any[]} */
const nodes = (node) => [node, ...Object.values(node.cn || {}).flatMap(nodes)];

/** @param {any} node The text in it. @returns {string} */
const textOf = (node) => nodes(node).map(({ v }) => v || '').join('');

async function main() {
  // Taro's runtime for Alipay reads it when it is loaded.
  const globals = platform === 'alipay' ? { navigator: { userAgent: 'simulated' } } : {};
  const setup = { platform, root, wasm: platform === 'weapp', globals };
  const { world, page, launch, until } = open(setup, { developer: true, trust: true });
  launch();
  await until((/** @type {any} */ data) => data.root && data.root.cn.length > 0);
  const children = () => Object.values(page.data.root.cn[0].cn);
  /** @param {number} at @param {string} type @param {object} [detail] */
  const tell = (at, type, detail = {}) => {
    const target = { id: children()[at].sid, dataset: { sid: children()[at].sid } };
    page.eh({ type, detail, target, currentTarget: target, timeStamp: Date.now() });
  };
  // The page's children: two fields, three buttons, then the lines.
  const lines = () => children().slice(5).map(textOf);
  const at = { connect: 2, send: 3, close: 4 };
  await exercise({
    setUrl: (value) => tell(0, 'input', { value }),
    setText: (value) => tell(1, 'input', { value }),
    press: (name) => tell(at[name], 'tap'),
    leave: () => page.onUnload(),
    shown: lines,
    changed: () => {
      const { length } = lines();
      return until(() => lines().length !== length);
    },
    faults: () => world.faults,
  });
}

conclude(main());
