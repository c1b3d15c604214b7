/**
 * What a view is: a pure function from a timeline to text. Views know no terminal and no service;
 * whoever prints them says how wide a line may be and how colours are made.
 */
import type { Detail } from "../kernel/index.js";
import type { Entry, Header, Timeline } from "../timeline/index.js";

type Brush = (text: string) => string;

/** How each role of text is coloured. Colour is never the only sign of anything. */
export interface Paint {
  readonly strong: Brush;
  readonly dim: Brush;
  readonly rest: Brush;
  readonly rpc: Brush;
  readonly state: Brush;
  readonly good: Brush;
  readonly warn: Brush;
  readonly bad: Brush;
}

export interface ViewOptions {
  /** Everything that was recorded, quiet things too, nothing shortened. */
  readonly verbose?: boolean | undefined;
  /** Columns of a line of text, 100 by default. */
  readonly width?: number | undefined;
  readonly paint?: Paint | undefined;
  /** Rows of one step, or messages of one diagram, before the rest is summarised. */
  readonly limit?: number | undefined;
  /** Whose messages a diagram shows: services, processes or hosts. Without it, everybody's. */
  readonly actors?: readonly string[] | undefined;
  /** How many entries of the run came after those of the timeline, and are not held. */
  readonly missing?: number | undefined;
  /** The entries that are shown, by their `seq`; of a view that `filters`. Without it, all. */
  readonly only?: ReadonlySet<number> | undefined;
  /** Of one chapter alone, by its number: a step and all until the next one; 0 before the first. */
  readonly chapter?: number | undefined;
}

/** A recording that is gone through once, in order. It may be longer than memory. */
export interface Recording {
  readonly header: Header;
  readonly entries: Iterable<Entry>;
}

/** A form in which a recording can be looked at: a pure function from a timeline to text. */
export interface View {
  readonly name: string;
  /** What it is good for, in one line. */
  readonly about: string;
  /** What a file of it is called, without the dot. */
  readonly extension: string;
  /** How closely a run must be recorded for it to have something to show; `flow` unless it says so. */
  readonly detail?: Detail;
  readonly render: (timeline: Timeline, options?: ViewOptions) => string;
  /** Whether it can show some entries alone (`only`). */
  readonly filters?: true;
  /** Whether it is too much for one picture: drawn whole it is summarised, chapter by chapter it is not. */
  readonly crowded?: (timeline: Timeline, options?: ViewOptions) => boolean;
  /** The same piece by piece, of a recording that nobody has to hold. Absent where all must be known first. */
  readonly pieces?: (recording: Recording, options?: ViewOptions) => Iterable<string>;
}

/** A view that goes through a recording once. */
export function passing(
  view: Omit<View, "render" | "pieces"> & Required<Pick<View, "pieces">>,
): View {
  const { pieces } = view;
  return { ...view, render: (timeline, options) => [...pieces(timeline, options)].join("") };
}

const plain: Brush = (text) => text;

/** No colours. */
export const PLAIN: Paint = {
  strong: plain,
  dim: plain,
  rest: plain,
  rpc: plain,
  state: plain,
  good: plain,
  warn: plain,
  bad: plain,
};
