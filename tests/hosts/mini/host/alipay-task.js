// The simulated Alipay host's `connectSocket` with `multiple`, and its SocketTask.
// @ts-check
'use strict';

const { VARIANTS, ERRORS } = require('./alipay-variants.js');
const { Listeners } = require('./listeners.js');
const { connect } = require('./socket.js');

/**
 * @typedef {import('./alipay-variants.js').Events} Events
 * @typedef {{ error: number, errorMessage: string }} Failed
 * @typedef {{ url: string, multiple?: boolean, data?: Record<string, unknown>, header?: Record<string, string>,
 *   protocols?: string[], timeout?: number, success?: unknown, fail?: unknown, complete?: unknown }} Option
 *   `timeout` and callbacks are documented, not in the typings.
 * @typedef {{ code?: number, reason?: string, success?: any, fail?: any, complete?: any }} CloseOption
 * @typedef {{ data: string, isBuffer?: boolean, success?: any, fail?: any, complete?: any }} SendOption
 *   `isBuffer` is documented for the global form and passed by public adapters, not in the task's typings.
 */

/** While the app is hidden; the vendor's pages say nothing of it. @type {Failed} */
const AWAY = { error: 1, errorMessage: 'interrupted' };

/** @param {import('./world.js').World} world @param {string} url @returns {Failed | null} */
function refusal(world, url) {
  if (typeof url !== 'string') return { error: 2, errorMessage: 'invalid parameter' };
  if (!url) return { error: 3, errorMessage: 'url is empty' };
  if (!URL.canParse(url)) return { error: 4, errorMessage: 'url is malformed' };
  if (!/^wss?:/i.test(url)) return { error: 5, errorMessage: 'scheme is neither ws nor wss' };
  if (!world.options.developer && !/^wss:/i.test(url)) return { error: 20, errorMessage: 'ws is refused, use wss' };
  // The limit is documented, the number that tells it is not.
  if (world.live.size >= world.limit) return { error: 1, errorMessage: `exceed max concurrent count ${world.limit}` };
  return null;
}

/** `data` goes into the query. @param {Option} option */
function target({ url, data }) {
  if (!data) return url;
  const full = new URL(url);
  for (const [name, value] of Object.entries(data)) full.searchParams.append(name, String(value));
  return full.href;
}

/** Callbacks and a promise. @template T @param {import('./world.js').World} world @param {any} given @param {Failed | null} failed @param {T} result @returns {Promise<T>} */
function settle(world, given, failed, result) {
  world.report(given, !failed, failed || result);
  const promise = failed ? Promise.reject(failed) : Promise.resolve(result);
  // Who gave callbacks looks at no promise.
  if (given && (given.fail || given.complete)) promise.catch(() => {});
  return promise;
}

/** @param {import('./world.js').World} world */
function connector(world) {
  const variant = VARIANTS[world.options.variant || 'base64'];
  world.sync = variant.sync === true;
  /** Of every task so far. @type {Set<Listeners<Events>>} */
  const all = new Set();
  const refusesAway = () => variant.awayRefuses === true && world.away;

  /** @template {keyof Events} K @param {Listeners<Events>} own @param {K} name @param {Events[K]} event */
  function fire(own, name, event) {
    for (const listeners of variant.everyTask ? Array.from(all) : [own]) listeners.fire(name, event);
  }

  /** @param {Option} option */
  return function connectSocket(option) {
    if (option.multiple !== true) {
      world.warn('the single connection of old, without `multiple`, is not simulated: nothing is dialled');
      return undefined;
    }
    const socketTaskID = String(++world.made);
    /** @type {Listeners<Events>} */
    const listeners = new Listeners(world);
    const refused = refusesAway() ? AWAY : refusal(world, option.url);
    world.report(option, !refused, refused || { socketTaskID });
    const socket = refused ? null : open(option, socketTaskID, listeners);
    all.add(listeners);
    return task(socket, listeners);
  };

  /** @param {ReturnType<typeof open> | null} socket @param {Listeners<Events>} listeners */
  function task(socket, listeners) {
    /** @type {my.SocketTask} */
    const made = {
      onOpen: (f) => listeners.add('open', f),
      onMessage: (f) => listeners.add('message', /** @type {(event: Events['message']) => void} */ (f)),
      onError: (f) => listeners.add('error', f),
      onClose: (f) => listeners.add('close', f),
      offOpen: (f) => listeners.remove('open', f),
      offMessage: (f) => listeners.remove('message', f),
      offError: (f) => listeners.remove('error', f),
      offClose: (f) => listeners.remove('close', f),
      send(/** @type {SendOption} */ given) {
        const { data, isBuffer } = given;
        /** @param {number} error @param {string} errorMessage */
        const fail = (error, errorMessage) => settle(world, given, { error, errorMessage }, { success: false });
        if (socket) socket.arrive();
        if (refusesAway()) return settle(world, given, AWAY, { success: false });
        if (!socket || socket.state() !== 1) return fail(10, 'the connection is not open');
        // Whether a raw ArrayBuffer is taken is not known, so it is not.
        if (typeof data !== 'string') return fail(2, 'data should be String');
        if (isBuffer && !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) return fail(2, 'data is not base64');
        const bytes = isBuffer ? Buffer.from(data, 'base64') : data;
        const told = new Promise((resolve, reject) => {
          socket.send(bytes, (sent) => {
            const end = sent ? settle(world, given, null, { success: true }) : fail(1, 'the connection is broken');
            end.then(resolve, reject);
          });
        });
        told.catch(() => {});
        return told;
      },
      close(/** @type {CloseOption} */ given = {}) {
        if (socket) socket.arrive();
        /** @type {Failed | null} */
        let failed = null;
        try {
          if (refusesAway()) failed = AWAY;
          else if (!socket || socket.state() > 1) failed = { error: 10, errorMessage: 'the connection is not open' };
          else socket.close(given.code ?? 1000, given.reason ?? '');
        } catch (thrown) {
          failed = { error: 2, errorMessage: /** @type {Error} */ (thrown).message };
        }
        return settle(world, given, failed, { message: 'close' });
      },
    };
    return made;
  }

  /** @param {Option} option @param {string} socketTaskID @param {Listeners<Events>} listeners */
  function open(option, socketTaskID, listeners) {
    const socket = connect({
      url: target(option),
      refused: world.allowed(option.url) ? null : { kind: 'domain', text: 'domain not allowed' },
      protocols: option.protocols,
      header: option.header,
      timeout: world.patience(option.timeout || 30000),
      ...world.dial(),
    }, {
      // No header: documented so.
      open: () => fire(listeners, 'open', { data: { socketTaskID } }),
      message(data) {
        const body = typeof data === 'string' ? { data, isBuffer: false } : variant.binary(data);
        fire(listeners, 'message', { data: { ...body, socketTaskID } });
      },
      end({ how, code, reason, failure }) {
        world.live.delete(live);
        const error = { failed: ERRORS[failure.kind], cut: 50, reset: 50, broken: 1, idle: 50 }[/** @type {string} */ (how)];
        if (error) fire(listeners, 'error', { data: { socketTaskID }, error });
        if (how === 'failed') return;
        const given = how === 'killed' ? 'interrupted' : reason;
        fire(listeners, 'close', { data: { socketTaskID, ...(variant.code ? { code, reason: given } : {}) } });
      },
    });
    const live = { kill: socket.kill, listeners: () => listeners.all.length };
    world.live.add(live);
    return socket;
  }
}

module.exports = { connector };
