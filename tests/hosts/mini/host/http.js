// `request` of the simulated hosts: real HTTP, with text in both directions.
// @ts-check
'use strict';

const http = require('node:http');
const https = require('node:https');

/**
 * @typedef {{ status: number, header: Record<string, string>, text: string }} Answer
 * @typedef {{ url: string, method?: string, header?: Record<string, unknown>, data?: unknown, timeout?: number }} Question
 */

/**
 * Calls `done` once, in a task of its own. Returns what gives the request up.
 * @param {Question} question
 * @param {boolean | undefined} trust
 * @param {(error: Error | null, answer?: Answer) => void} done
 */
function request(question, trust, done) {
  let told = false;
  /** @param {Error | null} error @param {Answer} [answer] */
  const tell = (error, answer) => {
    if (told) return;
    told = true;
    setImmediate(done, error, answer);
  };
  /** @type {http.ClientRequest} */
  let sent;
  try {
    const { data } = question;
    // What is no text is sent as JSON, which all three hosts do for their default content type.
    const body = data === undefined || data === null || typeof data === 'string' ? data : JSON.stringify(data);
    /** @type {Record<string, string>} */
    const headers = { 'content-type': 'application/json' };
    for (const [name, value] of Object.entries(question.header || {})) headers[name.toLowerCase()] = String(value);
    if (body) headers['content-length'] = String(Buffer.byteLength(body));
    const { request: ask } = question.url.startsWith('https:') ? https : http;
    sent = ask(question.url, {
      // A connection each: a kept one may end just when it is used again.
      agent: false,
      headers,
      method: (question.method || 'GET').toUpperCase(),
      timeout: question.timeout || 60000,
      rejectUnauthorized: !trust,
    });
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.on('error', tell);
    sent.on('response', (response) => {
      /** @type {Buffer[]} */
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', tell);
      response.on('end', () => {
        /** @type {Record<string, string>} */
        const header = {};
        const raw = response.rawHeaders;
        for (let i = 0; i < raw.length; i += 2) header[raw[i]] = raw[i + 1];
        tell(null, { status: response.statusCode || 0, header, text: Buffer.concat(parts).toString() });
      });
    });
    sent.end(body || undefined);
  } catch (thrown) {
    tell(/** @type {Error} */ (thrown));
  }
  return () => {
    tell(new Error('abort'));
    if (sent) sent.destroy();
  };
}

/** A text as the data type `json` has it: parsed if it can be. @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

module.exports = { request, parsed };
