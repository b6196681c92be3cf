// A host that misbehaves on demand. `fake` is the one of the test that runs: its last socket, and how it behaves.
//
// Two faces: the class `WebSocket` of browsers and React Native, and the object of a mini-program's vendor.
const fake = {
  mode: 'plain', face: 'class', last: undefined, made: 0, refusal: undefined, deaf: false, rejections: 0, naming: 'now',
};

const NAMES = ['open', 'message', 'error', 'close'];
const upper = (name) => name[0].toUpperCase() + name.slice(1);

class FakeSocket {
  constructor(args) {
    this.id = String(++fake.made);
    this.arguments = args;
    this.listeners = new Map();
    this.sent = [];
    this.closes = [];
    this.readyState = 0;
    this.bufferedAmount = 0;
    this.protocol = '';
    fake.last = this;
  }

  // As hosts do: an exception of a listener is reported and ends there.
  tell(name, event) {
    try {
      this.listeners.get(name)?.(event);
      return '';
    } catch (thrown) {
      return String(thrown);
    }
  }

  // An event in the form of the host's face.
  say(name, what = {}, id = this.id) {
    if (name === 'open') this.readyState = 1;
    if (name === 'close') this.readyState = 3;
    if (fake.face === 'class') return this.tell(name, { wasClean: true, ...what });
    if (fake.face === 'my') return this.tell(name, { data: { ...what, socketTaskID: id } });
    return this.tell(name, { ...what, socketTaskId: id });
  }

  // Calls back in the way of the mode: within the call, or later; once or twice.
  back(act) {
    const times = fake.mode === 'twice' ? 2 : 1;
    const all = () => { for (let i = 0; i < times; i += 1) act(); };
    if (fake.mode === 'plain') return undefined;
    if (fake.mode === 'late') setTimeout(all, 5);
    else all();
    if (fake.mode === 'throws') throw new Error('called back, and thrown all the same');
    if (fake.mode === 'rejects') return Promise.reject(new Error('a rejection that nobody asked for'));
    return undefined;
  }

  // What hosts tell of another task to this one.
  sayOfAnother() {
    // A class is of one connection.
    if (fake.mode !== 'other-id' || fake.face === 'class') return;
    this.say('message', { data: 'of another' }, 'another');
    this.say('error', { errMsg: 'of another', error: 1 }, 'another');
    this.say('close', { code: 4999, reason: 'of another' }, 'another');
  }

  listen(name, listener) {
    if (fake.deaf) throw new Error('no listeners');
    this.listeners.set(name, listener);
    // All are there: what is open opens at once, within the call.
    if (this.listeners.size === NAMES.length && fake.mode !== 'plain' && this.readyState === 0) {
      const open = () => this.say('open');
      if (fake.mode === 'late') setTimeout(open, 5);
      else if (fake.mode === 'twice') { open(); open(); } else open();
    }
  }

  unlisten(name, listener) {
    if (listener === undefined || this.listeners.get(name) === listener) this.listeners.delete(name);
  }

  keep(data) {
    this.sent.push(typeof data === 'string' ? data : data.slice());
    this.bufferedAmount += this.slow ? data.length : 0;
  }

  answers(data) {
    this.sayOfAnother();
    if (fake.mode !== 'plain' && data !== 'quiet') this.say('message', { data: `answer to ${data}` });
  }
}

// The class. It ignores what it does not know, such as the options of React Native.
class FakeWebSocket extends FakeSocket {
  constructor(...args) {
    if (fake.refusal !== undefined) throw fake.refusal;
    super(args.filter((arg) => arg !== undefined));
  }
  addEventListener(name, listener) { this.listen(name, listener); }
  removeEventListener(name, listener) { this.unlisten(name, listener); }
  send(data) {
    if (this.sendThrows !== undefined) throw this.sendThrows;
    this.keep(data);
    return this.back(() => this.answers(data));
  }
  close(code, reason) {
    if (this.closeThrows !== undefined) throw this.closeThrows;
    this.closes.push(`${code} ${reason}`);
    return this.back(() => this.say('close', { code, reason }));
  }
}

class FakeTask extends FakeSocket {
  send(option) {
    if (this.sendThrows !== undefined) throw this.sendThrows;
    this.keep(option.data);
    return this.back(() => { option.success({ errMsg: 'sendSocketMessage:ok' }); this.answers(option.data); });
  }
  close(option) {
    if (this.closeThrows !== undefined) throw this.closeThrows;
    this.closes.push(`${option.code} ${option.reason}`);
    this.closeOption = option;
    return this.back(() => {
      option.success({ errMsg: 'closeSocket:ok' });
      this.say('close', { code: option.code, reason: option.reason });
    });
  }
}
FakeTask.prototype.acceptClose = function accept() { this.closeOption.success({ errMsg: 'closeSocket:ok' }); };
// As some hosts do: by a promise, and by `fail` besides if told so. Gives the refusal of every later call.
FakeTask.prototype.reject = function reject(name, why, also) {
  this[name] = (option) => {
    if (name === 'close') this.closes.push(`${option.code} ${option.reason}`);
    if (also) option.fail(why);
    return Promise.reject(why);
  };
};
FakeTask.prototype.failClose = function fail(why) { this.closeOption.fail(why); };
for (const name of NAMES) {
  FakeTask.prototype[`on${upper(name)}`] = function on(listener) { this.listen(name, listener); };
  FakeTask.prototype[`off${upper(name)}`] = function off(listener) { this.unlisten(name, listener); };
}

// The object of a vendor.
const app = { onAppShow: [], onAppHide: [], offAppShow: [], offAppHide: [] };
const vendor = {
  connectSocket(option) {
    if (fake.refusal !== undefined) {
      option.fail(fake.refusal);
      return fake.noTask ? undefined : new FakeTask([option]);
    }
    const task = new FakeTask([option]);
    task.tellName = () => option.success({ socketTaskId: task.id, socketTaskID: task.id });
    if (fake.naming === 'now') task.tellName();
    if (fake.naming === 'never') option.success({ errMsg: 'connectSocket:ok' });
    return task;
  },
};
for (const name of Object.keys(app)) vendor[name] = (listener) => { app[name].push(listener); };
const tellApp = (name) => app[name].forEach((listener) => {
  try {
    listener();
  } catch (thrown) {
    console.log('an exception of a listener', thrown);
  }
});
fake.hide = () => tellApp('onAppHide');
fake.show = () => tellApp('onAppShow');

globalThis.addEventListener?.('unhandledrejection', (event) => {
  fake.rejections += 1;
  event.preventDefault();
});
const timers = globalThis.setTimeout;
fake.setTimers = (there) => { globalThis.setTimeout = there ? timers : undefined; };
fake.install = (face) => {
  Object.assign(fake, { mode: 'plain', face, refusal: undefined, deaf: false, noTask: false, rejections: 0, naming: 'now' });
  if (face === 'class') globalThis.WebSocket = FakeWebSocket;
  else globalThis[face] = vendor;
};
globalThis.fakeHost = fake;
