/** By which name a reader knows a server: its own, and the beginning of its id while that is not enough. */
import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/timeline/index.js";
import { States } from "../../src/views/states.js";

type DbEntry = Extract<Entry, { kind: "db" }>;

const A = "aaaaaaaa-0000-4000-8000-000000000000";
const B = "bbbbbbbb-0000-4000-8000-000000000000";

/** What a view says of one write. */
function said(op: DbEntry["op"], key: string, values: Record<string, string | null>, view: States) {
  const pairs = Object.entries(values).map(([name, value]) => [name, [null, value]] as const);
  const changes = Object.fromEntries(pairs);
  const entry = {
    seq: 1,
    at: 0,
    kind: "db",
    project: "nova",
    table: "instances",
    op,
    key,
    changes,
  };
  return view.see(entry as unknown as DbEntry)?.name;
}

const row = (hostname: string) => ({ display_name: "t", hostname, vm_state: "building" });

describe("servers that are made several at once", () => {
  const view = new States({});

  it("bear one name at first, and are told apart by their ids", () => {
    expect(said("insert", A, row(""), view)).toBe("t (aaaaaaaa…)");
    expect(said("insert", B, row(""), view)).toBe("t (bbbbbbbb…)");
  });

  it("are called by their own names once they have them, the ids in these made short", () => {
    said("update", A, { display_name: `t-${A}` }, view);
    expect(said("update", A, { vm_state: "active" }, view)).toBe("t-aaaaaaaa…");
    // Still the second one.
    expect(said("update", B, { vm_state: "error" }, view)).toBe("t (bbbbbbbb…)");
  });
});

describe("a server with a name of its own", () => {
  it("is called by it, until another is called so too", () => {
    const view = new States({});
    expect(said("insert", A, row("t"), view)).toBe("t");
    expect(said("insert", B, row("t"), view)).toBe("t (bbbbbbbb…)");
    expect(view.all("server").map(({ name }) => name)).toEqual(["t", "t (bbbbbbbb…)"]);
  });

  it("keeps it when its row is written although it is gone, and does not come back by that", () => {
    const view = new States({});
    said("insert", A, row("t"), view);
    said("delete", A, {}, view);
    expect(said("update", A, { vm_state: "stopped" }, view)).toBe("t");
    expect(view.all("server")).toEqual([]);
  });

  it("leaves its name to the next when it goes or is renamed", () => {
    const view = new States({});
    said("insert", A, row("t"), view);
    said("delete", A, {}, view);
    expect(said("insert", B, row("t"), view)).toBe("t");
    said("update", B, { display_name: "u" }, view);
    expect(said("insert", A, row("t"), view)).toBe("t");
  });

  it("may be called what it likes", () => {
    for (const display_name of ["__proto__", "constructor", "<script>"]) {
      const view = new States({});
      expect(said("insert", A, { ...row("h"), display_name }, view)).not.toContain("(");
    }
  });
});

describe("the header of a recording", () => {
  const stack = { thing: "stack", columns: ["action", "status"], joint: "_" };
  const header = { states: { heat: { stack }, nova: {} } };
  const entry = (project: string, table: string, changes: object) =>
    ({ seq: 0, at: 0, kind: "db", op: "insert", key: "k", project, table, changes }) as never;

  it("says in which columns a state is, and what stands between them", () => {
    const created = { name: [null, "s"], action: [null, "CREATE"], status: [null, "IN_PROGRESS"] };
    expect(new States(header).see(entry("heat", "stack", created))).toMatchObject({
      thing: "stack",
      after: "CREATE_IN_PROGRESS",
    });
  });

  it("leaves out tables of its projects that have no state for a reader", () => {
    const changed = { name: [null, "r"], status: [null, "Reserved"] };
    expect(new States(header).see(entry("nova", "reservations", changed))).toBeUndefined();
  });

  it("says nothing of projects that join later: a column `status` is followed", () => {
    const changed = { name: [null, "b"], status: [null, "PINNED"] };
    expect(new States(header).see(entry("board", "notes", changed))).toMatchObject({
      thing: "note",
      after: "PINNED",
    });
  });
});
