import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settings } from './settings.ts';

it('has every setting in the README, as the table of settings describes it', () => {
  const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
  const rows = Object.entries(settings).map(
    ([name, { default: value, meaning }]) =>
      `| \`${name}\` | ${value ? `\`${value}\`` : ''} | ${meaning} |`,
  );
  expect(readme).toContain(rows.join('\n'));
});
