/** The model of a run: what was at any entry is what the entries up to it say. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../../src/timeline/index.js";
import { Model } from "../../../src/views/model/model.js";
import { stateAt } from "../../../src/views/model/things.js";
import { boot, HEADER, SERVER, Story } from "../../timeline/fake-run.js";
import { shipped } from "./shipped.js";

type Database = Map<string, Map<string, unknown>>;

/** The database after entry `n`, by doing every write up to it, one after the other. */
function folded(entries: readonly Entry[], n: number): Database {
  const rows: Database = new Map();
  for (const entry of entries.slice(0, n + 1)) {
    if (entry.kind !== "db") continue;
    const id = JSON.stringify([entry.project, entry.table, entry.key]);
    if (entry.op === "delete") {
      rows.delete(id);
      continue;
    }
    const before = entry.op === "insert" ? undefined : rows.get(id);
    const row = before ?? new Map<string, unknown>();
    for (const [column, pair] of Object.entries<unknown>(entry.changes)) {
      // What is too long for the recording is one digest in place of the pair.
      row.set(column, Array.isArray(pair) ? pair[1] : pair);
    }
    rows.set(id, row);
  }
  return rows;
}

describe.each(["boot-and-shelve", "service-crash-loses-casts", "grand-tour"])("of %s", (name) => {
  const timeline = shipped(name);
  const model = Model.of(timeline);
  const { entries } = timeline;
  const anyEntry = fc.integer({ min: 0, max: entries.length - 1 });

  it("the rows at entry n are the database folded to n, asked in any order", () => {
    fc.assert(
      fc.property(anyEntry, (n) => {
        expect(model.rows.standing(n)).toEqual(folded(entries, n));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("the state of a thing at entry n is the last that was written up to n", () => {
    fc.assert(
      fc.property(anyEntry, (n) => {
        const rows = folded(entries, n);
        for (const thing of model.things.all.filter((one) => one.thing === "server")) {
          const row = rows.get(thing.id);
          const task = row?.get("task_state");
          const vm = row?.get("vm_state") as string | undefined;
          const state = typeof task === "string" ? `${vm ?? ""}/${task}` : vm;
          expect(stateAt(thing, n)?.state).toBe(state);
        }
      }),
      { numRuns: 60, seed: 2 },
    );
  });

  it("each message is in one queue until it is taken or lost, and in none before", () => {
    fc.assert(
      fc.property(anyEntry, (n) => {
        const sent = new Set<number>();
        for (const entry of entries.slice(0, n + 1)) {
          if (entry.kind === "rpc.call" || entry.kind === "rpc.cast") sent.add(entry.id);
          if (entry.kind === "rpc.delivered" || entry.kind === "rpc.lost") sent.delete(entry.id);
        }
        const waiting = model.queues.at(n).flatMap((queue) => queue.waiting.map(({ id }) => id));
        const calls = waiting.filter(
          (id) => model.messages.rpc.get(id)?.sent.kind !== "rpc.fanout",
        );
        expect(calls.sort()).toEqual([...sent].sort());
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it("a consequence has its cause before it, and both are of one thread", () => {
    for (const { seq } of entries) {
      for (const next of model.causes.consequences(seq)) {
        expect(next).toBeGreaterThan(seq);
        expect(model.causes.of(next)).toBe(seq);
        expect(model.causes.root(next)).toBe(model.causes.root(seq));
      }
    }
  });

  it("grown entry by entry it says at each entry what the whole says of it", () => {
    const growing = new Model(timeline.header);
    for (const entry of entries) {
      growing.add(entry);
      if (entry.seq % 97 !== 0) continue;
      const told = growing.queues.at(entry.seq).reduce((sum, queue) => sum + queue.taken, 0);
      const whole = model.queues.at(entry.seq).reduce((sum, queue) => sum + queue.taken, 0);
      expect([entry.seq, told]).toEqual([entry.seq, whole]);
      expect(growing.scopes.of(entry.seq)).toBe(model.scopes.of(entry.seq));
      expect(growing.chapters.indexOf(entry.seq)).toBe(model.chapters.indexOf(entry.seq));
    }
  });
});

describe("a message to a dead host", () => {
  const model = Model.of(shipped("service-crash-loses-casts"));
  const cast = model.entries.find(
    (entry) => entry.kind === "rpc.cast" && entry.method === "shelve_instance" && entry.at > 17e6,
  );

  it("waits in the queue of its host from when it is sent until the new process takes it", () => {
    const seq = cast?.seq ?? -1;
    const inQueue = (n: number) =>
      model.queues.at(n).find(({ name }) => name === "compute.compute-1")?.waiting.length;
    expect(inQueue(seq - 1)).toBe(0);
    expect(inQueue(seq)).toBe(1);
    const taken = model.entries.find(
      (entry) => entry.kind === "rpc.delivered" && entry.cause === seq,
    );
    expect(inQueue((taken?.seq ?? 0) - 1)).toBe(1);
    expect(inQueue(taken?.seq ?? 0)).toBe(0);
  });

  it("and the process is dead from its crash to its start", () => {
    const [dead] = model.processes.deadOf("nova-compute@compute-1");
    const events = model.entries.filter(({ kind }) => kind === "service");
    expect(dead).toEqual([events[0]?.seq, events[1]?.seq]);
    expect(model.processes.at("nova-compute@compute-1", cast?.seq ?? 0)).toBe("crashed");
    expect(model.processes.at("nova-compute@compute-1", model.entries.length)).toBe("running");
    expect(model.processes.at("nova-api@controller", cast?.seq ?? 0)).toBe("running");
  });
});

describe("a server that is stopped after it has gone", () => {
  const model = Model.of(shipped("delete-while-building"));
  const server = model.things.all.find(({ thing }) => thing === "server");

  it("does not come back by that", () => {
    expect(server?.name).toBe("t3");
    const last = server?.stretches.slice(-2).map(({ state, mood }) => [state, mood]);
    expect(last).toEqual([
      [undefined, "gone"],
      ["stopped", "gone"],
    ]);
  });
});

describe("a row that is written often", () => {
  it("is looked up at each of its writes, whether a copy was kept there or not", () => {
    const story = new Story();
    story.server("a", "insert", { power_state: [null, 0] });
    for (let i = 1; i <= 100; i++) story.server("a", "update", { power_state: [i - 1, i] });
    const model = Model.of(story.timeline);
    const id = JSON.stringify(["nova", "instances", SERVER]);
    for (let i = 0; i <= 100; i++) expect(model.rows.at(id, i)?.get("power_state")).toBe(i);
    expect(model.rows.at(id, -1)).toBeUndefined();
    expect(model.rows.around(id, 40).last?.seq).toBe(40);
    expect(model.rows.around(id, 40).next?.seq).toBe(41);
    expect(model.rows.around(id, 100).next).toBeUndefined();
  });

  it("that is made again under its key has nothing of the one before", () => {
    const story = new Story();
    const write = (op: "insert" | "delete", changes: Record<string, readonly [unknown, unknown]>) =>
      story.add({ kind: "db", project: "p", op, table: "t", key: 1, changes });
    write("insert", { a: [null, 1] });
    write("delete", {});
    write("insert", { b: [null, 2] });
    const model = Model.of(story.timeline);
    const id = JSON.stringify(["p", "t", 1]);
    expect(model.rows.at(id, 1)).toBeUndefined();
    expect([...(model.rows.at(id, 2) ?? [])]).toEqual([["b", 2]]);
  });
});

describe("requests", () => {
  it("have the entries that bear their id, and the message that carried them in without it", () => {
    const model = Model.of(shipped("boot"));
    const post = model.entries.find(
      (entry) => entry.kind === "rest.request" && entry.path.endsWith("/servers"),
    );
    const cast = model.entries.find(
      (entry) => entry.kind === "rpc.cast" && entry.method === "build_instances",
    );
    const request = model.requests.of(cast?.request ?? "");
    expect(post?.request).toBeUndefined();
    expect(request?.carrier).toBe(post?.seq);
    expect(request?.entries).toContain(cast?.seq);
    expect(model.requests.has(request?.id ?? "", post?.seq ?? -1)).toBe(true);
    expect(model.requests.has(request?.id ?? "", 0)).toBe(false);
  });
});

describe("actors", () => {
  const model = Model.of(boot().timeline);

  it("are those of the header and those who are met, grouped by host and by project", () => {
    expect(model.actors.all.map(({ name }) => name).slice(-2)).toEqual(["nova-client", "keystone"]);
    expect(model.actors.byHost().map(({ name, actors }) => [name, actors.length])).toEqual([
      ["c1", 3],
      ["h1", 1],
      ["h2", 1],
      ["", 2],
    ]);
    expect(model.actors.byProject().map(({ name }) => name)).toEqual([
      "nova",
      "client",
      "keystone",
    ]);
  });
});

describe("chapters", () => {
  it("are the steps with their commands and checks; what comes before is chapter 0", () => {
    const { chapters } = Model.of(boot().timeline);
    expect(chapters.all.map(({ number, text }) => [number, text])).toEqual([
      [0, ""],
      [1, "nova boot t3 --flavor m1.nano --image cirros"],
      [2, "wait: t3 ACTIVE"],
    ]);
    expect(chapters.all.map(({ commands, checks }) => [commands.length, checks.length])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(chapters.indexOf(0)).toBe(0);
    expect(chapters.indexOf(chapters.all[1]?.seq ?? 0)).toBe(1);
  });
});

describe("what a reader must know of a recording", () => {
  it("is that it was cut off, which kinds are not known, and that payloads are digests", () => {
    const model = new Model({ ...HEADER, timeline: 1, detail: "flow" });
    const later = { seq: 0, at: 0, kind: "weather" } as unknown as Entry;
    model.add(later);
    expect(model.notices.of(model.header, 353)).toEqual([
      "This recording ends in the middle of line 353. What came before is shown.",
      "1 kind is unknown here and shown as recorded.",
      'Kept at detail "flow": long payloads are digests.',
    ]);
    expect(model.notices.of({ ...model.header, detail: "full" }, undefined)).toHaveLength(1);
  });
});

describe("a reply to a caller that has gone", () => {
  it("is kept beside the timeout that came before it", () => {
    const { messages } = Model.of(shipped("bus-call-timeout"));
    const late = [...messages.rpc.values()].find(({ outcome }) => outcome?.kind === "rpc.timeout");
    expect(late?.later.length).toBeGreaterThan(0);
  });
});
