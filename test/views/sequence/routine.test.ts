/** What the levels below Entries show does not depend on how much a recording holds. */
import { describe, expect, it } from "vitest";
import { NO_CAUSE, type Detail } from "../../../src/kernel/index.js";
import { RunMap } from "../../../src/views/map/map.js";
import { Model } from "../../../src/views/model/model.js";
import { bandsOf } from "../../../src/views/sequence/lanes.js";
import { sequenceRows } from "../../../src/views/sequence/rows.js";
import type { SequenceRow } from "../../../src/views/sequence/row.js";
import { toldThings } from "../../../src/views/strip/told.js";
import { Story } from "../../timeline/fake-run.js";

/** A boot with a port and an agent's report before it, a token that is checked on the way, and reports after it. */
function run(detail: Detail): Model {
  const story = new Story({
    detail,
    header: { states: { neutron: { ports: { thing: "port", columns: ["status"] } } } },
  });
  const port = { id: [null, "p0"], status: [null, "DOWN"] } as const;
  const ports = { project: "neutron", op: "insert", table: "ports", key: "p0" } as const;
  story.add({ kind: "db", actor: "neutron-server@c1", ...ports, changes: port }, NO_CAUSE, "full");
  quietly(story, "report");
  story.at += 5_000_000;
  const step = story.step("nova boot t3");
  story.rest(["nova-client", "nova-api@c1"], ["GET", "/v2/images"], {
    status: 200,
    cause: step,
    inside: (sent) => {
      story.add(
        {
          kind: "rest.request",
          actor: "nova-api@c1",
          id: 900,
          from: "nova-api@c1",
          to: "keystone@c1",
          method: "GET",
          path: "/v3/auth/tokens",
          headers: {},
          body: null,
        },
        sent,
        "full",
      );
    },
  });
  for (let i = 0; i < 5; i++) {
    story.at += 1_000_000;
    quietly(story, "report");
  }
  story.at += 1_000_000;
  story.rest(["nova-client", "nova-api@c1"], ["POST", "/v2/servers"], { status: 500, cause: step });
  return Model.of(story.timeline);
}

function quietly(story: Story, method: string): void {
  const from = "neutron-agent@h1";
  const plain = { actor: from, id: 1_000 + story.at, from, exchange: "neutron", topic: "q-plugin" };
  const call = { server: undefined, namespace: undefined, version: "1.0", method, args: {} };
  story.add({ kind: "rpc.cast", ...plain, ...call }, NO_CAUSE, "full");
}

/** Rows as a reader sees them: entries have other numbers where more is recorded. */
const seen = (rows: readonly SequenceRow[]) =>
  rows.map((row) => {
    const label = "label" in row ? row.label.map(({ text }) => text).join("") : "";
    const { kind, at } = row;
    return { kind, at, label, passes: row.kind === "gap" ? row.passes : 0 };
  });

describe("a recording at detail full", () => {
  const [flow, full] = [run("flow"), run("full")];

  it("has the rows and lanes of one at flow, but at Entries", () => {
    expect(full.entries.length).toBeGreaterThan(flow.entries.length + 7);
    for (const level of ["outline", "messages"] as const) {
      const [some, all] = [sequenceRows(flow, level), sequenceRows(full, level)];
      expect(seen(all)).toEqual(seen(some));
      const lanes = (model: Model, rows: readonly SequenceRow[]) =>
        bandsOf(model, rows).flatMap((band) => band.lanes.map(({ actor }) => actor.name));
      expect(lanes(full, all)).toEqual(lanes(flow, some));
    }
    const whole = sequenceRows(full, "entries");
    expect(whole.length).toBeGreaterThan(sequenceRows(flow, "entries").length);
    expect(whole[0]?.seq).toBe(0);
  });

  it("begins with its first step", () => {
    const [, first] = full.chapters.all;
    const [row] = sequenceRows(full, "messages");
    expect(row).toMatchObject({ kind: "chapter", seq: first?.seq });
  });

  it("tells of a port that was there before, and stays as it is, at Entries alone", () => {
    expect(toldThings(full, "outline")).toEqual([]);
    expect(toldThings(full, "entries").map(({ thing }) => thing)).toEqual(["port"]);
  });

  it("has nothing on the map but what was done, unless one stands on it", () => {
    const map = new RunMap(full);
    const last = full.entries.length - 1;
    const labels = (n: number, level: "messages" | "entries") => map.at(n, level).messages.length;
    const some = new RunMap(flow).at(flow.entries.length - 1).messages.length;
    expect(labels(last, "messages")).toBe(some);
    expect(labels(last, "entries")).toBe(some + 7);
    const report = full.entries.findLast(({ kind }) => kind === "rpc.cast")?.seq ?? -1;
    expect(labels(report, "messages")).toBe(1);
    expect(map.at(last, "messages").queues.flatMap(({ waiting }) => waiting)).toEqual([]);
  });
});
