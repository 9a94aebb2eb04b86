import type { OnnxModel } from './write-model.ts';

/** The model with what some outputs need of it, and nothing else. */
export function neededFor(outputs: readonly string[], model: OnnxModel): OnnxModel {
  const wanted = new Set(outputs);
  const operations = model.operations
    .toReversed()
    .filter((operation) => {
      const needed = operation.outputs.some((output) => wanted.has(output));
      if (needed) for (const input of operation.inputs) wanted.add(input);
      return needed;
    })
    .toReversed();
  const constants = new Map([...model.constants].filter(([name]) => wanted.has(name)));
  return { ...model, outputs, operations, constants };
}
