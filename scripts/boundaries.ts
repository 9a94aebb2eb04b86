import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

/**
 * The arrows of ARCHITECTURE.md as a table. A rule speaks of the files in `from` and refuses every import that matches
 * `to`, save those that match `except`. In both, `$1` stands for what the first group of `from` found.
 * Tests wire parts together as they like, and are bound only by rules that say so.
 */
interface Rule {
  readonly name: string;
  /** The accident that the rule prevents. */
  readonly comment: string;
  readonly from: RegExp;
  readonly to: string;
  readonly except?: string;
  readonly bindsTests?: true;
  /** An import that breaks the rule; the test holds every rule to its own. */
  readonly broken: { readonly from: string; readonly to: string };
}

const server = 'apps/server/src';

export const rules: readonly Rule[] = [
  {
    name: 'dialects-speak-to-ports',
    comment:
      'A dialect that knows an engine or a table answers differently on another engine or another database.',
    from: /^apps\/server\/src\/dialects\/([^/]+)\//,
    to: `^(apps/|packages/)`,
    except: `^${server}/(dialects/($1/|[^/]+$)|capabilities/|failures/|direction/|prices/|(jobs|roster|uploads|preflights|previews)/port\\.ts$)|^packages/contracts/`,
    broken: {
      from: `${server}/dialects/fashn/routes.ts`,
      to: `${server}/engines/atelier/index.ts`,
    },
  },
  {
    name: 'dialects-do-not-know-each-other',
    comment: 'A change for the clients of one wire format would reach those of another.',
    from: /^apps\/server\/src\/dialects\/([^/]+)\//,
    to: `^${server}/dialects/[^/]+/`,
    except: `^${server}/dialects/$1/`,
    broken: { from: `${server}/dialects/fashn/routes.ts`, to: `${server}/dialects/selfie/wire.ts` },
  },
  {
    name: 'engines-know-only-their-work',
    comment:
      'An engine that reads a job row or a wire format can not be used by the next dialect, or offline.',
    from: /^apps\/server\/src\/engines\/([^/]+)\//,
    to: `^(apps/|packages/)`,
    except: `^${server}/(engines/($1/|engine\\.ts$)|capabilities/|failures/|direction/)|^packages/(atelier|contracts)/`,
    broken: { from: `${server}/engines/atelier/index.ts`, to: `${server}/dialects/fashn/wire.ts` },
  },
  {
    name: 'engines-do-not-know-each-other',
    comment: 'Falling back from one engine to another is the work of the router.',
    from: /^apps\/server\/src\/engines\/([^/]+)\//,
    to: `^${server}/engines/[^/]+/`,
    except: `^${server}/engines/$1/`,
    broken: { from: `${server}/engines/atelier/index.ts`, to: `${server}/engines/comfy/index.ts` },
  },
  {
    name: 'few-folders-reach-the-database',
    comment: 'A query outside the owners of a table sees states that its owner never promised.',
    from: new RegExp(
      `^${server}/(?!(db|jobs|ledger|accounts|assets|webhooks|roster|uploads|cli|wiring)/|main\\.ts$|worker\\.ts$)`,
    ),
    to: `^${server}/db/`,
    broken: { from: `${server}/http/server.ts`, to: `${server}/db/schema.ts` },
  },
  {
    name: 'capabilities-stand-alone',
    comment: 'Everything else is built on the canonical request; it must not lean back.',
    from: new RegExp(`^${server}/capabilities/`),
    to: '^(apps/|packages/)',
    except: `^${server}/(capabilities|failures)/`,
    broken: { from: `${server}/capabilities/edit.ts`, to: `${server}/jobs/port.ts` },
  },
  {
    name: 'prices-and-direction-stand-on-capabilities',
    comment:
      'What a picture costs and what words mean is the same whoever asks and whoever paints.',
    from: new RegExp(`^${server}/(prices|direction)/`),
    to: '^(apps/|packages/)',
    except: `^${server}/($1|capabilities)/`,
    broken: { from: `${server}/direction/compile.ts`, to: `${server}/engines/engine.ts` },
  },
  {
    name: 'parts-are-wired-in-three-places',
    comment:
      'A part that builds its own dependencies can not be given others, in a test or in another process.',
    from: new RegExp(
      `^${server}/(?!(cli|config|wiring)/|db/embedded-postgres|main\\.ts$|worker\\.ts$)`,
    ),
    to: `^${server}/(main\\.ts$|worker\\.ts$|cli/|wiring/|config/|db/embedded-postgres)`,
    broken: { from: `${server}/jobs/worker.ts`, to: `${server}/main.ts` },
  },
  {
    name: 'atelier-knows-no-server',
    comment:
      'The imaging engine works without any server, from the command line as in a worker thread.',
    from: /^packages\/atelier\//,
    to: '^(apps/|packages/(?!atelier/))',
    except: '^packages/(memory|nets)/',
    bindsTests: true,
    broken: { from: 'packages/atelier/src/index.ts', to: `${server}/engines/engine.ts` },
  },
  {
    name: 'nets-know-no-pictures',
    comment:
      'What runs nets serves moderation as it serves the engine, and neither brings the other along.',
    from: /^packages\/nets\//,
    to: '^(apps/|packages/(?!(memory|nets)/))',
    bindsTests: true,
    broken: { from: 'packages/nets/src/session.ts', to: 'packages/atelier/src/nets/runner.ts' },
  },
  {
    name: 'memory-stands-alone',
    comment: 'Every thread of the server and of the engine loads it.',
    from: /^packages\/memory\//,
    to: '^(apps/|packages/(?!memory/))',
    bindsTests: true,
    broken: { from: 'packages/memory/src/regions.ts', to: 'packages/nets/src/session.ts' },
  },
  {
    name: 'libvips-keeps-no-pictures',
    comment:
      'Whoever loads sharp by itself switches its cache of decoded pictures on for all threads.',
    from: /^(apps|packages\/(?!memory\/))/,
    to: '^sharp$',
    broken: { from: `${server}/intake/media-thread.ts`, to: 'sharp' },
  },
  {
    name: 'the-client-needs-nothing',
    comment: 'What runs in browsers, workers and every runtime brings along what it imports.',
    from: /^packages\/sdk\//,
    to: '^(?!packages/sdk/)',
    broken: { from: 'packages/sdk/src/client.ts', to: 'node:crypto' },
  },
  {
    name: 'packages-come-in-by-their-door',
    comment: 'What a package does not export may change without notice.',
    from: /^apps\//,
    to: '^packages/[^/]+/.',
    except: '^packages/memory/sharp$',
    broken: { from: `${server}/engines/atelier/index.ts`, to: 'packages/atelier/src/warp/warp.ts' },
  },
];

export interface Violation {
  readonly rule: Rule;
  readonly from: string;
  readonly to: string;
}

/** @param files source text by path, relative to the project and with slashes */
export function findViolations(files: ReadonlyMap<string, string>): Violation[] {
  return [...files].flatMap(([from, source]) =>
    importsOf(from, source).flatMap((to) =>
      rules.filter((rule) => isBroken(rule, from, to)).map((rule) => ({ rule, from, to })),
    ),
  );
}

function isBroken(rule: Rule, from: string, to: string): boolean {
  if (isTest(from) && !rule.bindsTests) return false;
  const found = rule.from.exec(from);
  if (!found) return false;
  const pattern = (text: string): RegExp => new RegExp(text.replaceAll('$1', found[1] ?? '(?!)'));
  return pattern(rule.to).test(to) && !(rule.except && pattern(rule.except).test(to));
}

const isTest = (path: string): boolean => /\.test(-d)?\.ts$|\/test\//.test(path);

/** What a file imports or re-exports, types included: relative paths resolved, our packages as `packages/<name>`. */
function importsOf(path: string, source: string): string[] {
  const { module } = parseSync(path, source);
  const named = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest }) => moduleRequest?.value),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      literal(source.slice(moduleRequest.start, moduleRequest.end)),
    ),
  ];
  return named.flatMap((specifier) =>
    specifier === undefined ? [] : [resolveSpecifier(path, specifier)],
  );
}

const literal = (text: string): string | undefined => /^['"`]([^'"`$]+)['"`]$/.exec(text)?.[1];

function resolveSpecifier(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  return specifier
    .replace(/^@toile\/server(?=$|\/)/, 'apps/server')
    .replace(/^@toile\/([^/]+)\/?/, 'packages/$1/');
}

function main(): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const paths = globSync('{apps,packages}/*/{src,test}/**/*.{ts,tsx}', { cwd: root });
  const files = new Map(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(`${root}${path}`, 'utf8')]),
  );
  const violations = findViolations(files);
  for (const { rule, from, to } of violations) {
    console.error(`${from}\n  imports ${to}\n  against ${rule.name}: ${rule.comment}`);
  }
  console.log(`${files.size} files, ${rules.length} rules, ${violations.length} violations`);
  if (violations.length > 0) process.exitCode = 1;
}

if (import.meta.main) main();
