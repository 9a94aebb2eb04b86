import { escape } from './html.ts';
import type { OpenApiDocument, Operation } from './openapi.ts';

/** The call as it is typed into a shell. */
export function curlOf(
  document: OpenApiDocument,
  path: string,
  method: string,
  { requestBody }: Operation,
): string {
  const base = document.servers[0]?.url ?? '';
  const verb =
    method === 'get' ? '' : method === 'post' ? '-X POST ' : `-X ${method.toUpperCase()} `;
  const lines = [
    `curl ${verb}${base}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())}`,
  ];
  lines.push(`-H "${document['x-key-header']}"`);
  const body = Object.values(requestBody?.content ?? {})[0]?.example;
  if (body !== undefined) {
    lines.push('-H "Content-Type: application/json"');
    // A single quote would end the shell's text.
    lines.push(`-d '${JSON.stringify(body, null, 2).replaceAll("'", String.raw`'\''`)}'`);
  }
  return lines.join(' \\\n  ');
}

export const codeBlock = (title: string, text: string): string =>
  `<figure><figcaption>${escape(title)}</figcaption><pre tabindex="0">${escape(text)}</pre></figure>`;
