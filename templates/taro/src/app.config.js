// The app's only page.
export default {
  pages: ['pages/index/index'],
  window: { navigationBarTitleText: 'Chat' },
};
