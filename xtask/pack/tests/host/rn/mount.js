// The template's screen in React, without a display.
import React from 'react';
import { create } from 'react-test-renderer';
import App from 'template';

export const mount = () => create(React.createElement(App));
