// One connection: url, connect, send, close, and what was told.
import { useEffect, useRef, useState } from 'react';
import { Button, Input, Text, View } from '@tarojs/components';

// Taro takes the file of the platform: load.weapp.js, load.alipay.js, load.swan.js.
import load from '../../mini/load';

function shown(event) {
  if (event.type === 'open') return 'open ' + event.protocol;
  if (event.type === 'message') return 'message ' + event.data;
  if (event.type === 'error') return 'error ' + event.errMsg;
  return 'close ' + event.code + ' ' + event.cause + ' ' + event.reason;
}

export default function Index() {
  const [url, setUrl] = useState('wss://example.com/chat');
  const [text, setText] = useState('hello');
  const [lines, setLines] = useState([]);
  const chat = useRef(null);
  const turn = useRef(0);

  const tell = (line) => setLines((known) => known.concat([line]));

  // Closes what there is and gives its memory back; nothing more is told of it.
  function leave() {
    turn.current += 1;
    if (chat.current) chat.current.free();
    chat.current = null;
  }

  useEffect(() => leave, []);

  function connect() {
    leave();
    const own = turn.current;
    load().then((mini) => {
      // Pressed twice, or left in the meantime.
      if (turn.current !== own) return;
      chat.current = mini.connect(url, (event) => {
        if (turn.current === own) tell(shown(event));
      });
    }).catch((error) => tell('refused: ' + (error.message || error.errMsg)));
  }

  function send() {
    if (chat.current) chat.current.send(text);
    else tell('not connected');
  }

  function close() {
    if (chat.current) chat.current.close(1000, 'bye');
    else tell('not connected');
  }

  return (
    <View>
      <Input value={url} onInput={(event) => setUrl(event.detail.value)} />
      <Input value={text} onInput={(event) => setText(event.detail.value)} />
      <Button onClick={connect}>connect</Button>
      <Button onClick={send}>send</Button>
      <Button onClick={close}>close</Button>
      {lines.map((line, at) => <View key={at}><Text>{line}</Text></View>)}
    </View>
  );
}
