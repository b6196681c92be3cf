'use strict';

// Hosts may lack `globalThis`; what is asked of it may be missing as well.
var $global = typeof globalThis !== 'undefined' ? globalThis
  : typeof global !== 'undefined' ? global
  : typeof self !== 'undefined' ? self
  : {};
