import { isStorable, shown } from '../fields.ts';
import { accept, refuse } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';

const longestUrl = 2048;

/** The `webhook_url` of the query; null when there is none. Whether its address may be reached is checked when it is called. */
export function webhookUrlOf(query: URLSearchParams): Parsed<string | null> {
  const [text, ...others] = query.getAll('webhook_url');
  if (text === undefined || (text === '' && others.length === 0)) return accept(null);
  if (others.length > 0) return refuse('webhook_url must be given once.');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || !isStorable(text)) {
    return refuse(`webhook_url must be an http or https address; received ${shown(text)}.`);
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('webhook_url must not contain a user name or password.');
  }
  return url.href.length > longestUrl
    ? refuse(`webhook_url must be at most ${longestUrl} characters long.`)
    : accept(url.href);
}
