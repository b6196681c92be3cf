// A mini-program's own files in a simulated host: its app and its first page, as the host's framework makes them.
// @ts-check
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { makeHost } = require('./hosts.js');

/** Markup of a page. */
const MARKUP = { weapp: 'wxml', alipay: 'axml', swan: 'swan' };

/** The first page, with the files that the platform asks for. @param {import('./hosts.js').Platform} platform @param {string} root @returns {string} */
function firstPage(platform, root) {
  const json = (/** @type {string} */ name) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));
  const [page] = json('app.json').pages;
  json(`${page}.json`);
  if (!fs.existsSync(path.join(root, `${page}.${MARKUP[platform]}`))) throw new Error(`${page} has no markup`);
  return page;
}

/** Sets a value as the hosts' setData does: `a.b[0].c`. @param {any} data @param {string} key @param {any} value */
function assign(data, key, value) {
  const steps = key.split(/[.[\]]+/).filter(Boolean);
  const last = steps.pop() || '';
  let at = data;
  for (const step of steps) at = at[step] = at[step] || {};
  at[last] = value;
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
  realm.Component = () => {};
  realm.getCurrentPages = () => (page ? [page] : []);
  realm.Page = (/** @type {any} */ given) => { page = given; };
  context.load(path.join(setup.root, 'app.js'));
  const route = firstPage(setup.platform, setup.root);
  context.load(path.join(setup.root, `${route}.js`));
  if (!page) throw new Error('the page has not called Page');
  page.route = route;
  page.setData = (/** @type {any} */ data, /** @type {unknown} */ done) => {
    for (const [key, value] of Object.entries(data)) assign(page.data, key, value);
    for (const watch of watchers) watch();
    world.later(() => world.call(done));
  };
  world.app.add('hide', () => world.call(app.onHide && app.onHide.bind(app)));
  world.app.add('show', () => {
    world.call(app.onShow && app.onShow.bind(app));
    world.call(page.onShow && page.onShow.bind(page));
  });

  /** As the host does when the app is opened. */
  function launch() {
    const query = { path: route, query: {} };
    for (const name of ['onLaunch', 'onShow']) world.call(app[name] && app[name].bind(app), query);
    for (const name of ['onInit', 'onLoad', 'onShow', 'onReady']) world.call(page[name] && page[name].bind(page), {});
  }

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
  return { world, control, page, launch, until };
}

module.exports = { open };
