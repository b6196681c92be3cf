// One connection: url, connect, send, close, and what was told.
var mini = require('../../lib/index.js');

function shown(event) {
  if (event.type === 'open') return 'open ' + event.protocol;
  if (event.type === 'message') return 'message ' + event.data;
  if (event.type === 'error') return 'error ' + event.errMsg;
  return 'close ' + event.code + ' ' + event.cause + ' ' + event.reason;
}

Page({
  data: { url: 'wss://example.com/chat', text: 'hello', lines: [] },

  setUrl: function (event) { this.setData({ url: event.detail.value }); },
  setText: function (event) { this.setData({ text: event.detail.value }); },

  tell: function (line) {
    this.setData({ lines: this.data.lines.concat([line]) });
  },

  connect: function () {
    var page = this;
    page.leave();
    var turn = page.turn;
    return mini.init().then(function () {
      // Pressed twice, or left in the meantime.
      if (page.turn !== turn) return;
      page.chat = mini.connect(page.data.url, function (event) {
        if (page.turn === turn) page.tell(shown(event));
      });
    }).catch(function (error) { page.tell('refused: ' + (error.message || error.errMsg)); });
  },

  send: function () {
    if (this.chat) this.chat.send(this.data.text);
    else this.tell('not connected');
  },

  close: function () {
    if (this.chat) this.chat.close(1000, 'bye');
    else this.tell('not connected');
  },

  // Closes what there is and gives its memory back; nothing more is told of it.
  leave: function () {
    var chat = this.chat;
    this.chat = null;
    this.turn = (this.turn || 0) + 1;
    if (chat) chat.free();
  },

  onUnload: function () { this.leave(); },
});
