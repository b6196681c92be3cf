// Nothing is shared between pages.
App({});
