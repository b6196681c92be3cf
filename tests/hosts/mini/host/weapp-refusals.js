// What the simulated WeChat hosts refuse, and how they say so.
// @ts-check
'use strict';

/**
 * @typedef {import('./weapp-variants.js').Told & { errno?: number }} Refused `errno` is documented, not in the typings.
 * @typedef {import('./weapp-variants.js').Variant} Variant
 * @typedef {import('./world.js').World} World
 * @typedef {'url' | 'domain' | 'away' | 'limit'} Why
 */

/** @param {World} world @param {Variant} variant @param {string} url @returns {Why | null} */
function whyRefused(world, variant, url) {
  if (typeof url !== 'string' || !/^wss?:\/\/./i.test(url) || !URL.canParse(url)) return 'url';
  if (!world.allowed(url) || (!world.options.developer && !/^wss:/i.test(url))) return 'domain';
  if (world.suspended || (variant.awayRefuses && world.away)) return 'away';
  return world.live.size >= world.limit ? 'limit' : null;
}

/** Texts of the vendor's clients. @param {Why} why @param {number} id @returns {Refused} */
function vendors(why, id) {
  switch (why) {
    case 'url': return { errMsg: 'connectSocket:fail check url fail' };
    case 'domain': return { errMsg: 'createSocketTask:fail url not in domain list', errno: 600002 };
    case 'away': return { errMsg: 'connectSocket:fail interrupted', errno: 600003 };
    default: return { errMsg: `createSocketTask:fail wcwss taskID=${id} exceed max concurrent count` };
  }
}

/** Why no socket is made, if none is. @param {World} world @param {Variant} variant @param {string} url @param {number} id @returns {{ why: Why, told: Refused } | null} */
function refusal(world, variant, url, id) {
  const why = whyRefused(world, variant, url);
  if (!why) return null;
  if (!variant.refusing) return { why, told: vendors(why, id) };
  const texts = {
    url: 'invalid url', domain: 'url not in domain list', away: 'interrupted',
    limit: `reach max websocket connect count ${world.limit}`,
  };
  return { why, told: { errMsg: variant.refusing.prefix + texts[why] } };
}

module.exports = { refusal };
