// Runs the suite as soon as it is shown, and again from where it stopped.
import React, { useEffect, useState } from 'react';
import { AppState, Button, ScrollView, StyleSheet, Text, View } from 'react-native';
import * as device from './lib/device';
import * as suite from './lib/suite';
import * as target from './lib/target';

interface Counts {
  total: number;
  passed: number;
  failed: number;
  unsupported: number;
  next: string;
  told: string[];
}

interface Progress {
  state: 'starting' | 'running' | 'finished' | 'stopped';
  device: string;
  counts: Counts;
  error: string;
}

/** Outlives the screen, which may be made anew while the suite runs. */
let progress: Progress = {
  state: 'starting',
  device: '',
  counts: { total: 0, passed: 0, failed: 0, unsupported: 0, next: '', told: [] },
  error: '',
};
let show: (progress: Progress) => void = () => {};

function change(part: Partial<Progress>) {
  progress = { ...progress, ...part };
  show(progress);
}

async function start() {
  if (progress.state === 'running' || progress.state === 'finished') return;
  change({ state: 'running', error: '' });
  try {
    await suite.init();
    await device.run(suite, target.server, (counts: Counts, about: { name: string; simulated: boolean }) => {
      change({ device: about.name + (about.simulated ? ' (simulated)' : ''), counts: { ...counts } });
    });
    change({ state: 'finished' });
  } catch (error) {
    change({ state: 'stopped', error: (error as Error).message || String(error) });
  }
}

/** The system stops an app that is not on the screen. */
function turned(state: string) {
  if (state === 'background') device.leave();
  if (state !== 'active') return;
  device.enter();
  start();
}

export default function App() {
  const [{ state, device: name, counts, error }, setProgress] = useState(progress);

  useEffect(() => {
    show = setProgress;
    show(progress);
    const watch = AppState.addEventListener('change', turned);
    start();
    return () => {
      show = () => {};
      watch.remove();
    };
  }, []);

  return (
    <ScrollView contentContainerStyle={styles.page}>
      <Text>{target.server}</Text>
      <Text>{name}</Text>
      <Text style={styles.state}>{state}</Text>
      <Text>{`${counts.passed} passed, ${counts.failed} failed, ${counts.unsupported} unsupported of ${counts.total}`}</Text>
      <Text>{counts.next}</Text>
      {error ? <Text style={styles.failed}>{error}</Text> : null}
      {state === 'stopped' ? <Button title="go on" onPress={start} /> : null}
      <View>
        {counts.told.map((line) => (
          <Text key={line} style={styles.failed}>{line}</Text>
        ))}
      </View>
    </ScrollView>
  );
}

const styles = StyleSheet.create({
  page: { gap: 12, paddingHorizontal: 16, paddingVertical: 64 },
  state: { fontSize: 24 },
  failed: { color: 'firebrick' },
});
