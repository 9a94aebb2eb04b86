import { defineConfig } from 'vitest/config';

const needsPostgres = ['apps/server/**/*.db.test.ts', 'apps/server/test/**/*.test.ts'];

export default defineConfig({
  test: {
    // Two cores are common, and PostgreSQL and the imaging threads want their share.
    maxWorkers: 2,
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'plain',
          include: ['{apps,packages}/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...needsPostgres],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: needsPostgres,
          globalSetup: ['apps/server/test/global-postgres.ts'],
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
