/** What of the page stands in its address, so that a link opens what its sender saw. */
import { GROUPS, type Group } from "../views/sequence/lanes.js";
import { LEVELS, type Level, type Range } from "../views/sequence/row.js";
import { STRETCHES, type Stretch } from "../views/svg/time.js";

export const VIEWS = ["sequence", "states", "story"] as const;
export type ViewName = (typeof VIEWS)[number];
export const TABS = ["entry", "rows", "queues"] as const;
export type TabName = (typeof TABS)[number];

/** Rows in even steps, or by time. */
export const TIMES = ["even", "by"] as const;
export type TimeName = (typeof TIMES)[number];

export interface State {
  /** The cursor: everything shown is what was once this entry had happened. */
  readonly seq: number;
  readonly level: Level;
  readonly view: ViewName;
  readonly tab: TabName;
  readonly filter: string;
  /** What is followed: the rest fades. A filter. */
  readonly follow: string;
  readonly time: TimeName;
  /** By time: pixels a millisecond. */
  readonly stretch: Stretch;
  /** Lanes by project or by host. */
  readonly group: Group;
  /** Groups that are one lane. */
  readonly fold: readonly string[];
  /** What the level leaves out and is shown nevertheless. */
  readonly open: readonly Range[];
  readonly theme: "system" | "light" | "dark";
  /** Rail and inspector are open. */
  readonly panels: boolean;
}

/** Unknown keys and values are ignored. */
export function readAddress(hash: string): Partial<State> {
  const given = new URLSearchParams(hash.replace(/^#/u, ""));
  const seq = Number(given.get("seq") ?? "");
  const one = <T extends string>(key: string, known: readonly T[]): T | undefined =>
    known.find((value) => value === given.get(key));
  const found = {
    seq: given.has("seq") && Number.isInteger(seq) && seq >= 0 ? seq : undefined,
    level: one("level", LEVELS),
    view: one("view", VIEWS),
    tab: one("tab", TABS),
    filter: given.get("f") ?? undefined,
    follow: given.get("follow") ?? undefined,
    time: one("time", TIMES),
    stretch: STRETCHES.find((value) => String(value) === given.get("stretch")),
    group: one("group", GROUPS),
    fold: given
      .get("fold")
      ?.split(",")
      .filter((name) => name !== ""),
    open: rangesOf(given.get("open")),
    theme: one("theme", ["light", "dark"] as const),
    panels: given.get("panels") === "0" ? false : undefined,
  };
  const said = Object.entries(found).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}

/** `12-30,41-60`; what is no range is ignored. */
function rangesOf(text: string | null): readonly Range[] | undefined {
  const found = text?.split(",").flatMap((words) => {
    const [, from, to] = /^(\d{1,9})-(\d{1,9})$/u.exec(words) ?? [];
    return from === undefined || to === undefined ? [] : [{ from: Number(from), to: Number(to) }];
  });
  return found === undefined || found.length === 0 ? undefined : found;
}

export function writeAddress(state: State, first: Level): string {
  const given = new URLSearchParams({ seq: String(state.seq) });
  if (state.level !== first) given.set("level", state.level);
  if (state.view !== "sequence") given.set("view", state.view);
  if (state.tab !== "entry") given.set("tab", state.tab);
  if (state.filter !== "") given.set("f", state.filter);
  if (state.follow !== "") given.set("follow", state.follow);
  if (state.time !== "even") given.set("time", state.time);
  if (state.stretch !== 8) given.set("stretch", String(state.stretch));
  if (state.group !== "project") given.set("group", state.group);
  if (state.fold.length > 0) given.set("fold", state.fold.join(","));
  if (state.open.length > 0) {
    const ranges = state.open.map(({ from, to }) => `${String(from)}-${String(to)}`);
    given.set("open", ranges.join(","));
  }
  if (state.theme !== "system") given.set("theme", state.theme);
  if (!state.panels) given.set("panels", "0");
  return `#${given.toString()}`;
}
