import { defineConfig } from 'vitest/config';

export default defineConfig({
  // graphql must be one module for Vite and for Node, or type-graphql sees two realms.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  // Files of the web client too: theirs is written by its first build, and tests run without one.
  tsconfig: 'tsconfig.json',
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/global.ts'],
    setupFiles: ['reflect-metadata'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // How long a condition may take to come true on a busy machine; it is not a wait.
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
});
