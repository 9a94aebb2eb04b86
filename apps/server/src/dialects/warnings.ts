import type { JobView } from '../jobs/port.ts';

/**
 * Wishes of style that were not followed, for dialects whose answers have no place for them: a JSON array in a header of ours.
 * Empty where there is nothing to tell.
 */
export function warningHeaders({ warnings }: JobView): Record<string, string> {
  if (warnings.length === 0) return {};
  // Header values are ASCII; JSON has an escape for everything else.
  const text = JSON.stringify(warnings).replaceAll(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { 'x-toile-warnings': text };
}
