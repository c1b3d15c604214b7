/**
 * Stacks of what is there already, and snapshots, which Juno takes and never restores: heat/engine/service.py
 * (create_stack, stack_snapshot and their like), heat/engine/stack.py (adopt, snapshot, prepare_abandon),
 * heat/engine/resource.py (handle_adopt) at 2014.2 (test_parser.py test_adopt_stack, test_api_openstack_v1.py).
 */
import { describe, expect, it } from "vitest";
import { dumps, isObject, textOf, type Json, type JsonObject } from "../../../src/python/index.js";
import { messageOf, StackBed } from "./cloud-bed.js";

const NET: JsonObject = {
  heat_template_version: "2013-05-23",
  parameters: { name: { type: "string", default: "mine" } },
  resources: {
    net: { type: "OS::Neutron::Net", properties: { name: { get_param: "name" } } },
    group: {
      type: "OS::Heat::ResourceGroup",
      properties: { count: 1, resource_def: { type: "OS::Heat::RandomString" } },
    },
  },
  outputs: { net: { value: { get_resource: "net" } } },
};

const networks = (bed: StackBed): string[] => {
  const { body } = bed.cloud.run(
    bed.cloud.user("demo").request("network", "GET", "/v2.0/networks"),
  );
  const list = isObject(body) && Array.isArray(body["networks"]) ? body["networks"] : [];
  return (list as readonly Json[]).filter(isObject).map((one) => textOf(one, "name"));
};

/** A stack that was left with all that it had made. */
function abandoned(flags = {}): { bed: StackBed; left: JsonObject; net: Json } {
  const bed = new StackBed({
    flags: { enable_stack_abandon: true, enable_stack_adopt: true, ...flags },
  });
  const path = bed.build("first", NET, { parameters: { name: "kept" } });
  const { net = null } = bed.outputs(path);
  const { status, body } = bed.ask("DELETE", `${path}/abandon`);
  expect(status).toBe(200);
  bed.cloud.settle();
  return { bed, left: isObject(body) ? body : {}, net };
}

const adopt = (bed: StackBed, data: JsonObject, rest: JsonObject = {}): string => {
  const { status, body } = bed.ask("POST", "/stacks", {
    ...{ stack_name: "second", adopt_stack_data: dumps(data), ...rest },
  });
  if (status !== 201) return `${String(status)} ${messageOf(body)}`;
  bed.cloud.settle();
  return bed.path("second");
};

describe("a stack that is adopted", () => {
  it("has what another one has left, with its ids and its parameters, and asks nobody for it", () => {
    const { bed, left, net } = abandoned();
    expect(networks(bed)).toContain("kept");
    const before = bed.requests().filter((line) => line.startsWith("POST")).length;
    const path = adopt(bed, left);
    expect(bed.state(path)).toBe("ADOPT_COMPLETE: Stack ADOPT completed successfully");
    expect(bed.resources(path)).toEqual(["group ADOPT_COMPLETE", "net ADOPT_COMPLETE"]);
    expect(bed.outputs(path)).toEqual({ net });
    // But for a project for the stack's users, and a token to ask for it.
    expect(bed.bodies("POST", /networks/u)).toHaveLength(1);
    expect(bed.requests().filter((line) => line.startsWith("POST")).length - before).toBe(2);
    bed.ask("DELETE", path);
    bed.cloud.settle();
    expect(networks(bed)).not.toContain("kept");
  });

  it("fails for a resource without an id; undone, it deletes what it never made (bug 1408904)", () => {
    const { bed, left } = abandoned();
    const resources = isObject(left["resources"]) ? left["resources"] : {};
    const { group } = resources;
    const data = { ...left, resources: { group: group ?? null } };
    const path = adopt(bed, data);
    expect(bed.state(path)).toBe(
      "ADOPT_FAILED: Resource ADOPT failed: Exception: Resource ID was not provided.",
    );
    expect(networks(bed)).toContain("kept");
    bed.ask("DELETE", path);
    bed.cloud.settle();
    const { net } = resources;
    const undone = adopt(
      bed,
      { ...left, resources: { net: net ?? null } },
      { disable_rollback: false },
    );
    expect(undone).toBe("/stacks/second/");
    expect(networks(bed)).not.toContain("kept");
  });

  it("is never done where that is not allowed, of which only the log hears (bug 1396917)", () => {
    const { bed, left } = abandoned({ enable_stack_adopt: false });
    const path = adopt(bed, left);
    expect(bed.state(path)).toBe("CREATE_IN_PROGRESS: ");
  });

  it.each([
    ["just words", "400 Adopt data just words invalid. Adopt data must be a dict."],
    ['{"resources": {}}', "400 Invalid data: u'template'"],
  ])("is refused by the API: %s", (adopt_stack_data, words) => {
    const bed = new StackBed();
    const { status, body } = bed.ask("POST", "/stacks", { stack_name: "s", adopt_stack_data });
    expect(`${String(status)} ${messageOf(body)}`).toBe(words);
  });
});

describe("a snapshot", () => {
  it("is what an abandoned stack would have left, and goes when it is deleted, or its stack", () => {
    const bed = new StackBed();
    const path = bed.build("s", NET);
    const taken = bed.ask("POST", `${path}/snapshots`, { name: "one" });
    expect([taken.status, taken.body]).toEqual([
      200,
      {
        id: textOf(isObject(taken.body) ? taken.body : {}, "id"),
        ...{ name: "one", status: "IN_PROGRESS", status_reason: null, data: null },
      },
    ]);
    bed.cloud.settle();
    expect(bed.state(path)).toBe("SNAPSHOT_COMPLETE: Stack SNAPSHOT completed successfully");
    const id = textOf(isObject(taken.body) ? taken.body : {}, "id");
    const { body } = bed.ask("GET", `${path}/snapshots/${id}`);
    expect(body).toMatchObject({
      snapshot: {
        ...{ id, name: "one", status: "COMPLETE" },
        status_reason: "Stack SNAPSHOT completed successfully",
        data: { name: "s", resources: { net: { name: "net", action: "SNAPSHOT" } } },
      },
    });
    bed.ask("POST", `${path}/snapshots`, { name: "two" });
    bed.cloud.settle();
    const names = (): Json[] => {
      const all = bed.ask("GET", `${path}/snapshots`).body;
      const list = isObject(all) && Array.isArray(all["snapshots"]) ? all["snapshots"] : [];
      return (list as readonly Json[]).filter(isObject).map(({ name = null }) => name);
    };
    expect(names()).toEqual(["one", "two"]);
    expect(bed.ask("DELETE", `${path}/snapshots/${id}`).status).toBe(204);
    bed.cloud.settle();
    expect(names()).toEqual(["two"]);
    const gone = bed.ask("GET", `${path}/snapshots/${id}`);
    expect([gone.status, messageOf(gone.body)]).toEqual([404, "Not found"]);
    bed.ask("DELETE", path);
    bed.cloud.settle();
    expect(bed.state(path)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
  });
});
