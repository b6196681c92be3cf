// Stands in for React Native's components: their names, which the test renderer shows.
export const Button = 'Button';
export const ScrollView = 'ScrollView';
export const Text = 'Text';
export const TextInput = 'TextInput';
export const View = 'View';
export const StyleSheet = { create: (styles) => styles };
