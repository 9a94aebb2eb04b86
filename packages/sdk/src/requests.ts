/**
 * A picture: its http(s) address, a data URI, `upload:ID`, `saved:NAME`, or the bytes themselves, which are then sent ahead.
 */
export type Picture = string | Blob | Uint8Array;

export type AspectRatio =
  | '21:9'
  | '1:1'
  | '4:3'
  | '3:2'
  | '2:3'
  | '5:4'
  | '4:5'
  | '3:4'
  | '16:9'
  | '9:16';

interface Common {
  /** 0 to 4,294,967,295; drawn at random when left out. */
  readonly seed?: number;
  /** 1 to 4 pictures; 1 by default. */
  readonly count?: number;
  /** `permissive` by default. */
  readonly moderation?: 'conservative' | 'permissive' | 'none';
  readonly effort?: 'fast' | 'balanced' | 'quality';
  /** Id of the generative model to prefer; see `engines()`. */
  readonly aiModel?: string;
  /** Fail rather than let another engine step in for it. */
  readonly aiModelOnly?: boolean;
  /** `png` by default. */
  readonly outputFormat?: 'png' | 'jpeg';
}

interface Framing {
  readonly aspectRatio?: AspectRatio;
  readonly resolution?: '1k' | '2k' | '4k';
}

/** The creative brief, in structured form. Style and background are the id of a preset or any words. */
export interface Direction {
  readonly persona?: 'fashion-editorial' | 'surreal-product-hero';
  readonly style?: string;
  readonly background?: string;
  readonly light?: {
    readonly preset?:
      | 'golden-hour'
      | 'blue-hour'
      | 'studio-soft'
      | 'dramatic'
      | 'neon'
      | 'natural-window'
      | 'backlit'
      | 'moonlight';
    readonly position?: string;
    readonly color?: string;
  };
  readonly framing?: 'full-body' | 'three-quarter' | 'close-up';
  readonly person?: {
    readonly gender?: string;
    readonly age?: string;
    readonly ethnicity?: string;
  };
  readonly outfit?: string;
  readonly makeup?: string;
  readonly hair?: string;
  readonly brand?: string;
  readonly wishes?: string;
}

type FaceMode = 'match-base' | 'match-reference';

interface Requests {
  'try-on': Framing & {
    readonly images: {
      readonly model: Picture;
      readonly garment: Picture;
      /** Further garments, put on after the first: the last one is the outermost. */
      readonly garment2?: Picture;
      readonly garment3?: Picture;
      readonly pose?: Picture;
      readonly style?: Picture;
    };
    readonly garmentKind?: 'auto' | 'tops' | 'bottoms' | 'one-pieces' | 'accessories';
    readonly photoType?: 'auto' | 'flat-lay' | 'model';
    readonly garmentSize?: 'S' | 'M' | 'L' | 'XL';
    readonly garmentWords?: string;
    readonly prompt?: string;
  };
  'product-to-model': Framing & {
    readonly images: {
      readonly product: Picture;
      readonly inspiration?: Picture;
      readonly face?: Picture;
      readonly background?: Picture;
    };
    readonly faceMode?: FaceMode;
    readonly prompt?: string;
  };
  'face-to-model': Framing & {
    readonly images: { readonly face: Picture };
    readonly prompt?: string;
  };
  'model-create': Framing & {
    readonly images: { readonly reference?: Picture; readonly face?: Picture };
    readonly referenceUse?: 'pose' | 'silhouette';
    readonly faceMode?: FaceMode;
    readonly prompt: string;
    readonly direction?: Direction;
    readonly loraUrl?: string;
  };
  'model-swap': Framing & {
    readonly images: { readonly model: Picture; readonly face?: Picture };
    readonly faceMode?: FaceMode;
    readonly keepBackground?: boolean;
    readonly prompt?: string;
    readonly loraUrl?: string;
  };
  editorial: Framing & {
    /** By names that `people` refer to. */
    readonly images: Readonly<Record<string, Picture>>;
    readonly people: readonly {
      readonly portrait: string | null;
      readonly sheet?: string;
      readonly garments: readonly string[];
      readonly prompt?: string;
    }[];
    readonly direction?: Direction;
  };
  variations: Framing & {
    readonly images: { readonly image: Picture; readonly [name: string]: Picture };
    readonly models?: readonly string[];
    readonly garments?: readonly string[];
    readonly strength?: 'subtle' | 'strong';
    readonly identity?: 'keep' | 'invent';
    readonly direction?: Direction;
    readonly loraUrl?: string;
  };
  edit: Framing & {
    readonly images: {
      readonly image: Picture;
      readonly mask?: Picture;
      readonly context?: Picture;
    };
    readonly prompt: string;
  };
  relight: {
    readonly images: { readonly image: Picture };
    readonly direction: Direction & { readonly light: NonNullable<Direction['light']> };
  };
  /** `factor` a side, above 1 and up to 4; 2 by default. */
  upscale: { readonly images: { readonly image: Picture }; readonly factor?: number };
  'fabric-change': {
    readonly images: { readonly model: Picture; readonly fabric?: Picture };
    readonly garmentKind: 'tops' | 'bottoms' | 'one-pieces';
    readonly prompt?: string;
    readonly upscale?: boolean;
  };
  'sketch-to-garment': Framing & {
    readonly images: { readonly sketch: Picture };
    readonly onPaper?: boolean;
    readonly direction?: Direction;
  };
  reframe: {
    readonly images: { readonly image: Picture };
    readonly target:
      | { readonly by: 'ratio'; readonly aspectRatio: AspectRatio }
      | { readonly by: 'direction'; readonly direction: 'both' | 'down' | 'up' };
    readonly resolution?: '1k' | '2k' | '4k';
  };
  'background-change': Framing & {
    readonly images: { readonly image: Picture };
    readonly prompt: string;
  };
  'background-remove': { readonly images: { readonly image: Picture } };
  'image-to-video': {
    readonly images: { readonly image: Picture; readonly end?: Picture };
    readonly prompt?: string;
    readonly negativePrompt?: string;
    readonly seconds?: 5 | 10;
    readonly lines?: '480p' | '720p' | '1080p';
  };
}

export type Capability = keyof Requests;

/** What a job asks for; `capability` decides which fields there are. */
export type JobRequest = {
  [Name in Capability]: { readonly capability: Name } & Requests[Name] & Common;
}[Capability];
