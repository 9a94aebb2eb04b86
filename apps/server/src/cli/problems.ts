import { ConfigError } from '../config/config.ts';
import { redactText } from '../telemetry/redact.ts';
import { StartProblem } from '../wiring/home.ts';

/** What the person at the terminal can mend; its message is for them. */
export class CommandProblem extends Error {}

/** An error in words for a terminal: without a stack when the person can mend it, with one when it is a bug. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError)
    return `The settings can not be used:\n${error.problems.map((problem) => `  ${problem}`).join('\n')}`;
  if (error instanceof StartProblem || error instanceof CommandProblem) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (isConnectionRefusal(error)) {
    return 'The database that DATABASE_URL names does not answer. Check that it runs, and the address, name and password in the setting.';
  }
  return `${redactText(error.message)}\n${(error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')}`;
}

/** Network refusals, and PostgreSQL's classes 28 (authorization) and 3D (no such database). */
const isConnectionRefusal = (error: Error): boolean =>
  'code' in error &&
  /^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|28...|3D...)$/.test(String(error.code));
