import { fieldTables } from './fields.ts';
import { escape, inline } from './html.ts';
import type { OpenApiDocument, Operation, Response } from './openapi.ts';
import { codeBlock, curlOf } from './request-example.ts';
import { sampleOf } from './sample.ts';
import { style } from './style.ts';

interface Endpoint {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

/** A readable page of a document: HTML and style alone, from this server alone, so that it works offline and behind any policy. */
export function pageOf(name: string, document: OpenApiDocument, all: readonly string[]): string {
  const endpoints = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Endpoint => ({ path, method, operation })),
  );
  const { title, description } = document.info;
  const schemas = Object.entries(document.components.schemas);
  return html(
    `${title} API`,
    `<nav><a class="home" href="/docs">Toile</a>${tabsOf(name, all)}
<ul>${endpoints.map(linkOf).join('')}</ul><ul class="more"><li><a href="#errors">Refusals</a></li>${
      schemas.length === 0 ? '' : '<li><a href="#schemas">Schemas</a></li>'
    }<li><a href="/docs/${escape(name)}/openapi.json">OpenAPI 3.1</a></li></ul></nav>
<main><h1>${escape(title)}</h1><p class="lead">${inline(description)}</p>
<section class="start"><div><h2>Address and key</h2><p>Requests go to <code>${escape(document.servers[0]?.url ?? '')}</code> and carry a key:</p></div>
${codeBlock('Header', document['x-key-header'])}</section>
${endpoints.map((endpoint) => sectionOf(endpoint, document)).join('')}${refusalsOf(document)}
${schemas.length === 0 ? '' : `<h2 id="schemas" class="part">Schemas</h2>`}${schemas
      .map(
        ([id, schema]) =>
          `<section id="schema-${escape(id)}"><h3>${escape(id)}</h3>${fieldTables(schema, document.components.schemas)}</section>`,
      )
      .join('')}</main>`,
  );
}

/** The page that names the others. */
export function indexOf(
  documents: readonly { readonly name: string; readonly document: OpenApiDocument }[],
): string {
  const cards = documents
    .map(
      ({ name, document: { info, paths } }) =>
        `<a class="card" href="/docs/${escape(name)}"><h2>${escape(info.title)}</h2><p>${inline(info.description)}</p><p class="count">${countOf(Object.keys(paths).length)}</p></a>`,
    )
    .join('');
  return html(
    'Toile: APIs of this server',
    `<main class="index"><h1>Toile</h1><p class="lead">This server speaks ${documents.length} APIs. One key serves all of them.</p><div class="cards">${cards}</div></main>`,
  );
}

const countOf = (paths: number): string => (paths === 1 ? '1 path' : `${paths} paths`);

const html = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${style}</style></head><body>${body}</body></html>
`;

const tabsOf = (name: string, all: readonly string[]): string =>
  `<p class="tabs">${all
    .map((other) =>
      other === name
        ? `<b aria-current="page">${escape(other)}</b>`
        : `<a href="/docs/${escape(other)}">${escape(other)}</a>`,
    )
    .join('')}</p>`;

const methodMark = (method: string): string =>
  `<b class="method ${escape(method)}">${escape(method)}</b>`;

const linkOf = ({ path, method, operation }: Endpoint): string =>
  `<li><a href="#${escape(operation.operationId)}">${methodMark(method)}<span>${escape(shortPath(path))}</span></a></li>`;

function sectionOf({ path, method, operation }: Endpoint, document: OpenApiDocument): string {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const { schemas } = document.components;
  const rows = parameters
    .map(
      (parameter) =>
        `<tr><td><code>${escape(parameter.name)}</code>${parameter.required ? '<b class="must">required</b>' : ''}</td><td><span class="type">${escape(parameter.in)}</span> ${inline(parameter.description ?? '')}</td></tr>`,
    )
    .join('');
  const bodies = Object.entries(requestBody?.content ?? {});
  const others = bodies.slice(1).map(([type]) => `<code>${escape(type)}</code>`);
  const answers = Object.entries(responses).filter(([status]) => status < '4');
  const refusals = Object.keys(responses).filter((status) => status >= '4' && status !== 'default');
  const [first] = answers;
  return `<section id="${escape(operationId)}" class="endpoint"><div><h2>${escape(summary)}</h2>
<p class="route">${methodMark(method)} <code>${escape(path)}</code></p>${description === undefined ? '' : `<p>${inline(description)}</p>`}
${rows === '' ? '' : `<h4>Parameters</h4><table class="fields">${rows}</table>`}
${bodies[0] === undefined ? '' : `<h4>Body</h4>${fieldTables(bodies[0][1].schema, schemas)}${others.length === 0 ? '' : `<p>Also taken: ${others.join(', ')}.</p>`}`}
${answers.map((answer) => answerOf(answer, document)).join('')}
<p class="refusals">Refused with ${refusals.map((status) => `<a href="#errors"><code>${status}</code></a>`).join(' ')}</p></div>
<aside>${codeBlock('Request', curlOf(document, path, method, operation))}${first === undefined ? '' : exampleOf(first, document)}</aside></section>`;
}

function answerOf(
  [status, { description, content }]: [string, Response],
  document: OpenApiDocument,
): string {
  const [type, body] = Object.entries(content ?? {})[0] ?? [];
  const isJson = type?.endsWith('json') === true;
  return `<h4>Answer ${escape(status)}</h4><p>${inline(description)}${type === undefined || isJson ? '' : ` <code>${escape(type)}</code>`}</p>${
    body === undefined || !isJson
      ? ''
      : `<details><summary>Fields</summary>${fieldTables(body.schema, document.components.schemas)}</details>`
  }`;
}

function exampleOf([status, { content }]: [string, Response], document: OpenApiDocument): string {
  const [type, body] = Object.entries(content ?? {})[0] ?? [];
  if (body === undefined || type?.endsWith('json') !== true) return '';
  const sample = body.example ?? sampleOf(body.schema, document.components.schemas);
  return codeBlock(`Answer ${status}`, JSON.stringify(sample, null, 2));
}

function refusalsOf(document: OpenApiDocument): string {
  const rows = Object.entries(document['x-problem-codes']).map(
    ([code, status]) =>
      `<tr id="${escape(code)}"><td><code>${escape(code)}</code></td><td>${status}</td></tr>`,
  );
  const { schema, example } = document['x-problem'];
  const sample = example ?? sampleOf(schema, document.components.schemas);
  return `<section id="errors" class="endpoint"><div><h2>Refusals</h2><p>Every refusal has this shape, whichever endpoint it comes from.</p>${fieldTables(schema, document.components.schemas)}
${rows.length === 0 ? '' : `<h4>Codes</h4><table class="codes">${rows.join('')}</table>`}</div><aside>${codeBlock('Refusal', JSON.stringify(sample, null, 2))}</aside></section>`;
}

/** Without what all paths of an API begin with. */
const shortPath = (path: string): string =>
  path.replace(/^\/(?:toile\/v1|api\/v2|api|v1)(?=\/)/, '');
