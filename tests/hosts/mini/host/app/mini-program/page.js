// Runs the suite as soon as it is shown, and again from where it stopped.
var device = require('../../lib/device.js');
var suite = require('../../lib/suite/index.js');
var target = require('../../lib/target.js');

Page({
  data: {
    server: target.server, state: 'starting', device: '', counts: { total: 0, passed: 0, failed: 0, unsupported: 0 },
    next: '', told: [], error: '', stopped: false,
  },

  onShow: function () { this.start(); },

  start: function () {
    var page = this;
    if (page.running) return page.running;
    page.setData({ state: 'running', error: '', stopped: false });
    page.running = suite.init(target.wasm).then(function () {
      return device.run(suite, target.server, function (counts, about) {
        page.setData({
          device: about.name + (about.simulated ? ' (simulated)' : ''),
          counts: counts, next: counts.next, told: counts.told,
        });
      });
    }).then(function () {
      page.setData({ state: 'finished', next: '' });
    }, function (error) {
      page.running = null;
      page.setData({ state: 'stopped', stopped: true, error: error.message || error.errMsg || String(error) });
    });
    return page.running;
  },
});
