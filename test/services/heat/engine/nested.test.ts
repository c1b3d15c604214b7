/**
 * Stacks that are resources of stacks: heat/engine/stack_resource.py, heat/engine/resources/template_resource.py,
 * heat/engine/environment.py at 2014.2 (upstream's test_provider_template.py, test_nested_stack.py).
 */
import { describe, expect, it } from "vitest";
import {
  dumps,
  isObject,
  textOf,
  type Json,
  type JsonObject,
} from "../../../../src/python/index.js";
import { messageOf, StackBed } from "../cloud-bed.js";

const INNER: JsonObject = {
  heat_template_version: "2013-05-23",
  parameters: { length: { type: "number" }, note: { type: "string", default: "none" } },
  resources: {
    text: { type: "OS::Heat::RandomString", properties: { length: { get_param: "length" } } },
  },
  outputs: { value: { value: { get_attr: ["text", "value"] } } },
};

const outer = (type: string, properties: JsonObject = { length: 7 }): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources: { box: { type, properties } },
  outputs: {
    value: { value: { get_attr: ["box", "value"] } },
    ref: { value: { get_resource: "box" } },
  },
});

const FILES = { files: { "file:///inner.yaml": dumps(INNER) } };

const namesIn = (bed: StackBed, path: string): string[] => {
  const { body } = bed.ask("GET", path);
  const list = isObject(body) && Array.isArray(body["resources"]) ? body["resources"] : [];
  return (list as readonly Json[])
    .filter(isObject)
    .map((one) => `${textOf(one, "parent_resource")}/${textOf(one, "resource_name")}`);
};

describe("a resource that a template stands for", () => {
  it("is a stack of its own, with its properties as parameters and outputs as attributes", () => {
    const bed = new StackBed();
    const path = bed.build("s", outer("file:///inner.yaml"), FILES);
    expect(bed.state(path)).toContain("CREATE_COMPLETE");
    const { value, ref } = bed.outputs(path) as { value: string; ref: string };
    expect(value).toHaveLength(7);
    expect(ref).toMatch(/^arn:openstack:heat::[0-9a-f]+:stacks\/s-box-[a-z2-7]{12}\/[0-9a-f-]+$/u);
    expect(namesIn(bed, `${path}/resources?nested_depth=1`)).toEqual(["/box", "box/text"]);
    expect(namesIn(bed, `${path}/resources`)).toEqual(["/box"]);
  });

  it("goes with its stack, and is in no list unless that is asked for", () => {
    const bed = new StackBed();
    const path = bed.build("s", outer("file:///inner.yaml"), FILES);
    const count = (query: string): number =>
      (bed.ask("GET", `/stacks${query}`).body as unknown as { stacks: unknown[] }).stacks.length;
    expect([count(""), count("?show_nested=true")]).toEqual([1, 2]);
    bed.ask("DELETE", path);
    bed.cloud.settle();
    expect([count(""), count("?show_nested=true")]).toEqual([0, 0]);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("is named by an environment, which stands before what an engine knows", () => {
    const bed = new StackBed();
    const environment = {
      resource_registry: { "My::Box": "file:///inner.yaml", "OS::X": "My::Box" },
    };
    const path = bed.build("s", outer("OS::X"), { ...FILES, environment });
    expect(bed.state(path)).toContain("CREATE_COMPLETE");
    const other = bed.build("t", outer("OS::Quantum::Nothing"), FILES);
    expect(other).toBe("Unknown resource Type : OS::Quantum::Nothing");
  });

  it("is changed as a stack is", () => {
    const bed = new StackBed();
    const path = bed.build("s", outer("file:///inner.yaml"), FILES);
    const before = bed.outputs(path);
    bed.ask("PUT", path, { template: outer("file:///inner.yaml", { length: 9 }), ...FILES });
    bed.cloud.settle();
    expect(bed.state(path)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    const after = bed.outputs(path) as { value: string; ref: string };
    expect(after.value).toHaveLength(9);
    expect(after.ref).toBe(before["ref"]);
  });

  it("is suspended and resumed with all that is in it, and says why it has failed", () => {
    const bed = new StackBed();
    const path = bed.build("s", outer("file:///inner.yaml"), FILES);
    bed.ask("POST", `${path}/actions`, { suspend: null });
    bed.cloud.settle();
    expect(bed.resources(path)).toEqual(["box SUSPEND_COMPLETE"]);
    const server = { flavor: "none", image: "cirros", networks: [{ network: "private" }] };
    const bad = {
      ...INNER,
      resources: { vm: { type: "OS::Nova::Server", properties: server } },
      outputs: {},
    };
    const files = { files: { "file:///inner.yaml": dumps(bad) } };
    const wanted = { ...outer("file:///inner.yaml"), outputs: {} };
    const failed = bed.build("t", wanted, files);
    expect(bed.state(failed)).toBe(
      "CREATE_FAILED: Resource CREATE failed: Error: Resource CREATE failed: FlavorMissing: " +
        "The Flavor ID (none) could not be found.",
    );
  });

  it("refuses properties and attributes that its template does not have", () => {
    const bed = new StackBed();
    const refused = (properties: JsonObject): string =>
      messageOf(bed.create("s", outer("file:///inner.yaml", properties), FILES).body);
    expect(refused({ length: 1, width: 2 })).toBe("Unknown Property width");
    expect(refused({})).toBe("Property error : box: Property length not assigned");
    expect(messageOf(bed.create("s", outer("file:///other.yaml"), FILES).body)).toBe(
      "Could not fetch remote template 'file:///other.yaml': Invalid URL scheme file",
    );
  });

  it("may be in another one three times, and no deeper (HEAT-206)", () => {
    const bed = new StackBed();
    const level = (type: string): JsonObject => ({
      heat_template_version: "2013-05-23",
      resources: { box: { type } },
    });
    const files = {
      "a.yaml": dumps(level("b.yaml")),
      "b.yaml": dumps(level("c.yaml")),
      "c.yaml": dumps(level("d.yaml")),
      "d.yaml": dumps({ heat_template_version: "2013-05-23" }),
    };
    const deep = bed.build("deep", level("a.yaml"), { files });
    expect(bed.state(deep)).toContain(
      "RequestLimitExceeded: Request limit exceeded: Recursion depth exceeds 3.",
    );
    const flat = bed.build("flat", level("b.yaml"), { files });
    expect(bed.state(flat)).toContain("CREATE_COMPLETE");
  });
});
