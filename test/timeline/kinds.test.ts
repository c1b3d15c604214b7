/** Whoever asks for entries of a kind knows their fields: the compiler says so. */
import { describe, expect, expectTypeOf, it } from "vitest";
import { Cloud, type Entry, type EntryKind, type EntryOf } from "../../src/index.js";
import { ARRIVAL, CLOSED, OPERATED, REFUSED } from "../../src/serve/door/arrived.js";
import { isKnownKind } from "../../src/timeline/index.js";

describe("entries of a kind", () => {
  it("have the fields of that kind, found by a plain filter", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
    cloud.settle();
    const methods = cloud.timeline.entries
      .filter((entry) => entry.kind === "rpc.cast")
      .map((entry) => entry.method);
    expectTypeOf(methods).toEqualTypeOf<string[]>();
    expect(methods).toContain("build_instances");
    const paths = cloud.timeline.entries
      .filter((entry) => entry.kind === "rest.request")
      .map(({ method, path }) => `${method} ${path}`);
    expect(paths).toContain("POST /v2.0/tokens");
  });

  it("are a union with one member for each kind", () => {
    expectTypeOf<EntryOf<"rpc.call">["kind"]>().toEqualTypeOf<"rpc.call">();
    expectTypeOf<EntryOf<"rpc.lost">["kind"]>().toEqualTypeOf<"rpc.lost">();
    expectTypeOf<EntryOf<"db">["op"]>().toEqualTypeOf<"insert" | "update" | "delete">();
    expectTypeOf<Entry["kind"]>().toEqualTypeOf<EntryKind>();
    // @ts-expect-error: a row has no method.
    expectTypeOf<EntryOf<"db">["method"]>().toEqualTypeOf<string>();
  });

  it("are known of the door of a served cloud too, and of nobody else", () => {
    const kinds = [ARRIVAL, OPERATED, REFUSED, CLOSED];
    expect(kinds.filter((kind) => !isKnownKind(kind))).toEqual([]);
    expect(["opened", "__proto__", ""].filter(isKnownKind)).toEqual([]);
  });
});
