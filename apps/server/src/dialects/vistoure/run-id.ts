import { tools } from './wire.ts';
import type { Tool } from './wire.ts';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const idForms = Object.fromEntries(
  Object.entries(tools).map(([tool, { idPrefix }]) => [
    tool,
    new RegExp(`^${idPrefix}(${uuid})$`, 'i'),
  ]),
);

/** A job's id as clients of this tool know it. */
export const runIdOf = (tool: Tool, jobId: string): string => `${tools[tool].idPrefix}${jobId}`;

/** The job of a run id; null for a text that is none of this tool's. */
export const jobIdOf = (tool: Tool, runId: string): string | null =>
  idForms[tool]?.exec(runId)?.[1]?.toLowerCase() ?? null;

const separator = ' ';

/** What is stored as the operation of a job: the tool, and the model where there is one. */
export const operationOf = (tool: Tool, model: string): string =>
  model === '' ? tool : `${tool}${separator}${model}`;

/** The tool and the model of an operation; null for words that are none of ours. */
export function readOperation(
  operation: string,
): { readonly tool: Tool; readonly model: string } | null {
  const [tool = '', ...model] = operation.split(separator);
  return isTool(tool) ? { tool, model: model.join(separator) } : null;
}

const isTool = (text: string): text is Tool => Object.hasOwn(tools, text);
