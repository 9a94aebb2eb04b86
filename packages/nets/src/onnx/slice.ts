import { wholeNumbers } from './convolution.ts';
import type { GraphWriter } from './graph-writer.ts';
import { bitsOf, inputOf, type TfNode } from './read-graph.ts';

/** Beyond the end of every axis. */
const END = 2 ** 31 - 1;

/**
 * StridedSlice: one entry a place, each of which cuts an axis, takes one element of it (and the axis goes), or adds an axis of
 * length 1.
 */
export function stridedSlice(graph: GraphWriter, node: TfNode): string {
  const limit = (place: number): number[] => wholeNumbers(graph, inputOf(node, place));
  const [begins, ends, strides] = [limit(1), limit(2), limit(3)];
  const [fromStart, toEnd] = [bitsOf(node, 'begin_mask'), bitsOf(node, 'end_mask')];
  const [isNew, isTaken] = [bitsOf(node, 'new_axis_mask'), bitsOf(node, 'shrink_axis_mask')];
  const axes: number[] = [];
  const cuts: { readonly begin: number; readonly end: number; readonly stride: number }[] = [];
  const taken: number[] = [];
  const added: number[] = [];
  begins.forEach((begin, place) => {
    if (isNew(place)) {
      added.push(axes.length - taken.length + added.length);
      return;
    }
    const axis = axes.push(axes.length) - 1;
    if (isTaken(place)) taken.push(axis);
    cuts.push({
      begin: fromStart(place) ? 0 : begin,
      end: isTaken(place) ? begin + 1 || END : toEnd(place) ? END : (ends[place] ?? END),
      stride: strides[place] ?? 1,
    });
  });
  let value = graph.value(inputOf(node, 0));
  if (cuts.some(({ begin, end, stride }) => begin !== 0 || end !== END || stride !== 1)) {
    const [starts, stops, steps] = [
      cuts.map(({ begin }) => begin),
      cuts.map(({ end }) => end),
      cuts.map(({ stride }) => stride),
    ];
    value = graph.add('Slice', [value, starts, stops, axes, steps]);
  }
  if (taken.length > 0) value = graph.add('Squeeze', [value, taken]);
  return added.length > 0 ? graph.add('Unsqueeze', [value, added]) : value;
}
