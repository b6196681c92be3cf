// Stands in for what the app takes of React Native; the constants are those of the simulated host.
export * from '../../../../../xtask/pack/tests/host/rn/react-native.js';

const constants = __turboModuleProxy('PlatformConstants').getConstants();

export const Platform = { OS: SYSTEM, Version: constants.Version, constants };

export const TurboModuleRegistry = { get: (name) => __turboModuleProxy(name) };

const heard = new Set();

export const AppState = {
  addEventListener(_, listener) {
    heard.add(listener);
    return { remove: () => heard.delete(listener) };
  },
};

/** The app leaves the screen or comes back, as the system tells it. */
export const turn = (state) => heard.forEach((listener) => listener(state));
