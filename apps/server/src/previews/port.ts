import type { JobView } from '../jobs/port.ts';

/** A small copy of an output. */
export interface Preview {
  /** Its place among the outputs, from 0. */
  readonly output: number;
  readonly dataUri: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Previews {
  /** One for every picture that the job has put out and that still is there; none for a job that did not succeed. */
  of(accountId: string, job: JobView): Promise<readonly Preview[]>;
}
