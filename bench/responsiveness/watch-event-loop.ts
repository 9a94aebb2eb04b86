/** Preloaded into the server's process: tells its parent, when asked, how late its event loop has been since the last time. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  process.on('message', () => {
    process.send?.({
      p50: delay.percentile(50) / 1e6,
      p99: delay.percentile(99) / 1e6,
      p999: delay.percentile(99.9) / 1e6,
      max: delay.max / 1e6,
      count: delay.count,
    });
    delay.reset();
  });
  process.channel?.unref();
}
