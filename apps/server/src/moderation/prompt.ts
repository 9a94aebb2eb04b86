import type { ModerationLevel } from './levels.ts';
import { normalise } from './normalise.ts';
import { explicit, revealing, sexualisesMinors } from './word-rules.ts';

export type PromptFinding =
  | 'sexual content about minors'
  | 'explicit content'
  | 'revealing clothing';

/** What the words of a prompt ask for that the level forbids; null when nothing. */
export function findInPrompt(prompt: string, level: ModerationLevel): PromptFinding | null {
  const text = normalise(prompt);
  if (sexualisesMinors(text)) return 'sexual content about minors';
  if (level === 'none') return null;
  if (explicit.some((pattern) => pattern.test(text))) return 'explicit content';
  if (level === 'conservative' && revealing.some((pattern) => pattern.test(text))) {
    return 'revealing clothing';
  }
  return null;
}
