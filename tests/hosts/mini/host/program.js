// A mini-program's own files in a simulated host: its app and its first page, as the host's framework makes them.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { makeHost } = require('./hosts.js');

/** Endings of a page's files, and the project's file. */
const FILES = {
  weapp: { page: ['wxml', 'wxss'], project: 'project.config.json' },
  alipay: { page: ['axml', 'acss'], project: 'mini.project.json' },
  swan: { page: ['swan', 'css'], project: 'project.swan.json' },
};

/** The first page, with all files that the platform asks for. @param {import('./hosts.js').Platform} platform @param {string} root */
function pageFile(platform, root) {
  const json = (/** @type {string} */ name) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));
  json(FILES[platform].project);
  const [page] = json('app.json').pages;
  json(`${page}.json`);
  for (const ending of FILES[platform].page) {
    if (!fs.existsSync(path.join(root, `${page}.${ending}`))) throw new Error(`${page}.${ending} is missing`);
  }
  return path.join(root, `${page}.js`);
}

/**
 * Loads `app.js` and the page; nothing of them is called.
 * @param {import('./hosts.js').Setup} setup @param {import('./world.js').Options} options
 */
function open(setup, options) {
  const { world, context, control } = makeHost(setup, options);
  const realm = context.run('globalThis');
  /** @type {any} */
  let app = {};
  /** @type {any} */
  let page;
  /** @type {Set<() => void>} */
  const watchers = new Set();
  realm.App = (/** @type {any} */ given) => { app = given; };
  realm.getApp = () => app;
  realm.Page = (/** @type {any} */ given) => { page = given; };
  context.load(path.join(setup.root, 'app.js'));
  context.load(pageFile(setup.platform, setup.root));
  if (!page) throw new Error('the page has not called Page');
  page.setData = (/** @type {any} */ data) => {
    Object.assign(page.data, data);
    for (const watch of watchers) watch();
  };
  world.app.add('hide', () => world.call(app.onHide && app.onHide.bind(app)));
  world.app.add('show', () => {
    world.call(app.onShow && app.onShow.bind(app));
    world.call(page.onShow && page.onShow.bind(page));
  });

  /** Resolves once the page's data are so. @param {(data: any) => boolean} is @returns {Promise<void>} */
  async function until(is) {
    while (!is(page.data)) {
      await new Promise((resolve) => {
        const wake = () => {
          watchers.delete(wake);
          resolve(undefined);
        };
        watchers.add(wake);
      });
    }
  }
  return { world, control, page, until };
}

module.exports = { open };
