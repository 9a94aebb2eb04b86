import type { Content, OpenApiDocument, Operation } from './openapi.ts';

/** A readable page of a document: HTML and style alone, from this server alone, so that it works offline and behind any policy. */
export function pageOf(name: string, document: OpenApiDocument, others: readonly string[]): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const links = operations
    .map(
      ({ path, method, operation }) =>
        `<li><a href="#${escape(operation.operationId)}"><b class="${escape(method)}">${escape(method)}</b> ${escape(shortPath(path))}</a></li>`,
    )
    .join('');
  const sections = operations
    .map(({ path, method, operation }) => sectionOf(path, method, operation))
    .join('');
  const schemas = Object.entries(document.components.schemas)
    .map(
      ([id, schema]) =>
        `<section id="schema-${escape(id)}"><h3>${escape(id)}</h3>${schemaBlock(schema)}</section>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(document.info.title)} API</title><style>${style}</style></head>
<body><nav><h2>${escape(document.info.title)}</h2><ul>${links}</ul><h4>Other APIs here</h4><ul>${others
    .map((other) => `<li><a href="/docs/${escape(other)}">${escape(other)}</a></li>`)
    .join('')}</ul></nav>
<main><h1>${escape(document.info.title)} API</h1><p class="lead">${inline(document.info.description)}</p>
<p><a class="button" href="/docs/${escape(name)}/openapi.json">OpenAPI 3.1 document</a> <code>${escape(document.servers[0]?.url ?? '')}</code></p>
${sections}${codesOf(document)}<h2>Schemas</h2>${schemas}</main></body></html>
`;
}

function codesOf(document: OpenApiDocument): string {
  const rows = Object.entries(document['x-problem-codes']).map(
    ([code, status]) =>
      `<tr id="${escape(code)}"><td><code>${escape(code)}</code></td><td>${status}</td></tr>`,
  );
  return rows.length === 0
    ? ''
    : `<section><h2>Codes of refusals</h2><table>${rows.join('')}</table></section>`;
}

function sectionOf(path: string, method: string, operation: Operation): string {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const rows = parameters
    .map(
      (parameter) =>
        `<tr><td><code>${escape(parameter.name)}</code></td><td>${escape(parameter.in)}${parameter.required ? '' : ', optional'}</td><td>${inline(parameter.description ?? '')}</td></tr>`,
    )
    .join('');
  const answers = Object.entries(responses)
    .map(([status, response]) => {
      const body = response.content ? contentBlock(response.content) : '';
      return `<tr><td><code>${escape(status)}</code></td><td>${inline(response.description)}</td><td>${body}</td></tr>`;
    })
    .join('');
  return `<section id="${escape(operationId)}"><h2><b class="${escape(method)}">${escape(method)}</b> <code>${escape(path)}</code></h2>
<p>${inline(summary)}</p>${description === undefined ? '' : `<p>${inline(description)}</p>`}
${rows === '' ? '' : `<h4>Parameters</h4><table>${rows}</table>`}
${requestBody === undefined ? '' : `<h4>Body</h4>${contentBlock(requestBody.content)}`}
<h4>Answers</h4><table>${answers}</table></section>`;
}

const contentBlock = (content: Content): string =>
  Object.entries(content)
    .map(([type, { schema }]) => `<small>${escape(type)}</small>${schemaBlock(schema)}`)
    .join('');

function schemaBlock(schema: object): string {
  const reference = '$ref' in schema ? String(schema.$ref).split('/').at(-1) : undefined;
  if (reference !== undefined) {
    return ` <a href="#schema-${escape(reference)}">${escape(reference)}</a>`;
  }
  return `<details><summary>schema</summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`;
}

const shortPath = (path: string): string => path.replace(/^\/(?:toile\/|api\/)?v?\d?\//, '/');

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** Backticks are the only marks that descriptions use. */
const inline = (text: string): string => escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const style = `
:root{--ink:#1d1b18;--soft:#6d675f;--paper:#fbf9f5;--line:#e4dfd6;--card:#fff;--accent:#8a3b2a}
@media(prefers-color-scheme:dark){:root{--ink:#ece7df;--soft:#a49c91;--paper:#171512;--line:#332f29;--card:#1f1c18;--accent:#e0917d}}
*{box-sizing:border-box}html{scroll-behavior:smooth}
body{margin:0;display:grid;grid-template-columns:19rem minmax(0,1fr);font:16px/1.55 ui-serif,Georgia,serif;color:var(--ink);background:var(--paper)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.6rem 1.2rem;border-right:1px solid var(--line);font:14px/1.5 system-ui,sans-serif}
nav ul{list-style:none;padding:0;margin:0 0 1.4rem}nav li{margin:.2rem 0}nav a{color:inherit;text-decoration:none;overflow-wrap:anywhere}nav a:hover{color:var(--accent)}
main{padding:2.4rem clamp(1rem,4vw,3.5rem);max-width:66rem}
h1{font-size:2.3rem;line-height:1.15;margin:.2rem 0 1rem}h2{font-size:1.15rem;margin:0 0 .5rem}h4{margin:1rem 0 .3rem;font:600 .82rem system-ui,sans-serif;color:var(--soft)}
.lead{font-size:1.1rem;color:var(--soft)}section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.2rem 1.4rem;margin:1.1rem 0}
b.get,b.post,b.delete,b.patch{font:700 .7rem system-ui,sans-serif;text-transform:uppercase;letter-spacing:.05em;padding:.12rem .45rem;border-radius:5px;color:#fff;background:#3d6b52}
b.post{background:#2f5d8c}b.delete{background:#9c3d2e}b.patch{background:#7a6420}
code,pre{font:.86em ui-monospace,Menlo,monospace}pre{overflow:auto;max-height:28rem;padding:.9rem;background:var(--paper);border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.93rem}td{border-top:1px solid var(--line);padding:.4rem .7rem .4rem 0;vertical-align:top}
summary{cursor:pointer;color:var(--accent)}a{color:var(--accent)}small{color:var(--soft);margin-right:.4rem}
.button{display:inline-block;padding:.35rem .8rem;border:1px solid var(--accent);border-radius:7px;text-decoration:none}
@media(max-width:760px){body{display:block}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line)}}
`;
