// Gets React Native's own sources from npm, without what it depends on: `npm run download`.
// @ts-check
'use strict';

const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** Versions, and what npm says of their packages. The tag `latest` is a placeholder, so versions are named. */
const VERSIONS = {
  '0.88.1': 'sha512-wajWcLZ93GCN7k4Uwh4CS4L2Ah8ohcvkOXnvIYmh4Yvuqho5j3APZ9qozK+nQrHWSgauq4h8D3HN5DKK84SrHA==',
  '0.76.9': 'sha512-+LRwecWmTDco7OweGsrECIqJu0iyrREd6CTCgC/uLLYipiHvk+MH9nd6drFtCw/6Blz6eoKTcH9YTTJusNtrWg==',
};

/** @typedef {keyof typeof VERSIONS} Version */

/** What the class `WebSocket` is made of. */
const FOLDERS = ['package/package.json', 'package/Libraries', 'package/src/private'];

/** Where a version's sources are. @param {string} version */
const folderOf = (version) => path.join(__dirname, 'node_modules', '.react-native', version);

/** @param {Version} version */
function download(version) {
  const folder = folderOf(version);
  if (fs.existsSync(folder)) return;
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'react-native-'));
  try {
    execFileSync('npm', ['pack', `react-native@${version}`, '--silent', '--pack-destination', work], { shell: process.platform === 'win32' });
    const archive = path.join(work, `react-native-${version}.tgz`);
    const found = `sha512-${createHash('sha512').update(fs.readFileSync(archive)).digest('base64')}`;
    if (found !== VERSIONS[version]) throw new Error(`react-native@${version} is not what it was: ${found}`);
    execFileSync('tar', ['-xzf', archive, '-C', work, ...FOLDERS]);
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    // Beside the target first: a rename is whole or not at all.
    const aside = `${folder}.${process.pid}`;
    fs.cpSync(path.join(work, 'package'), aside, { recursive: true });
    fs.renameSync(aside, folder);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

if (require.main === module) /** @type {Version[]} */ (Object.keys(VERSIONS)).forEach(download);

module.exports = { folderOf };
