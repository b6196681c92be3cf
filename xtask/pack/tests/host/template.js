// Runs a template in a simulated host: `node template.js PLATFORM FOLDER [VARIANT]`. It ends with 1 when a check
// fails.
// @ts-check
'use strict';

const { exercise, conclude } = require('./chat.js');

const [platform, root, variant] = process.argv.slice(2);

function open() {
  if (platform === 'rn') return require('./screen.js').open(root, variant);
  return require('./page.js').open(platform, root);
}

conclude(Promise.resolve(open()).then(exercise));
