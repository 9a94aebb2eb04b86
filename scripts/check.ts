import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The test command. Every step runs, so that one failure does not hide the next; each prints its name and time, and the
 * last line counts steps and tests together: `N passed, N failed`.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

interface Step {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
}

const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

const steps: readonly Step[] = [
  { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
  { name: 'lint', command: [bin('oxlint')] },
  { name: 'types of the server', command: [bin('tsc'), '-p', 'apps/server'] },
  { name: 'types of atelier', command: [bin('tsc'), '-p', 'packages/atelier'] },
  { name: 'types of memory', command: [bin('tsc'), '-p', 'packages/memory'] },
  { name: 'types of nets', command: [bin('tsc'), '-p', 'packages/nets'] },
  { name: 'types of the client', command: [bin('tsc'), '-p', 'packages/sdk'] },
  { name: 'types of scripts and benchmarks', command: [bin('tsc'), '-p', 'scripts'] },
  { name: 'boundaries', command: [process.execPath, 'scripts/boundaries.ts'] },
  { name: 'unused code', command: [bin('knip'), '--no-progress'] },
];

interface Tally {
  passed: number;
  failed: number;
}

/** Runs a command in the foreground and says how it went. */
function run({ name, command: [program, ...args] }: Step): boolean {
  const started = performance.now();
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (error) console.error(error.message);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  return status === 0;
}

/** Vitest, whose own tests are counted. A run that breaks outside a test counts as one failure. */
function runTests(): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'toile-check-'));
  const report = join(folder, 'report.json');
  try {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const went = run({ name: 'tests', command: [bin('vitest'), ...args] });
    const { passed, failed } = readReport(report);
    return { passed, failed: went ? failed : Math.max(failed, 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): Tally {
  try {
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: numberIn(report, 'numPassedTests'),
      failed: numberIn(report, 'numFailedTests'),
    };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function numberIn(value: unknown, name: string): number {
  return typeof value === 'object' && value !== null ? Number(Reflect.get(value, name)) : 0;
}

const tally: Tally = { passed: 0, failed: 0 };
for (const step of steps) {
  if (run(step)) tally.passed += 1;
  else tally.failed += 1;
}
const tests = runTests();
tally.passed += tests.passed;
tally.failed += tests.failed;
console.log(`${tally.passed} passed, ${tally.failed} failed`);
if (tally.failed > 0) process.exitCode = 1;
