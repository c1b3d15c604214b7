/**
 * Why a host was chosen, and why none was valid: each decision of nova-scheduler as a table, filters
 * and weighers down, hosts across, with what was compared. It reads the entries of kind `decision`,
 * which detail `full` records. Upstream: what nova/filters.py and nova/weights.py log at debug.
 */
import { assertViewOptions } from "../given.js";
import { assertTimeline } from "../../timeline/checks/given.js";
import type { Entry, Timeline } from "../../timeline/index.js";
import { columns } from "../../text/width.js";
import { PLAIN, type Paint, type View, type ViewOptions } from "../view.js";
import { clip, clock, count, safe, shortIds, wrap } from "../words.js";
import { PREFERENCES, REFUSALS } from "./reasons.js";
import { tableOf, type DecisionEntry } from "./table.js";

const WIDTH = 100;
const NARROWEST = 60;

/**
 * Why each host was chosen, or none: filters and weights in tables, of a recording of detail
 * `full`.
 *
 * @example
 * ```ts
 * import { Cloud, renderScheduler } from "novasim";
 *
 * const cloud = new Cloud({ detail: "full" });
 * cloud.user("demo").command("nova boot web --flavor m1.nano --image cirros");
 * cloud.settle();
 * console.log(renderScheduler(cloud.timeline).includes("RamFilter")); // true
 * ```
 */
export function renderScheduler(timeline: Timeline, options: ViewOptions = {}): string {
  assertTimeline(timeline, "renderScheduler");
  assertViewOptions(options, "renderScheduler");
  const { header, entries } = timeline;
  const paint = options.paint ?? PLAIN;
  const width = Math.max(NARROWEST, options.width ?? WIDTH);
  const lines = [paint.strong(clip(safe(`${header.scenario}: ${header.title}`), width))];
  let step = "";
  let decisions = 0;
  const told = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === "step" && entry.text !== "") step = `${entry.index + 1} ── ${entry.text}`;
    if (entry.kind === "decision") {
      decisions += 1;
      lines.push(
        "",
        ...decisionLines(entry, step, { paint, width, all: options.verbose === true, told }),
      );
    } else if (entry.kind === "log" && isTold(entry)) {
      const who = safe(entry.actor ?? "").split("@")[0] ?? "";
      const text = `${clock(entry.at)}  ${who}: ${safe(entry.level)}: ${safe(shortIds(entry.message))}`;
      const [first = "", ...more] = wrap(text, width - 3);
      lines.push(...[`   ${first}`, ...more.map((line) => `      ${line}`)].map(paint.warn));
    }
  }
  if (decisions === 0) lines.push("", ...wrap(nothing(header.detail), width).map(paint.dim));
  const missing = options.missing ?? 0;
  if (missing > 0) {
    const more = count(missing, "later entry", "later entries");
    lines.push("", paint.warn(`   … ${more} not looked at; a recording keeps them all`));
  }
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

export const scheduler: View = {
  name: "scheduler",
  about: "why nova-scheduler chose each host, or found none",
  extension: "txt",
  detail: "full",
  render: renderScheduler,
};

/** What is said of scheduling beside the decisions themselves. */
function isTold({ actor = "", level, message }: Extract<Entry, { kind: "log" }>): boolean {
  if (level === "debug") return false;
  // The tables say what filters did; that disks are audited later than memory is noise in Juno, too.
  const noise = /^(?:Filter |Host has more disk space)/u;
  if (actor.startsWith("nova-scheduler")) return !noise.test(message);
  return /^(?:NoValidHost exception|Error from last host|No valid host found)/u.test(message);
}

function nothing(detail: string): string {
  if (detail === "full") return "Nothing was scheduled in this run.";
  return (
    "How hosts were chosen is not in this timeline: decisions are recorded at detail full " +
    "(novasim run FILE --explain scheduler, or --detail full --record OUT)."
  );
}

interface Frame {
  readonly paint: Paint;
  readonly width: number;
  /** Every host, however many. */
  readonly all: boolean;
  /** Filters and weighers that a decision before has explained. */
  readonly told: Set<string>;
}

function decisionLines(entry: DecisionEntry, step: string, frame: Frame): string[] {
  const { paint, width } = frame;
  const whose = entry.name === "" ? shortIds(entry.instance) : entry.name;
  const part = entry.of > 1 ? ` (${entry.index + 1} of ${entry.of})` : "";
  const head = `── ${clock(entry.at)} ── ${safe(whose)}${part} → ${safe(entry.chosen ?? "no valid host")} `;
  const title = clip(head, width - 2);
  const rule = `${title}${"─".repeat(Math.max(0, width - columns(title)))}`;
  const about = [
    ...(step === "" ? [] : [["step", step] as const]),
    ["asks", asked(entry)] as const,
    ...given(entry),
    ...entry.left_out.map(([host, why]) => ["left out", `${host}: ${why}`] as const),
  ];
  return [
    entry.chosen === null ? paint.bad(rule) : paint.strong(rule),
    ...about.flatMap(([label, text]) => labelled(label, text, width)),
    ...tableOf(entry, frame),
    ...reasons(entry, frame.told).flatMap((text, at) =>
      labelled(at === 0 ? "why" : "", text, width),
    ),
    ...labelled("so", verdict(entry), width).map(entry.chosen === null ? paint.bad : paint.good),
  ];
}

const LABEL = 10;

function labelled(label: string, text: string, width: number): string[] {
  const lines = wrap(safe(shortIds(text)), width - 3 - LABEL);
  return lines.map((line, at) => `   ${(at === 0 ? label : "").padEnd(LABEL)}${line}`);
}

function asked({
  asked: { flavor, memory_mb, vcpus, root_gb, ephemeral_gb, swap },
}: DecisionEntry) {
  const disks = [
    `${String(root_gb)} GB disk`,
    ...(ephemeral_gb === 0 ? [] : [`${String(ephemeral_gb)} GB ephemeral`]),
    ...(swap === 0 ? [] : [`${String(swap)} MB swap`]),
  ];
  const cpus = vcpus === 1 ? "1 vcpu" : `${String(vcpus)} vcpus`;
  return `${String(flavor)}: ${String(memory_mb)} MB memory, ${cpus}, ${disks.join(", ")}`;
}

/** Hints, zones, forced hosts and attempts, as far as there are any. */
function given({ given: said }: DecisionEntry): (readonly [string, string])[] {
  return Object.entries(said).flatMap(([key, value]) => {
    if (key === "attempt" && value === 1) return [];
    if (Array.isArray(value) && value.length === 0) return [];
    const text = Array.isArray(value) ? value.join(", ") : plain(value);
    const label = LABELS.get(key) ?? key;
    return [
      [label.length < LABEL ? label : "given", label.length < LABEL ? text : `${key} ${text}`],
    ];
  });
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ["availability_zone", "zone"],
  ["scheduler_hints", "hints"],
  ["extra_specs", "specs"],
  ["force_hosts", "forced"],
  ["force_nodes", "forced"],
  ["ignore_hosts", "ignored"],
]);

function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value);
  return members
    .map(([key, one]) => `${key}=${typeof one === "string" ? one : JSON.stringify(one)}`)
    .join(", ");
}

/** What the filters that refused somebody ask for, and the weighers that told hosts apart; each at its first decision. */
function reasons({ filters, weighers }: DecisionEntry, told: Set<string>): string[] {
  const refused = filters.filter(({ verdicts }) => verdicts.some(([, passed]) => !passed));
  const weighed = weighers.filter(
    ({ weights }) => new Set(weights.map(([, , added]) => added)).size > 1,
  );
  const all = [
    ...refused.map(({ filter }) => [filter, "refuses ", REFUSALS.get(filter)] as const),
    ...weighed.map(({ weigher }) => [weigher, "", PREFERENCES.get(weigher)] as const),
  ];
  return all.flatMap(([name, verb, words]) => {
    if (words === undefined || told.has(name)) return [];
    told.add(name);
    return [`${name}: ${verb}${words}`];
  });
}

/** What came of it, in a sentence. */
function verdict(entry: DecisionEntry): string {
  const { chosen, weights, subset, candidates, filters, left_out } = entry;
  if (chosen === null) {
    if (candidates.length === 0) return "no valid host: there is no compute node at all";
    const last = filters.findLast(({ verdicts }) => verdicts.length > 0);
    if (last === undefined)
      return `no valid host: ${count(left_out.length, "host")} and all left out`;
    const some = count(last.verdicts.length, "host");
    const of = last.verdicts.length === candidates.length ? some : `the last ${some}`;
    return `no valid host: ${last.filter} refused ${of} of ${candidates.length}`;
  }
  const promises = Object.entries(entry.limits).map(([name, limit]) => `${name} ${String(limit)}`);
  const limits = promises.length === 0 ? "" : `; it promises ${promises.join(", ")}`;
  if (entry.unfiltered === true) return `${chosen} was forced, and no filter was asked${limits}`;
  if (weights.length === 1) return `${chosen} is the only one that passes${limits}`;
  const many = weights.length;
  if (subset > 1) return `${chosen} was drawn out of the ${subset} heaviest of ${many}${limits}`;
  const [, heaviest] = weights[0] ?? ["", 0];
  const equals = weights.filter(([, weight]) => weight === heaviest).length;
  const why = equals > 1 ? `the first of ${equals} that weigh most` : "the heaviest";
  return `${chosen} is ${why} of ${many}${limits}`;
}
