export { loadGraph } from './load-graph.ts';
export { loadNet } from './load-net.ts';
export { type Net, openSession } from './session.ts';
export type { TfModel } from './onnx/read-graph.ts';
