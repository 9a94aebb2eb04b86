/** The small nets that perception asks. */
export type NetName = 'pose' | 'segmenter' | 'face' | 'people' | 'saliency';

/**
 * Runs nets on numbers. Pictures are made into numbers and answers into planes and points by whoever asks; the nets
 * themselves may live in another thread.
 */
export interface NetRunner {
  /**
   * @param input of the net's one size; it is given away
   * @returns the net's outputs, in the order that the net's own file says
   */
  run(net: NetName, input: Float32Array): Promise<readonly Float32Array[]>;
  /** Frees the nets; none may be asked afterwards. */
  close(): Promise<void>;
}
