/** Whose lane is where, and who shares one. */
import { describe, expect, it } from "vitest";
import { Model } from "../../../src/views/model/model.js";
import { bandsOf, type Grouping } from "../../../src/views/sequence/lanes.js";
import { sequenceRows } from "../../../src/views/sequence/rows.js";
import { across } from "../../../src/views/svg/place.js";
import { Story } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";

const model = Model.of(shipped("boot-and-shelve"));
const rows = sequenceRows(model, "messages");
const bands = (grouping: Grouping = {}) => bandsOf(model, rows, grouping);
const names = (grouping?: Grouping) =>
  bands(grouping).map(({ name, lanes }) => [name, lanes.map(({ head }) => head)]);

describe("lanes", () => {
  it("are by project, clients first", () => {
    expect(names()[0]).toEqual(["", ["nova-client"]]);
    expect(names().map(([name]) => name)).toEqual(["", "keystone", "nova", "glance", "neutron"]);
  });

  it("by host have their whole names, because their host stands above", () => {
    const hosts = names({ group: "host" });
    expect(hosts.map(([name]) => name)).toEqual(["", "controller", "compute-2", "compute-1"]);
    expect(hosts[1]?.[1]).toContain("nova-api");
  });

  it("of a folded group are one, where each of its actors is", () => {
    const folded = bands({ folded: ["nova", "nobody"] });
    const nova = folded.find(({ name }) => name === "nova");
    expect(nova?.lanes.map(({ kind, actors }) => [kind, actors.length])).toEqual([["folded", 4]]);
    const { x } = across(folded);
    expect(x("nova-api@controller")).toBeDefined();
    expect(x("nova-api@controller")).toBe(x("nova-compute@compute-2"));
  });

  it("stay where they are when a filter empties them, slim", () => {
    const left = rows.filter((row) => row.kind === "arrow" && row.from.startsWith("nova-client"));
    const all = bands().flatMap(({ lanes }) => lanes.flatMap(({ actors }) => actors));
    const shown = bandsOf(model, rows, { shown: left });
    expect(shown.flatMap(({ lanes }) => lanes.flatMap(({ actors }) => actors))).toEqual(all);
    expect(shown.at(-1)?.lanes.every(({ kind }) => kind !== "one")).toBe(true);
  });

  it("of those who only overhear are slim, and one if several run the same service", () => {
    const run = (hosts: number) => {
      const story = new Story();
      story.rest(["nova-client@demo", "nova-api@c"], ["GET", "/"], { status: 200 });
      const id = 99;
      const at = { from: "nova-api@c", exchange: "e", topic: "t", server: undefined };
      const rest = { namespace: undefined, version: "1", method: "hello", args: {} };
      const sent = story.add({ kind: "rpc.fanout", actor: "nova-api@c", id, ...at, ...rest });
      for (let i = 0; i < hosts; i++) {
        const to = `nova-compute@h${String(i)}`;
        story.add({ kind: "rpc.delivered", actor: to, id, to, queue: "q" }, sent);
      }
      const told = Model.of(story.timeline);
      return bandsOf(told, sequenceRows(told, "messages")).at(-1)?.lanes ?? [];
    };
    expect(run(39).map(({ head, kind }) => [head, kind])).toEqual([
      ["api", "one"],
      ["39 compute", "more"],
    ]);
    expect(run(39).at(-1)?.actors).toHaveLength(39);
  });
});

describe("what a level leaves out", () => {
  const outline = sequenceRows(model, "outline");

  it("is told after the row before it, and there when it is opened", () => {
    const { more } = outline.find((row) => row.more !== undefined) ?? {};
    if (more === undefined) throw new Error("nothing is left out");
    const opened = sequenceRows(model, "outline", [more]);
    const sent = (all: typeof rows) =>
      all.reduce(
        (sum, row) => sum + (row.kind === "arrow" && row.seq === row.message ? row.times : 0),
        0,
      );
    expect(sent(opened)).toBe(sent(outline) + more.count);
    expect(opened.find((row) => row.more?.open === true)?.more?.from).toBe(more.from);
  });

  it("is all that is missing: opened whole, the outline has every message", () => {
    const opened = outline.flatMap(({ more }) => more ?? []);
    const seqs = (all: typeof rows) =>
      new Set(all.flatMap((row) => (row.kind === "arrow" ? [row.message] : [])));
    const whole = sequenceRows(model, "messages");
    // A round trip that begins a stretch is opened with it.
    for (const seq of seqs(whole))
      expect(seqs(sequenceRows(model, "outline", opened))).toContain(seq);
  });
});
