// Loads what the server and its threads consist of, so that Node keeps their compiled code (NODE_COMPILE_CACHE) and the first start
// and the first picture need not wait for it. Run once, at the end of an installation.
const entries = [
  'apps/server/src/main.ts',
  'apps/server/src/worker.ts',
  'apps/server/src/cli/server.ts',
  'apps/server/src/intake/media-thread.ts',
  'apps/server/src/moderation/classifier-thread.ts',
  'packages/atelier/src/threads/thread.ts',
  'packages/atelier/src/threads/net-thread.ts',
];
for (const entry of entries) await import(new URL(`../${entry}`, import.meta.url).href);
process.exit();
