/** Tables: what is stored, found and published. */
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { DuplicateEntry, Table } from "../../src/framework/index.js";
import type { DbChange } from "../../src/framework/observations.js";
import {
  InvariantError,
  Kernel,
  quietly,
  seconds,
  sleep,
  type Observation,
} from "../../src/kernel/index.js";

interface Server {
  readonly uuid: string;
  readonly host: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

let kernel: Kernel;
let published: DbChange[];
let details: string[];
let servers: Table<Server>;

beforeEach(() => {
  published = [];
  details = [];
  kernel = new Kernel({
    observer: {
      observe(_at, what: Observation, detail) {
        published.push(structuredClone(what) as DbChange);
        details.push(detail);
        return published.length - 1;
      },
    },
  });
  const options = { project: "nova", name: "instances", key: "uuid", indexes: ["host"] } as const;
  servers = new Table<Server>(kernel, options);
});

const server = (uuid: string, host: string | null = null): Server => ({ uuid, host, metadata: {} });
const uuids = (rows: readonly Server[]): string[] => rows.map(({ uuid }) => uuid);
const later = (): void => {
  kernel.run(kernel.now + seconds(1));
};

const T0 = "2014-09-18T04:03:09.000000";
const T1 = "2014-09-18T04:03:10.000000";

describe("a row", () => {
  it("has the base columns of every OpenStack table", () => {
    expect(servers.insert(server("a"))).toEqual({
      id: 1,
      uuid: "a",
      host: null,
      metadata: {},
      created_at: T0,
      updated_at: null,
      deleted_at: null,
      deleted: 0,
    });
    later();
    expect(servers.update("a", { host: "h1" })).toMatchObject({ created_at: T0, updated_at: T1 });
  });

  it("is a value: neither who wrote it nor who read it can change it", () => {
    const metadata: Record<string, unknown> = { tags: ["x"] };
    const written = servers.insert({ uuid: "a", host: null, metadata });
    metadata["tags"] = "spoilt";
    expect(servers.get("a")?.metadata).toEqual({ tags: ["x"] });
    expect(() => (written.metadata["tags"] as string[]).push("y")).toThrow(TypeError);
    expect(() => {
      (written as { host: unknown }).host = "h1";
    }).toThrow(TypeError);
    const before = servers.get("a");
    servers.update("a", { host: "h1" });
    expect([before?.host, servers.get("a")?.host]).toEqual([null, "h1"]);
  });

  it("may have columns with hostile keys", () => {
    const metadata = JSON.parse('{"__proto__": {"polluted": [1]}, "constructor": 2}') as object;
    servers.insert({ uuid: "a", host: null, metadata: metadata as Record<string, unknown> });
    expect(JSON.stringify(servers.get("a")?.metadata)).toBe(JSON.stringify(metadata));
  });

  it("has an id that no row had before it", () => {
    const ids = (...names: string[]) => names.map((uuid) => servers.insert(server(uuid)).id);
    expect(ids("a", "b")).toEqual([1, 2]);
    servers.remove("a");
    servers.remove("b");
    expect(ids("c", "d")).toEqual([3, 4]);
    servers.insert({ ...server("e"), id: 9 } as Server);
    expect(ids("f")).toEqual([10]);
  });

  it("has a key of its own, which it keeps", () => {
    servers.insert(server("a"));
    expect(() => servers.insert(server("a"))).toThrow(DuplicateEntry);
    expect(() => servers.update("a", { uuid: "b" })).toThrow(InvariantError);
    expect(uuids(servers.find())).toEqual(["a"]);
  });
});

describe("finding", () => {
  it("gives live rows in order of their making that have all the values, indexed or not", () => {
    for (const [uuid, host] of [
      ["a", "h1"],
      ["b", "h2"],
      ["c", "h1"],
      ["d", null],
    ] as const) {
      servers.insert(server(uuid, host));
    }
    servers.update("a", { host: "h2" });
    servers.update("a", { host: "h1" });
    expect(uuids(servers.find({ host: "h1" }))).toEqual(["a", "c"]);
    expect(uuids(servers.find({ host: null }))).toEqual(["d"]);
    expect(uuids(servers.find({ host: "h1", uuid: "c" }))).toEqual(["c"]);
    expect(uuids(servers.find({ uuid: "b" }))).toEqual(["b"]);
    expect(servers.find({ host: "h9" })).toEqual([]);
    expect(servers.first({ host: "h1" })?.uuid).toBe("a");
  });

  it("passes over deleted rows unless asked for any", () => {
    servers.insert(server("a", "h1"));
    servers.insert(server("b", "h1"));
    later();
    expect(servers.softDelete("a", { host: "gone" })).toMatchObject({
      deleted: 1,
      deleted_at: T1,
      host: "gone",
    });
    expect(servers.get("a")).toBeUndefined();
    expect(servers.getAny("a")?.deleted).toBe(1);
    expect(uuids(servers.find())).toEqual(["b"]);
    expect(uuids(servers.findAny())).toEqual(["a", "b"]);
    expect(uuids(servers.findAny({ host: "gone" }))).toEqual(["a"]);
    expect(servers.update("a", { host: "h1" })).toBeUndefined();
    expect(servers.softDelete("a")).toBeUndefined();
    expect(() => servers.insert(server("a"))).toThrow(DuplicateEntry);
  });

  it("counts live rows, indexed or not", () => {
    servers.insert(server("a", "h1"));
    servers.insert(server("b", "h1"));
    servers.softDelete("a");
    const counts = [{ host: "h1" }, { uuid: "b" }, { uuid: "b", host: "h2" }, {}].map((each) =>
      servers.count(each),
    );
    expect(counts).toEqual([1, 1, 0, 1]);
  });

  // MySQL 5.5, utf8_general_ci: neither case nor blanks at the end make two texts of one.
  it("takes texts for one that differ by case, in columns that say so, indexed or not", () => {
    const options = { project: "nova", name: "services", collated: ["host", "topic"] } as const;
    const services = new Table<Readonly<Record<"host" | "topic" | "binary", string>>>(kernel, {
      ...options,
      indexes: ["host"],
    });
    const { id } = services.insert({ host: "Compute-1", topic: "compute", binary: "nova" });
    services.insert({ host: "compute-2", topic: "compute", binary: "nova" });
    const there = { host: "COMPUTE-1 ", topic: "Compute" };
    expect(services.first(there)?.host).toBe("Compute-1");
    expect([services.find({ host: "compute-1" }).length, services.count(there)]).toEqual([1, 1]);
    expect(services.find({ topic: "COMPUTE" })).toHaveLength(2);
    expect(services.find({ host: "compute-1", binary: "NOVA" })).toEqual([]);
    services.update(id, { host: "COMPUTE-1" });
    expect(services.find({ host: "compute-1" }).map(({ host }) => host)).toEqual(["COMPUTE-1"]);
    services.softDelete(id);
    expect(services.find({ host: "compute-1" })).toEqual([]);
    expect(services.findAny({ host: "compute-1" })).toHaveLength(1);
  });

  it("gives a list of one's own, which later changes leave alone", () => {
    servers.insert(server("a", "h1"));
    const found = servers.find({ host: "h1" });
    servers.insert(server("b", "h1"));
    expect(uuids(found)).toEqual(["a"]);
    found.length = 0;
    expect(uuids(servers.find({ host: "h1" }))).toEqual(["a", "b"]);
  });

  it("is not needed by a follower, who hears of every change", () => {
    const heard: string[] = [];
    const text = (row: Server | undefined): string => row?.host ?? "none";
    servers.follow({
      moved: (before, after) => heard.push(`${text(before)}-${text(after)}`),
    });
    servers.insert(server("a", "h1"));
    servers.update("a", { host: "h2" });
    servers.update("a", { host: "h2" });
    servers.softDelete("a", { host: "h3" });
    servers.remove("a");
    expect(heard).toEqual(["none-h1", "h1-h2", "h2-h3", "h3-none"]);
  });

  it("forgets removed rows altogether", () => {
    servers.insert(server("a", "h1"));
    expect([servers.remove("a"), servers.remove("a")]).toEqual([true, false]);
    expect(servers.findAny({ host: "h1" })).toEqual([]);
    expect(servers.insert(server("a")).id).toBe(2);
  });
});

describe("what is published", () => {
  it("is each change, column by column, with who made it on whose behalf", () => {
    kernel.complete(
      (function* () {
        servers.insert(server("a", "h1"));
        yield* sleep(seconds(1));
        servers.update("a", { host: "h2" });
        servers.softDelete("a");
        servers.remove("a");
      })(),
      { name: "test", actor: "nova-api@c", request: "req-1" },
    );
    expect(published.map(({ op, changes }) => [op, changes])).toEqual([
      [
        "insert",
        {
          id: [null, 1],
          uuid: [null, "a"],
          host: [null, "h1"],
          metadata: [null, {}],
          created_at: [null, T0],
          deleted: [null, 0],
        },
      ],
      ["update", { host: ["h1", "h2"], updated_at: [null, T1] }],
      ["delete", { deleted: [0, 1], deleted_at: [null, T1] }],
      ["delete", expect.objectContaining({ uuid: ["a", null], host: ["h2", null] })],
    ]);
    expect(published[0]).toMatchObject({
      kind: "db",
      actor: "nova-api@c",
      request: "req-1",
      project: "nova",
      table: "instances",
      key: "a",
    });
  });

  it("is nothing when every column has its value already, by content and not by identity", () => {
    servers.insert({ uuid: "a", host: "h1", metadata: { tags: ["x"], n: { m: 1 } } });
    published.length = 0;
    later();
    const same = { host: "h1", metadata: { n: { m: 1 }, tags: ["x"] } };
    expect(servers.update("a", same)).toMatchObject({ updated_at: null });
    expect(servers.update("a", {})).toMatchObject({ updated_at: null });
    expect(published).toEqual([]);
    for (const metadata of [{ tags: ["x"] }, { tags: ["x", "y"] }, { tags: { 0: "x" } }, {}]) {
      servers.update("a", { metadata });
    }
    expect(published).toHaveLength(4);
  });

  it("is a new date when a row is touched, whatever else changes", () => {
    servers.insert(server("a"));
    later();
    expect(servers.touch("a")).toMatchObject({ updated_at: T1 });
    expect(published.at(-1)?.changes).toEqual({ updated_at: [null, T1] });
    expect(servers.touch("b")).toBeUndefined();
  });

  it("is as important as what made it", () => {
    kernel.complete(
      quietly(
        (function* () {
          yield* [];
          servers.insert(server("a"));
        })(),
      ),
      { name: "test" },
    );
    expect(details).toEqual(["full"]);
  });
});

/** What a table should be: a list of rows that is searched from its beginning. */
interface Model {
  readonly uuid: string;
  host: string | null;
  deleted: boolean;
}

it("A table behaves as a list of rows, whatever is done to it in whatever order", () => {
  const uuid = fc.constantFrom("a", "b", "c", "d");
  const host = fc.constantFrom("h1", "h2", null);
  const act = fc.oneof(
    fc.record({ do: fc.constantFrom("insert", "update"), uuid, host }),
    fc.record({
      do: fc.constantFrom("softDelete", "remove", "touch"),
      uuid,
      host: fc.constant(null),
    }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), fc.boolean(), (acts, indexed) => {
      const table = new Table<Server>(new Kernel(), {
        project: "p",
        name: "t",
        key: "uuid",
        indexes: indexed ? ["host", "deleted"] : [],
      });
      let model: Model[] = [];
      for (const each of acts) {
        const known = model.find((row) => row.uuid === each.uuid);
        const live = known?.deleted === false ? known : undefined;
        switch (each.do) {
          case "insert":
            if (known === undefined) {
              table.insert(server(each.uuid, each.host));
              model.push({ uuid: each.uuid, host: each.host, deleted: false });
            } else {
              expect(() => table.insert(server(each.uuid))).toThrow(DuplicateEntry);
            }
            break;
          case "update":
            expect(table.update(each.uuid, { host: each.host })?.uuid).toBe(live?.uuid);
            if (live) live.host = each.host;
            break;
          case "softDelete":
            expect(table.softDelete(each.uuid)?.uuid).toBe(live?.uuid);
            if (live) live.deleted = true;
            break;
          case "remove":
            expect(table.remove(each.uuid)).toBe(known !== undefined);
            model = model.filter((row) => row !== known);
            break;
          default:
            expect(table.touch(each.uuid)?.uuid).toBe(live?.uuid);
        }
      }
      expect(table.size).toBe(model.length);
      expect(uuids(table.findAny())).toEqual(model.map((row) => row.uuid));
      const living = model.filter((row) => !row.deleted);
      expect(uuids(table.find({ deleted: 0 }))).toEqual(living.map((row) => row.uuid));
      for (const wanted of ["h1", "h2", null]) {
        const alive = model.filter((row) => !row.deleted && row.host === wanted);
        expect(uuids(table.find({ host: wanted }))).toEqual(alive.map((row) => row.uuid));
      }
    }),
  );
});
