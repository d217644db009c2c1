import { defineConfig } from 'vitest/config';

/** Journeys through the real client in Chromium, against a hub of their own with the fictional demo network. */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.journey.ts'],
    globalSetup: ['test/journeys/hub.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // One after the other: they share one hub, and two browsers on two cores only wait for each other.
    fileParallelism: false,
  },
});
