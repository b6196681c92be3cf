// The app that runs the conformance suite on a device.
var device = require('./lib/device.js');

App({
  // The host ends sockets of an app that is not on the screen.
  onHide: function () { device.leave(); },
  onShow: function () { device.enter(); },
});
