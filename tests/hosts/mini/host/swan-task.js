// The simulated Baidu host's `connectSocket` and its SocketTask.
// @ts-check
'use strict';

const { Listeners } = require('./listeners.js');
const { isArrayBuffer } = require('./payload.js');
const { connect } = require('./socket.js');
const { VARIANTS, failed, wrongState } = require('./swan-variants.js');

/**
 * @typedef {import('./swan-variants.js').Events} Events
 * @typedef {import('./swan-variants.js').Failed} Failed
 * @typedef {{ success?: unknown, fail?: unknown, complete?: unknown }} Callbacks
 * @typedef {Callbacks & { url: string, header?: Record<string, unknown>, protocols?: string[] }} Option
 * @typedef {Callbacks & { data: unknown }} SendOption
 * @typedef {Callbacks & { code?: number | string, reason?: string }} CloseOption
 * @typedef {{
 *   send: (option: SendOption) => void,
 *   close: (option?: CloseOption) => void,
 *   onOpen: (f: (event: Events['open']) => void) => void,
 *   onMessage: (f: (event: Events['message']) => void) => void,
 *   onError: (f: (event: Events['error']) => void) => void,
 *   onClose: (f: (event: Events['close']) => void) => void,
 * }} SocketTask
 */

/** @param {import('./world.js').World} world */
function connector(world) {
  const variant = VARIANTS[world.options.variant || 'android'];
  world.sync = variant.sync === true;
  const refusesAway = () => variant.awayRefuses === true && world.away;
  /** @param {string} call */
  const away = (call) => failed(variant, 'failed', `${call}:fail interrupted`);

  /** @param {string} url @returns {Failed | null} */
  function refusal(url) {
    if (typeof url !== 'string' || !url) return failed(variant, 'parameter', 'connectSocket:fail url is no text');
    if (!/^wss?:\/\/./i.test(url) || !URL.canParse(url)) return failed(variant, 'failed', 'connectSocket:fail bad url');
    if (!world.allowed(url) || (!world.options.developer && !/^wss:/i.test(url))) {
      return failed(variant, 'security', 'connectSocket:fail security check failed');
    }
    if (refusesAway()) return away('connectSocket');
    // The text is iOS's.
    if (world.live.size >= world.limit) return failed(variant, 'limit', `Excedding max concurrency ${world.limit}`);
    return null;
  }

  /** @param {Option} option @returns {SocketTask} */
  return function connectSocket(option) {
    const socketTaskId = ++world.made;
    /** @type {Listeners<Events>} */
    const listeners = new Listeners(world);
    const refused = refusal(option.url);
    world.report(option, !refused, refused || { socketTaskId, errMsg: 'connectSocket:ok' });
    const socket = refused ? null : open(option, listeners);

    return {
      onOpen: (f) => listeners.add('open', f),
      onMessage: (f) => listeners.add('message', f),
      onError: (f) => listeners.add('error', f),
      onClose: (f) => listeners.add('close', f),
      send(given) {
        const { data } = given;
        if (socket) socket.arrive();
        const state = socket ? socket.state() : 3;
        /** @param {Failed | null} error */
        const report = (error) => world.report(given, !error, error || { errMsg: 'sendSocketMessage:ok' });
        const done = (/** @type {boolean} */ sent) => report(sent ? null : failed(variant, 'state', wrongState(3)));
        if (refusesAway()) return report(away('sendSocketMessage'));
        if (!socket || state !== 1) return report(failed(variant, 'state', wrongState(state)));
        if (typeof data === 'string') return socket.send(data, done);
        if (isArrayBuffer(data)) {
          const bytes = Buffer.from(new Uint8Array(data));
          return socket.send(variant.textBinary ? bytes.toString() : bytes, done);
        }
        if (!ArrayBuffer.isView(data)) {
          return report(failed(variant, 'parameter', 'sendSocketMessage:fail data is neither String nor ArrayBuffer'));
        }
        world.lose();
        report(null);
      },
      close(given = {}) {
        if (socket) socket.arrive();
        const state = socket ? socket.state() : 3;
        /** @type {Failed | null} */
        let error = null;
        // Works only while open, as documented of closeSocket; before that it is ignored.
        if (refusesAway()) error = away('closeSocket');
        else if (!socket || state !== 1) error = failed(variant, 'state', wrongState(state));
        else {
          try {
            // A sample of the vendor's gives the code as a string.
            socket.close(Number(given.code ?? 1000), given.reason ?? '');
          } catch (thrown) {
            error = failed(variant, 'parameter', /** @type {Error} */ (thrown).message);
          }
        }
        world.report(given, !error, error || { errMsg: 'closeSocket:ok' });
      },
    };
  };

  /** @param {Option} option @param {Listeners<Events>} listeners */
  function open(option, listeners) {
    const header = Object.entries(option.header || {}).filter(([name]) => name.toLowerCase() !== 'referer');
    /** @param {string} errMsg */
    const error = (errMsg) => listeners.fire('error', variant.ios ? { errMsg } : { errCode: 0, errMsg });
    const socket = connect({
      url: option.url,
      protocols: option.protocols,
      header: Object.fromEntries(header),
      timeout: world.patience(60000),
      ...world.dial(),
    }, {
      open: ({ header: answered }) => listeners.fire('open', variant.ios ? {} : { header: answered }),
      message(data) {
        // The values of `dataType` are not documented.
        listeners.fire('message', { data, dataType: typeof data === 'string' ? 'string' : 'arraybuffer' });
      },
      end({ how, code, reason, failure }) {
        world.live.delete(live);
        if (how === 'failed') return error(failure.text);
        // The text of iOS is the only one that is documented.
        if (how !== 'own' && how !== 'peer' && how !== 'killed') error(variant.ios ? wrongState(3) : 'connection lost');
        listeners.fire('close', variant.close(code, how === 'killed' ? 'interrupted' : reason));
      },
    });
    const live = { kill: socket.kill, listeners: () => listeners.all.length };
    world.live.add(live);
    return socket;
  }
}

module.exports = { connector };
