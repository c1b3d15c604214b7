/** What the keys do and what the signs mean, in one dialog. */
import type { ArrowRow, Sign } from "../../views/sequence/row.js";
import { arrowShape, glyph, sampleArrow } from "../../views/svg/shapes.js";
import { button, el, picture } from "../dom.js";

const KEYS: readonly (readonly [string, string])[] = [
  ["→ ↓ j", "next row"],
  ["← ↑ k", "previous row"],
  [". ,", "next, previous entry"],
  ["] [", "next, previous chapter"],
  ["n p", "next, previous problem"],
  ["Home End", "first, last"],
  ["PgUp PgDn", "scroll; the cursor stays"],
  ["Space", "play, pause"],
  ["< >", "slower, faster"],
  ["u d", "to the cause, to the first consequence"],
  ["f", "follow this request"],
  ["F", "follow this server"],
  ["/", "filter"],
  ["o", "next level"],
  ["v 1 2 3 4", "next view; Sequence, Map, States, Story"],
  ["t + -", "even or by time; stretch time"],
  ["x", "open or close what is folded here"],
  ["i Enter", "next tab; into the inspector"],
  ["y", "copy a link to here"],
  ["\\", "reading form: without the panels"],
  ["Esc", "leaves help, filter, follow, fading, in turn"],
];

const FILTERS =
  "server:t3 service:nova-compute host:compute-2 topic:conductor method:object_action kind:call|cast status:>=400 request:req-… took:>100ms at:0.2..0.5 chapter:2 error words -not";

export function helpDialog(): HTMLDialogElement {
  const dialog = el("dialog", { class: "help", "aria-label": "Keys and signs" });
  const keys = el(
    "dl",
    {},
    ...KEYS.flatMap(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)]),
  );
  dialog.append(
    el("h2", {}, "Keys"),
    keys,
    el("h2", {}, "Filter"),
    el("p", { class: "mono" }, FILTERS),
    el("h2", {}, "Signs"),
    signs(),
    el(
      "p",
      {},
      "Bars: filled is at work, hatched waits for an answer, none is idle. A dotted red lifeline is a dead process.",
    ),
    button("Close", "Close", () => dialog.close()),
  );
  return dialog;
}

/** What lines, ends and glyphs mean. */
export function signs(): HTMLElement {
  const arrows: readonly (readonly [string, Partial<ArrowRow>])[] = [
    ["REST request", { mark: "rest", family: "rest" }],
    ["RPC call: the caller waits", {}],
    ["RPC cast: nobody waits", { mark: "cast" }],
    ["fanout: one to many", { mark: "fanout" }],
    ["answer", { mark: "answer" }],
    ["failure", { mark: "failure" }],
    ["request and answer in one row", { folded: true }],
    ["lost on its way", { lost: true }],
    ["waits in a queue", { mark: "cast", waits: true }],
  ];
  const marks: readonly (readonly [string, Sign])[] = [
    ["state changed", "state"],
    ["timed out", "timeout"],
    ["fault", "fault"],
    ["warning", "warning"],
    ["crashed", "crashed"],
    ["command ended", "command"],
    ["check holds", "holds"],
    ["check fails", "fails"],
  ];
  const item = (shape: string, words: string): readonly HTMLElement[] => [
    el("dt", {}, picture(shape, 60, 20, "0 0 60 20")),
    el("dd", {}, words),
  ];
  return el(
    "dl",
    { class: "signs" },
    ...arrows.flatMap(([words, given]) => item(arrowShape(sampleArrow(given), 4, 54, 9), words)),
    ...marks.flatMap(([words, sign]) => item(glyph(sign, 30, 10), words)),
  );
}
