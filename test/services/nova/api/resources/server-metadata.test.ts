/** nova/api/openstack/compute/server_metadata.py, nova/compute/api.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { seconds, sleep } from "../../../../../src/kernel/index.js";
import { ApiBed } from "../bed.js";

/** An active server of demo with two items. */
class Tagged extends ApiBed {
  readonly id = this.active();
  readonly path = `/servers/${this.id}/metadata`;

  constructor(flags = {}) {
    super(flags);
    this.ask("POST", this.path, { metadata: { a: "1", b: "2" } });
    this.forget();
  }

  get kept(): unknown {
    return this.db.instance_metadata.get(this.id)?.metadata;
  }

  /** What the host was told. */
  get diffs(): unknown[] {
    return this.castings().map(({ method, server, args }) => [method, server, args["diff"]]);
  }
}

describe("the metadata of a server", () => {
  it("is added to by POST, and replaced by PUT", () => {
    const bed = new Tagged();
    const added = bed.ask("POST", bed.path, { metadata: { b: "3", c: "4" } });
    expect([added.status, added.body]).toEqual([200, { metadata: { a: "1", b: "3", c: "4" } }]);
    const replaced = bed.ask("PUT", bed.path, { metadata: { c: "5" } });
    expect([replaced.status, replaced.body]).toEqual([200, { metadata: { c: "5" } }]);
    expect(bed.kept).toEqual({ c: "5" });
  });

  it("is written and taken away by key", () => {
    const bed = new Tagged();
    expect(bed.ask("PUT", `${bed.path}/c`, { meta: { c: "x" } }).body).toEqual({
      meta: { c: "x" },
    });
    expect(bed.ask("DELETE", `${bed.path}/a`).status).toBe(204);
    expect(bed.ask("GET", bed.path).body).toEqual({ metadata: { b: "2", c: "x" } });
    expect(bed.ask("GET", `${bed.path}/b`).body).toEqual({ meta: { b: "2" } });
    expect(bed.told(bed.ask("GET", `${bed.path}/a`))).toBe("404 Metadata item was not found");
    expect(bed.told(bed.ask("DELETE", `${bed.path}/a`))).toBe("404 Metadata item was not found");
  });

  it("is told to the host as the way from one to the other (_diff_dict)", () => {
    const bed = new Tagged();
    bed.ask("PUT", bed.path, { metadata: { b: "3" } });
    bed.ask("DELETE", `${bed.path}/b`);
    expect(bed.diffs).toEqual([
      ["change_instance_metadata", "c1", { a: ["-"], b: ["+", "3"] }],
      ["change_instance_metadata", "c1", { b: ["-"] }],
    ]);
  });

  it("takes a key that JavaScript has a meaning for", () => {
    const bed = new Tagged();
    const body = JSON.parse('{"metadata": {"__proto__": "x"}}') as object;
    bed.ask("PUT", bed.path, body);
    const diff = '{"a":["-"],"b":["-"],"__proto__":["+","x"]}';
    expect(JSON.stringify(bed.diffs)).toBe(`[["change_instance_metadata","c1",${diff}]]`);
    expect(JSON.stringify(bed.kept)).toBe('{"__proto__":"x"}');
  });

  it("changes no column of the instance, and so not its date", () => {
    const bed = new Tagged();
    const before = bed.db.instances.get(bed.id);
    bed.run(sleep(seconds(5)));
    bed.ask("POST", bed.path, { metadata: { d: "1" } });
    expect(bed.db.instances.get(bed.id)).toBe(before);
  });

  it.each([
    ["POST", "", undefined, "400 Malformed request body"],
    ["POST", "", {}, "400 Malformed request body"],
    ["POST", "", { metadata: [] }, "400 Malformed request body. metadata must be object"],
    ["PUT", "", { metadata: "x" }, "400 Malformed request body. metadata must be object"],
    ["PUT", "/a", { metadata: {} }, "400 Malformed request body"],
    ["PUT", "/a", { meta: 7 }, "400 Malformed request body. meta item must be object"],
    ["PUT", "/a", { meta: { b: "1" } }, "400 Request body and URI mismatch"],
    ["PUT", "/a", { meta: { a: "1", b: "1" } }, "400 Request body contains too many items"],
    [
      "POST",
      "",
      { metadata: { a: 1 } },
      "400 Invalid metadata: The input is not a string or unicode",
    ],
    [
      "PUT",
      "",
      { metadata: { "": "1" } },
      "400 Invalid metadata:  has a minimum character requirement of 1.",
    ],
    [
      "PUT",
      "",
      { metadata: { ["k".repeat(256)]: "1" } },
      "413 Invalid metadata size: Metadata property key greater than 255 characters",
    ],
    [
      "POST",
      "",
      { metadata: { a: "v".repeat(256) } },
      "413 Invalid metadata size: Metadata property value greater than 255 characters",
    ],
    ["POST", "", { metadata: { c: "1" } }, "403 Maximum number of metadata items exceeds 2"],
  ])("%s %s %j: %s", (method, item, body, told) => {
    const bed = new Tagged({ quota_metadata_items: 2 });
    expect(bed.told(bed.ask(method, bed.path + item, body))).toBe(told);
    expect(bed.kept).toEqual({ a: "1", b: "2" });
    expect(bed.diffs).toEqual([]);
  });

  it("is not changed in a wrong state, of a locked server, or of one that is not there", () => {
    const bed = new Tagged();
    const change = () => bed.told(bed.ask("POST", bed.path, { metadata: { a: "2" } }));
    const remove = () => bed.told(bed.ask("DELETE", `${bed.path}/a`));
    bed.db.instances.update(bed.id, { task_state: "shelving" });
    expect(change()).toBe("409 Cannot 'update metadata' while instance is in task_state shelving");
    bed.db.instances.update(bed.id, { task_state: null, vm_state: "shelved" });
    expect(remove()).toBe("409 Cannot 'delete metadata' while instance is in vm_state shelved");
    bed.db.instances.update(bed.id, { vm_state: "active", locked: true });
    expect(change()).toBe(`409 Instance ${bed.id} is locked`);
    expect(bed.told(bed.ask("POST", "/servers/7/metadata", { metadata: {} }))).toBe(
      "404 Server does not exist",
    );
    expect(bed.told(bed.ask("GET", "/servers/7/metadata"))).toBe("404 Server does not exist");
  });
});
