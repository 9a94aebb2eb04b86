/** As much of a JSON Schema as a page shows; what stands in a document comes from our own schemas. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxItems?: number;
}

export type Definitions = Readonly<Record<string, object>>;

/** The name of the schema that another one refers to; null for one that stands by itself. */
export const referenceOf = ({ $ref }: JsonSchema): string | null => $ref?.split('/').at(-1) ?? null;

/** What a reference stands for. */
export function resolved(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const name = referenceOf(schema);
  return name === null ? schema : (definitions[name] ?? {});
}

/** The arms of a choice, null left out. */
export const choicesOf = ({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] =>
  (anyOf ?? oneOf ?? []).filter(({ type }) => type !== 'null');

/** The fields of an object, those of all its parts. */
export function fieldsOf(
  schema: JsonSchema,
  definitions: Definitions,
): readonly { readonly name: string; readonly schema: JsonSchema; readonly required: boolean }[] {
  const own = Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    schema: field,
    required: schema.required?.includes(name) ?? false,
  }));
  const parts = (schema.allOf ?? []).flatMap((part) =>
    fieldsOf(resolved(part, definitions), definitions),
  );
  return [...own, ...parts];
}
