import { escape, inline } from './html.ts';
import {
  choicesOf,
  type Definitions,
  fieldsOf,
  type JsonSchema,
  referenceOf,
  resolved,
} from './json-schema.ts';

/** Objects inside objects are opened so far; what lies deeper is told by its type. */
const deepest = 3;
/** More values than these would hide the rest of the row. */
const mostValues = 24;

/** A schema as tables of fields; a choice of several bodies becomes one table each, folded. */
export function fieldTables(schema: JsonSchema, definitions: Definitions): string {
  const name = referenceOf(schema);
  const whole = resolved(schema, definitions);
  const choices = choicesOf(whole).map((choice) => ({
    title: titleOf(choice, definitions),
    schema: resolved(choice, definitions),
  }));
  // What has many forms is shown once, where it is defined.
  if (choices.length > 1 && name !== null) return `<p class="of">${linkTo(name)}</p>`;
  if (choices.length > 1) {
    return choices
      .map(({ title, schema: choice }) => {
        const inner =
          choicesOf(choice).length > 1 || choice.allOf !== undefined
            ? fieldTables(choice, definitions)
            : tableOf(choice, definitions);
        return `<details><summary>${escape(title)}</summary>${inner}</details>`;
      })
      .join('');
  }
  const [varying, ...same] = (whole.allOf ?? []).toSorted(
    (a, b) =>
      choicesOf(resolved(b, definitions)).length - choicesOf(resolved(a, definitions)).length,
  );
  if (varying !== undefined && choicesOf(resolved(varying, definitions)).length > 1) {
    return `${fieldTables(varying, definitions)}${same.map((part) => tableOf(part, definitions)).join('')}`;
  }
  const link = name === null ? '' : `<p class="of">${linkTo(name)}</p>`;
  return `${link}${tableOf(choices[0]?.schema ?? whole, definitions)}`;
}

function tableOf(schema: JsonSchema, definitions: Definitions): string {
  const rows = rowsOf(schema, definitions, '', 0);
  return rows === '' ? `<p>${escape(typeOf(schema))}</p>` : `<table class="fields">${rows}</table>`;
}

function rowsOf(schema: JsonSchema, definitions: Definitions, path: string, depth: number): string {
  return fieldsOf(schema, definitions)
    .map(({ name, schema: field, required }) => {
      const at = `${path}${name}`;
      const named = referenceOf(field);
      const about = named === null ? undefined : resolved(field, definitions).description;
      const row = `<tr><td><code>${escape(at)}</code>${required ? '<b class="must">required</b>' : ''}</td><td><span class="type">${
        named === null ? escape(typeOf(field)) : linkTo(named)
      }</span> ${limitsOf(field)} ${inline(field.description ?? about ?? '')}</td></tr>`;
      return `${row}${depth < deepest && named === null ? innerRows(field, definitions, at, depth + 1) : ''}`;
    })
    .join('');
}

function innerRows(field: JsonSchema, definitions: Definitions, at: string, depth: number): string {
  const [only, second] = choicesOf(field);
  const inner = only !== undefined && second === undefined ? only : field;
  if (inner.items !== undefined && referenceOf(inner.items) === null) {
    return rowsOf(inner.items, definitions, `${at}[].`, depth);
  }
  return rowsOf(inner, definitions, `${at}.`, depth);
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return 'one of';
  const choices = choicesOf(schema);
  if (choices.length > 0) {
    const isNullable = (schema.anyOf ?? schema.oneOf ?? []).length > choices.length;
    return `${[...new Set(choices.map(typeOf))].join(' or ')}${isNullable ? ' or null' : ''}`;
  }
  if (schema.type === 'array')
    return `list of ${schema.items === undefined ? 'values' : plural(schema.items)}`;
  const type = String(schema.type ?? 'any value').replaceAll(',', ' or ');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

function plural(items: JsonSchema): string {
  const name = referenceOf(items);
  if (name !== null) return name;
  return items.type === 'object' ? 'objects' : items.type === 'string' ? 'strings' : typeOf(items);
}

function limitsOf(schema: JsonSchema): string {
  const only = choicesOf(schema);
  const {
    enum: values,
    minimum,
    exclusiveMinimum,
    maximum,
    maxItems,
    default: preset,
  } = only.length === 1 ? { ...only[0], ...schema } : schema;
  const shown = (values ?? [])
    .filter((value) => value !== '')
    .slice(0, mostValues)
    .map((value) => `<code>${escape(String(value))}</code>`);
  const least = minimum ?? exclusiveMinimum;
  const parts = [
    shown.join(' '),
    // Bounds of what a computer can count to are no news.
    least !== undefined && least > -(2 ** 53) + 1
      ? `${exclusiveMinimum === undefined ? 'from' : 'above'} ${least}`
      : '',
    maximum !== undefined && maximum < 2 ** 53 - 1 ? `to ${maximum}` : '',
    maxItems === undefined ? '' : `at most ${maxItems}`,
    preset === undefined ? '' : `default <code>${escape(JSON.stringify(preset))}</code>`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `<span class="limits">${parts.join(', ')}</span>`;
}

/** What tells one choice from the others: the constant that it begins with, or its name. */
function titleOf(schema: JsonSchema, definitions: Definitions): string {
  const name = referenceOf(schema) ?? (schema.allOf ?? []).map(referenceOf).find(Boolean) ?? null;
  const whole = resolved(schema, definitions);
  const constant = fieldsOf(whole, definitions).find((field) => field.schema.const !== undefined);
  if (constant !== undefined) return `${constant.name}: ${String(constant.schema.const)}`;
  if (name !== null) return name;
  const inner = fieldsOf(whole, definitions).map((field) => field.name);
  return inner.length === 0
    ? typeOf(whole)
    : `{ ${inner.slice(0, 4).join(', ')}${inner.length > 4 ? ', …' : ''} }`;
}

const linkTo = (name: string): string => `<a href="#schema-${escape(name)}">${escape(name)}</a>`;
