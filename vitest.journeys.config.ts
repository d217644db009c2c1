import { defineConfig } from 'vitest/config';

/** Journeys through the real client in Chromium, against a hub of their own with the fictional demo network. */
export default defineConfig({
  // As in vitest.config.ts: graphql must be one module.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/journeys/**/*.journey.ts'],
    // The first one brings the database of journeys with a hub of their own.
    globalSetup: ['test/global.ts', 'test/journeys/hub.ts'],
    setupFiles: ['reflect-metadata'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // As long as a page is waited for: on a busy machine a list takes more than the usual second to be read anew.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    // One after the other: they share one hub, and two browsers on two cores only wait for each other.
    fileParallelism: false,
  },
});
