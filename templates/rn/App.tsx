// One connection: url, connect, send, close, and what was told.
import React, { useEffect, useRef, useState } from 'react';
import { Button, ScrollView, StyleSheet, Text, TextInput, View } from 'react-native';
import * as socket from './lib/chat';

interface Told {
  type: 'open' | 'message' | 'error' | 'close';
  protocol?: string;
  data?: string;
  errMsg?: string;
  code?: number;
  cause?: string;
  reason?: string;
}

function shown(event: Told): string {
  if (event.type === 'open') return `open ${event.protocol}`;
  if (event.type === 'message') return `message ${event.data}`;
  if (event.type === 'error') return `error ${event.errMsg}`;
  return `close ${event.code} ${event.cause} ${event.reason}`;
}

export default function App() {
  const [url, setUrl] = useState('wss://example.com/chat');
  const [text, setText] = useState('hello');
  const [lines, setLines] = useState<string[]>([]);
  const chat = useRef<socket.Chat | null>(null);
  const turn = useRef(0);

  const tell = (line: string) => setLines((before) => [...before, line]);

  // Closes what there is and gives its memory back; nothing more is told of it.
  const leave = () => {
    turn.current += 1;
    chat.current?.free();
    chat.current = null;
  };
  useEffect(() => leave, []);

  const connect = async () => {
    leave();
    const mine = turn.current;
    try {
      await socket.init();
      // Pressed twice, or left in the meantime.
      if (turn.current !== mine) return;
      chat.current = socket.connect(url, (event: Told) => {
        if (turn.current === mine) tell(shown(event));
      });
    } catch (error) {
      tell(`refused: ${(error as Error).message}`);
    }
  };
  const send = () => (chat.current ? chat.current.send(text) : tell('not connected'));
  const close = () => (chat.current ? chat.current.close(1000, 'bye') : tell('not connected'));

  return (
    <View style={styles.page}>
      <TextInput style={styles.field} value={url} onChangeText={setUrl} autoCapitalize="none" autoCorrect={false} />
      <TextInput style={styles.field} value={text} onChangeText={setText} />
      <View style={styles.row}>
        <Button title="connect" onPress={connect} />
        <Button title="send" onPress={send} />
        <Button title="close" onPress={close} />
      </View>
      <ScrollView>
        {lines.map((line, at) => (
          <Text key={at}>{line}</Text>
        ))}
      </ScrollView>
    </View>
  );
}

const styles = StyleSheet.create({
  page: { flex: 1, gap: 12, paddingHorizontal: 16, paddingTop: 64 },
  field: { borderColor: 'gray', borderWidth: 1, padding: 8 },
  row: { flexDirection: 'row', justifyContent: 'space-between' },
});
