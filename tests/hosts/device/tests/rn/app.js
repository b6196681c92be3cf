// The app without a display, and what its host does to it.
export { mount } from '../../../../../xtask/pack/tests/host/rn/mount.js';
export { turn } from 'react-native';
