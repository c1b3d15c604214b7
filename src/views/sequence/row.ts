/**
 * What a sequence picture is made of, row by row, before anybody decides where it stands: arrows
 * between actors, marks at one actor, chapters, and time in which nothing happens.
 */
import type { Micros } from "../../kernel/index.js";
import type { Chapter } from "../model/chapters.js";

/** How words are to be read; each tone has a colour, none is told by its colour alone. */
export type Tone =
  "plain" | "strong" | "muted" | "rest" | "call" | "cast" | "state" | "good" | "bad";

export interface Part {
  readonly text: string;
  readonly tone: Tone;
}

export type Label = readonly Part[];

export const part = (text: string, tone: Tone = "plain"): Part => ({ text, tone });

/** Entries in a row, from the first to the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Messages that are left out after a row, or were and are shown. */
export interface Stretch extends Range {
  readonly count: number;
  readonly open: boolean;
}

interface Place {
  /** The entry that it stands for. */
  readonly seq: number;
  readonly at: Micros;
  readonly more?: Stretch;
}

export interface ChapterRow extends Place {
  readonly kind: "chapter";
  readonly chapter: Chapter;
}

/** Time without any entry. */
export interface GapRow extends Place {
  readonly kind: "gap";
  readonly passes: Micros;
}

export interface ArrowRow extends Place {
  readonly kind: "arrow";
  /** The entry of the message: for an answer, what it answers. */
  readonly message: number;
  readonly mark: "rest" | "call" | "cast" | "fanout" | "answer" | "failure";
  readonly from: string;
  /** One, or for a fanout each who took it. None: it never arrived, and goes toward nobody. */
  readonly to: readonly string[];
  /** An answer is of the family of what it answers. */
  readonly family: "rest" | "rpc";
  /** How it ended, if message and answer are one row. */
  readonly folded: boolean;
  /** Nobody gets it: it breaks off on its way. */
  readonly lost: boolean;
  /** It stays in a queue for so long that it is told apart when it is taken. */
  readonly waits: boolean;
  readonly label: Label;
  /** How often the same is said in a row. */
  readonly times: number;
}

export type Sign =
  | "state"
  | "timeout"
  | "lost"
  | "fault"
  | "log"
  | "warning"
  | "notification"
  | "crashed"
  | "stopped"
  | "starting"
  | "started"
  | "command"
  | "holds"
  | "fails"
  | "taken"
  | "write"
  | "other";

export interface MarkRow extends Place {
  readonly kind: "mark";
  readonly sign: Sign;
  /** At whose lane; undefined for what is nobody's. */
  readonly actor: string | undefined;
  readonly label: Label;
}

export type SequenceRow = ChapterRow | GapRow | ArrowRow | MarkRow;

/** How much is shown: the messages that moved work, all of them, or whatever was recorded. */
export const LEVELS = ["outline", "messages", "entries"] as const;
export type Level = (typeof LEVELS)[number];
