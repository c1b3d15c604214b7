/**
 * Stacks that become what another template says: heat/engine/update.py, heat/engine/stack.py (update_task) at
 * 2014.2 (upstream's test_parser.py: test_update_*).
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

const text = (length: number, more: JsonObject = {}): JsonObject => ({
  type: "OS::Heat::RandomString",
  properties: { length },
  ...more,
});

const template = (resources: JsonObject, outputs: JsonObject = {}): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources,
  outputs,
});

class UpdateBed extends StackBed {
  become(path: string, wanted: JsonObject, rest: JsonObject = {}, method = "PUT"): string {
    const { status, body } = this.ask(method, path, { template: wanted, ...rest });
    if (status !== 202) return JSON.stringify(body);
    this.cloud.settle();
    return this.state(path);
  }

  /** The texts that resources stand for. */
  texts(path: string): JsonObject {
    const { body } = this.ask("GET", `${path}/resources`) as unknown as {
      body: { resources: { resource_name: string; physical_resource_id: string }[] };
    };
    return Object.fromEntries(
      body.resources.map((one) => [one.resource_name, one.physical_resource_id]),
    );
  }

  /** `a UPDATE_COMPLETE`, the oldest first. */
  events(path: string): string[] {
    const { body } = this.ask("GET", `${path}/events`) as unknown as {
      body: { events: { resource_name: string; resource_status: string }[] };
    };
    return body.events.map((one) => `${one.resource_name} ${one.resource_status}`).reverse();
  }
}

describe("a stack that is updated", () => {
  it("leaves a resource alone of which nothing is otherwise", () => {
    const bed = new UpdateBed();
    const path = bed.build("s", template({ a: text(8), b: text(8) }));
    const before = bed.texts(path);
    expect(bed.become(path, template({ a: text(8), b: text(8) }))).toBe(
      "UPDATE_COMPLETE: Stack successfully updated",
    );
    expect(bed.texts(path)).toEqual(before);
    expect(bed.events(path)).toEqual([
      "a CREATE_IN_PROGRESS",
      "b CREATE_IN_PROGRESS",
      "a CREATE_COMPLETE",
      "b CREATE_COMPLETE",
    ]);
  });

  it("makes what is new, and takes away what is named no more", () => {
    const bed = new UpdateBed();
    const path = bed.build("s", template({ a: text(8), b: text(8) }));
    const { a } = bed.texts(path);
    bed.become(path, template({ a: text(8), c: text(4) }));
    const after = bed.texts(path);
    expect(Object.keys(after).sort()).toEqual(["a", "c"]);
    expect(after["a"]).toBe(a);
    expect(bed.events(path).slice(4)).toEqual([
      "c CREATE_IN_PROGRESS",
      "b DELETE_IN_PROGRESS",
      "b DELETE_COMPLETE",
      "c CREATE_COMPLETE",
    ]);
  });

  it("replaces what cannot be changed where it is; the old one's events are the backup's (HEAT-187)", () => {
    const bed = new UpdateBed();
    const path = bed.build("s", template({ a: text(8) }));
    const before = bed.texts(path);
    expect(bed.become(path, template({ a: text(9) }))).toContain("UPDATE_COMPLETE");
    const { a } = bed.texts(path) as { a: string };
    expect(a).not.toBe(before["a"]);
    expect(a).toHaveLength(9);
    expect(bed.events(path).slice(2)).toEqual([
      "a UPDATE_IN_PROGRESS",
      "a CREATE_IN_PROGRESS",
      "a CREATE_COMPLETE",
    ]);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("tells of a resource whose metadata alone are otherwise, and touches nothing", () => {
    const bed = new UpdateBed();
    const path = bed.build("s", template({ a: text(8) }));
    const before = bed.texts(path);
    bed.become(path, template({ a: text(8, { metadata: { x: "y" } }) }));
    expect(bed.texts(path)).toEqual(before);
    expect(bed.events(path).slice(2)).toEqual(["a UPDATE_IN_PROGRESS", "a UPDATE_COMPLETE"]);
  });

  it("keeps parameters that are not given with PATCH, and forgets them with PUT", () => {
    const bed = new UpdateBed();
    const wanted = {
      ...template({ a: text(8) }),
      parameters: { p: { type: "string", default: "d" }, q: { type: "string", default: "d" } },
    };
    const parameters = (path: string) => (bed.show(path) as { parameters: JsonObject }).parameters;
    const path = bed.build("s", wanted, { parameters: { p: "1", q: "1" } });
    bed.become(path, wanted, { parameters: { p: "2" } }, "PATCH");
    expect(parameters(path)).toMatchObject({ p: "2", q: "1" });
    bed.become(path, wanted, { clear_parameters: ["q"] }, "PATCH");
    expect(parameters(path)).toMatchObject({ p: "2", q: "d" });
    bed.become(path, wanted, {}, "PUT");
    expect(parameters(path)).toMatchObject({ p: "d", q: "d" });
  });

  it("is refused while it is suspended (HEAT-178)", () => {
    const bed = new UpdateBed();
    const path = bed.build("s", template({ a: text(8) }));
    bed.ask("POST", `${path}/actions`, { suspend: null });
    bed.cloud.settle();
    expect(bed.become(path, template({ a: text(8) }))).toContain(
      "Updating a stack when it is suspended is not supported.",
    );
  });
});

describe("an update that fails", () => {
  const failing = {
    type: "OS::Nova::Server",
    properties: { flavor: "none", image: "cirros", networks: [{ network: "private" }] },
  };

  it("leaves the stack failed, without a rollback", () => {
    const bed = new UpdateBed();
    const path = bed.build("s", template({ a: text(8) }));
    expect(bed.become(path, template({ a: text(8), b: failing }))).toMatch(/^UPDATE_FAILED: /u);
    expect(bed.resources(path)).toEqual(["a CREATE_COMPLETE", "b CREATE_FAILED"]);
    bed.ask("DELETE", path);
    bed.cloud.settle();
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("goes back to what was there, with a rollback: what was replaced is put in its place again (HEAT-189)", () => {
    const bed = new UpdateBed();
    const path = bed.build("s", template({ a: text(8) }));
    const before = bed.texts(path);
    const wanted = template({ a: text(9), b: { ...failing, depends_on: "a" } });
    expect(bed.become(path, wanted, { disable_rollback: false })).toBe(
      "ROLLBACK_COMPLETE: Stack rollback completed",
    );
    expect(bed.texts(path)).toEqual(before);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("is no end: the same template makes what failed when the stack was made (HEAT-191)", () => {
    const bed = new UpdateBed();
    const wanted = template({ a: text(8), net: { type: "OS::Neutron::Net", depends_on: "a" } });
    bed.cloud.crash("neutron-server@controller");
    const path = bed.build("s", wanted);
    expect(bed.state(path)).toMatch(/^CREATE_FAILED: Resource CREATE failed: ConnectionFailed: /u);
    const before = bed.texts(path);
    bed.cloud.start("neutron-server@controller");
    expect(bed.become(path, wanted)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(bed.resources(path)).toEqual(["a CREATE_COMPLETE", "net CREATE_COMPLETE"]);
    expect(bed.texts(path)["a"]).toBe(before["a"]);
  });
});
