import { describe, expect, it } from 'vitest';
import { findViolations, rules } from './boundaries.ts';

const namesOf = (files: Record<string, string>): string[] =>
  findViolations(new Map(Object.entries(files))).map(({ rule }) => rule.name);

/** The way from one file to another, as an import writes it. */
function pathBetween(from: string, to: string): string {
  return `${'../'.repeat(from.split('/').length - 1)}${to}`;
}

describe('boundary check', () => {
  it.each(rules)('$name refuses an import that breaks it', ({ name, broken }) => {
    const path = pathBetween(broken.from, broken.to);
    expect(namesOf({ [broken.from]: `import { x } from '${path}';` })).toContain(name);
  });

  const from = 'apps/server/src/http/server.ts';
  it.each([
    ['a type import', `import type { Row } from '../db/schema.ts';`],
    ['an import for its effects', `import '../db/schema.ts';`],
    ['a re-export', `export { jobs } from '../db/schema.ts';`],
    ['a re-export of everything', `export * from '../db/schema.ts';`],
    ['a dynamic import', `const schema = await import('../db/schema.ts');`],
    ['an import over several lines', `import {\n  jobs,\n} from\n  '../db/schema.ts';`],
  ])('sees %s', (_, source) => {
    expect(namesOf({ [from]: source })).toEqual(['few-folders-reach-the-database']);
  });

  it.each([
    ['a comment', `// import { jobs } from '../db/schema.ts';`],
    ['a text', `const help = "import { jobs } from '../db/schema.ts'";`],
    ['a package of others', `import { sql } from 'drizzle-orm';`],
  ])('is not misled by %s', (_, source) => {
    expect(namesOf({ [from]: source })).toEqual([]);
  });

  it('lets parts speak to the ports they are built on', () => {
    expect(
      namesOf({
        'apps/server/src/dialects/fashn/render.ts': `import type { JobView } from '../../jobs/port.ts'; import { wire } from './wire.ts';`,
        'apps/server/src/engines/atelier/index.ts': `import { openAtelier } from '@toile/atelier'; import type { Engine } from '../engine.ts';`,
        'apps/server/src/ledger/ledger.ts': `import { accounts } from '../db/schema.ts';`,
        'apps/server/src/main.ts': `import { createJobs } from './jobs/jobs.ts'; import { openDatabase } from './db/open.ts';`,
      }),
    ).toEqual([]);
  });

  it('lets tests wire what they need', () => {
    expect(namesOf({ 'apps/server/src/http/server.test.ts': `import '../db/schema.ts';` })).toEqual(
      [],
    );
  });
});
