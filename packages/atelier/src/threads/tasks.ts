import type { MessagePort } from 'node:worker_threads';

/** sRGB, 8 bits a channel, interleaved; four channels carry straight alpha. */
export interface Pixels {
  /** SHA-256 (hex) of the file that the pixels came from. With it, what is read of the picture is kept and used again. */
  readonly hash?: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/** How much time a picture may take for how much care. */
export type Effort = 'fast' | 'balanced' | 'quality';

/** How garments are to be worn. */
export interface Wear {
  /** `m` is the size that fits, and the default. */
  readonly size?: 's' | 'm' | 'l' | 'xl';
  /** Whether a top's hem goes under the waistband. Default false. */
  readonly tucked?: boolean;
}

export interface TryOnTask {
  readonly person: Pixels;
  readonly garment: Pixels;
  /** Garments put on after the first, from the innermost to the outermost; each one's picture says what it is. */
  readonly further?: readonly Pixels[];
  readonly wear?: Wear;
  /** What the client says the garment is; `auto` lets the picture decide. */
  readonly garmentKind: 'auto' | 'tops' | 'bottoms' | 'one-pieces' | 'accessories';
  /** What the client calls the garment; a word such as "hat" says which accessory it is. */
  readonly garmentWords?: string;
  /** What the client says the garment's photo is: the garment alone, or worn by somebody. Default `auto`. */
  readonly photoType?: 'auto' | 'flat-lay' | 'model';
  /** Width to height of the answer; the person's own by default. Another one is cut from the picture where the person allows. */
  readonly ratio?: number;
  /** About how many pixels the answer has; as many as are there by default. */
  readonly pixels?: number;
  readonly seeds: readonly number[];
  /** Balanced by default. */
  readonly effort?: Effort;
}

export interface CutOutTask {
  readonly image: Pixels;
}

/** What every reading lies on. */
interface SeenReading {
  readonly image: { readonly data: Uint8Array };
  readonly planes: Uint8Array;
}

/** What the main thread sees of a reading; the planes in it lie on shared memory and only imaging threads look at them. */
export interface SeenPerson extends SeenReading {
  readonly doubts: readonly string[];
}

export interface SeenGarment extends SeenReading {
  readonly doubts: readonly string[];
  readonly kind: { readonly value: string };
}

/** A garment as read, and its photo in full, for answers that show more of it than was read. */
export interface SeenWithPhoto {
  readonly seen: SeenGarment;
  readonly photo: Pixels;
}

interface HowToRead {
  /** Longer side in pixels at which the picture is understood. */
  readonly side: number;
  /** Name under which the reading is kept on disk; null for pictures without a hash. */
  readonly keepAs: string | null;
}

/** What the client says of a garment's picture. */
export interface AskedGarment {
  readonly expected?: 'tops' | 'bottoms' | 'one-pieces' | 'accessories';
  /** Which accessory the client's words name. */
  readonly named?: 'hat' | 'glasses' | 'necklace' | 'bag' | 'scarf' | 'shoes';
  readonly photo?: 'flat-lay' | 'model';
}

/** What one imaging thread can be asked to do. */
export type Task =
  | ({
      readonly kind: 'read-person';
      readonly person: Pixels;
      /** Whether fewer nets are asked. */
      readonly quick: boolean;
    } & HowToRead)
  | ({
      readonly kind: 'read-garment';
      readonly garment: Pixels;
      readonly asked: AskedGarment;
    } & HowToRead)
  | {
      readonly kind: 'dress';
      readonly person: Pixels;
      readonly ratio?: number;
      readonly pixels?: number;
      readonly wearer: SeenPerson;
      /** From the innermost to the outermost. */
      readonly garments: readonly SeenWithPhoto[];
      readonly wear: Wear;
      readonly seeds: readonly number[];
    }
  | {
      readonly kind: 'check';
      readonly wearer: SeenPerson;
      readonly garments: readonly SeenGarment[];
      readonly wear: Wear;
    }
  | { readonly kind: 'cut-out'; readonly image: Pixels }
  | { readonly kind: 'inspect'; readonly image: Pixels; readonly side: number };

/** One picture a seed, with what is worth telling of them. */
export interface Dressed {
  readonly images: readonly Pixels[];
  readonly doubts: readonly string[];
}

export interface Answers {
  readonly 'read-person': SeenPerson;
  readonly 'read-garment': SeenGarment;
  readonly dress: Dressed;
  /** Null when the person can wear the garments. */
  readonly check: Problem | null;
  readonly 'cut-out': Pixels;
  readonly inspect: Inspection;
}

export interface Timed<Value> {
  readonly value: Value;
  /** Milliseconds. */
  readonly took: number;
}

/** One answer a seed, with doubts worth telling. */
export interface Picture {
  readonly images: readonly Pixels[];
  readonly warnings: readonly string[];
  /** Milliseconds of each stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** What the engine saw in a picture, read as one thing: drawings of every stage, and measures that can be written as JSON. */
export interface Seen {
  readonly views: readonly { readonly name: string; readonly picture: Pixels }[];
  readonly report: Readonly<Record<string, unknown>>;
}

/** A picture read both ways. */
export interface Inspection {
  readonly person: Seen;
  readonly garment: Seen;
}

/** Whether a picture can be used, with doubts worth telling or the reason why not. */
export type Verdict =
  | { readonly usable: true; readonly doubts: readonly string[] }
  | { readonly usable: false; readonly problem: Problem };

export interface Preflight {
  readonly person: Verdict;
  /** One verdict a garment, in the order of the task. */
  readonly garments: readonly Verdict[];
}

export type ProblemCode =
  | 'pose-not-found'
  | 'garment-not-found'
  | 'subject-not-found'
  | 'unsupported'
  | 'canceled';

/** Why there is no picture: a sentence for the client that says what to do instead. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
}

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** What a thread is handed. */
export interface Assignment<Of = Task> {
  readonly task: Of;
  /** A word on shared memory that turns 1 when the thread should stop. */
  readonly stop: Int32Array;
  /** Where it asks nets. */
  readonly nets: MessagePort;
}
