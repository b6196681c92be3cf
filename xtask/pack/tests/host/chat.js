// What a template's page has to do, whatever it is made with.
// @ts-check
'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');

const { echo } = require('./echo.js');

/**
 * @typedef {object} Page
 * @property {(url: string) => unknown} setUrl
 * @property {(text: string) => unknown} setText
 * @property {(name: 'connect' | 'send' | 'close') => unknown} press
 * @property {() => void} leave
 * @property {() => string[]} shown The lines.
 * @property {() => Promise<unknown>} changed The next change of what is shown.
 * @property {() => unknown[]} faults What was thrown into the host.
 */

/** @param {Page} page */
async function exercise(page) {
  const { sockets, url } = await echo();
  /** Waits until there are so many lines. @param {number} count */
  const lines = async (count) => {
    while (page.shown().length < count) await page.changed();
    return page.shown();
  };
  page.press('send');
  assert.deepEqual(await lines(1), ['not connected']);
  await page.setUrl(url);
  await page.setText('Grüße, 世界');
  await page.press('connect');
  assert.equal((await lines(2))[1].trim(), 'open');
  page.press('send');
  assert.equal((await lines(3))[2], 'message Grüße, 世界');
  page.press('close');
  assert.equal((await lines(4))[3], 'close 1000 local bye');
  page.press('send');
  assert.match((await lines(5))[4], /^error sendSocketMessage:fail/);
  await page.press('connect');
  await lines(6);
  await page.setUrl('http:/');
  await page.press('connect');
  assert.match((await lines(7))[6], /^refused: connectSocket:fail/);
  await page.setUrl(url);
  const second = once(sockets, 'connection');
  await page.press('connect');
  const [socket] = await second;
  await lines(8);
  page.leave();
  await once(socket, 'close');
  assert.deepEqual(page.faults(), []);
}

/** Ends the process: with 1 when the check fails or does not end. @param {Promise<void>} check */
function conclude(check) {
  setTimeout(() => {
    console.log('not done in 30 s');
    process.exit(1);
  }, 30000);
  check.then(() => process.exit(0), (error) => {
    console.log(error);
    process.exit(1);
  });
}

module.exports = { exercise, conclude };
