/**
 * What is signalled: wait conditions and their handles (heat/engine/resources/wait_condition.py), groups that
 * policies change (heat/engine/resources/autoscaling.py, openstack/scaling_policy.py) at 2014.2
 * (test_waitcondition.py, test_heat_autoscaling_group.py).
 */
import { describe, expect, it } from "vitest";
import { isObject, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";
import { messageOf, StackBed } from "../cloud-bed.js";

const templateOf = (resources: JsonObject, outputs: JsonObject = {}): JsonObject => ({
  heat_template_version: "2014-10-16",
  resources,
  outputs,
});

const waiting = (properties: JsonObject = {}): JsonObject =>
  templateOf({
    handle: { type: "OS::Heat::WaitConditionHandle" },
    wait: {
      type: "OS::Heat::WaitCondition",
      properties: { handle: { get_resource: "handle" }, timeout: 60, ...properties },
    },
  });

/** Begun, and the handle there. */
function begun(template: JsonObject, setup = {}): { bed: StackBed; stack: string } {
  const bed = new StackBed(setup);
  bed.create("w1", template);
  bed.cloud.advance("10s");
  return { bed, stack: bed.path("w1") };
}

const signal = (bed: StackBed, stack: string, resource: string, details: Json): string => {
  const { status, body } = bed.ask("POST", `${stack}/resources/${resource}/signal`, details);
  return status === 200 ? "200" : `${String(status)} ${messageOf(body)}`;
};

describe("a wait condition", () => {
  it("is done by as many signals as it counts, of ids that differ", () => {
    const { bed, stack } = begun(waiting({ count: 2 }));
    expect(signal(bed, stack, "handle", { id: "one" })).toBe("200");
    expect(signal(bed, stack, "handle", { id: "one" })).toBe("200");
    bed.cloud.advance("5s");
    expect(bed.state(stack)).toBe("CREATE_IN_PROGRESS: Stack CREATE started");
    signal(bed, stack, "handle", {});
    bed.cloud.settle();
    expect(bed.state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
  });

  it("fails by time, with what has come so far (test_timeout)", () => {
    const { bed, stack } = begun(waiting({ count: 2 }));
    signal(bed, stack, "handle", { reason: "one is there" });
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(
      "CREATE_FAILED: Resource CREATE failed: WaitConditionTimeout: 1 of 2 received - one is there",
    );
  });

  it("fails by a signal that says so (test_post_failed_to_handle)", () => {
    const { bed, stack } = begun(waiting({ count: 2 }));
    signal(bed, stack, "handle", { status: "FAILURE", reason: "no disk" });
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(
      "CREATE_FAILED: Resource CREATE failed: WaitConditionFailure: no disk",
    );
  });

  it("takes no signal of another form", () => {
    const { bed, stack } = begun(waiting());
    expect(signal(bed, stack, "handle", { status: "MAYBE" })).toMatch(/Metadata format invalid/u);
    expect(signal(bed, stack, "handle", { colour: "red" })).toMatch(/Metadata format invalid/u);
    expect(signal(bed, stack, "wait", {})).toBe("400 signal is not supported for resource.");
  });

  it("waits no longer than half a day", () => {
    expect(new StackBed().build("w1", waiting({ timeout: 50_000 }))).toBe(
      "Property error : wait: timeout 50000 is out of range (min: 1, max: 43200)",
    );
  });

  it("has no handle where there is no domain, since users may make none", () => {
    const { bed, stack } = begun(waiting(), { flags: { stack_user_domain_id: "" } });
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(
      "CREATE_FAILED: Resource CREATE failed: Forbidden: You are not authorized to perform the requested action: identity:list_roles (HTTP 403)",
    );
  });
});

describe("a group of resources", () => {
  const TEXT = { type: "OS::Heat::RandomString", properties: { length: 4 } };
  const scaling = (properties: JsonObject = {}): JsonObject =>
    templateOf(
      {
        group: {
          type: "OS::Heat::AutoScalingGroup",
          properties: { min_size: 1, max_size: 3, resource: TEXT, ...properties },
        },
        up: {
          type: "OS::Heat::ScalingPolicy",
          properties: {
            auto_scaling_group_id: { get_resource: "group" },
            adjustment_type: "change_in_capacity",
            scaling_adjustment: 1,
            cooldown: 60,
          },
        },
      },
      {
        texts: { value: { get_attr: ["group", "outputs_list", "value"] } },
        url: { value: { get_attr: ["up", "alarm_url"] } },
      },
    );
  const size = (bed: StackBed, stack: string): number => {
    const { texts } = bed.outputs(stack);
    return Array.isArray(texts) ? texts.length : -1;
  };

  it("grows by a signal, once in the time that it cools down (test_signal_with_cooldown)", () => {
    const { bed, stack } = begun(scaling());
    bed.cloud.settle();
    expect(size(bed, stack)).toBe(1);
    expect(signal(bed, stack, "up", null)).toBe("200");
    expect(size(bed, stack)).toBe(2);
    signal(bed, stack, "up", null);
    expect(size(bed, stack)).toBe(2);
    bed.cloud.advance("61s");
    signal(bed, stack, "up", { current: "ok", previous: "alarm", reason: "calm" });
    expect(size(bed, stack)).toBe(2);
    signal(bed, stack, "up", { current: "ALARM", previous: "ok", reason: "busy" });
    expect(size(bed, stack)).toBe(3);
    bed.cloud.advance("61s");
    signal(bed, stack, "up", null);
    expect(size(bed, stack)).toBe(3);
  });

  it("has a URL for who may signal it, signed once", () => {
    const { bed, stack } = begun(scaling());
    const { url } = bed.outputs(stack);
    expect(url).toMatch(
      /^http:\/\/controller:8000\/v1\/signal\/arn%3Aopenstack%3Aheat%3A%3A.*Signature=/u,
    );
    expect(bed.outputs(stack)["url"]).toBe(url);
  });

  it("loses its oldest first", () => {
    const { bed, stack } = begun(scaling({ desired_capacity: 3 }));
    bed.cloud.settle();
    const { texts: before } = bed.outputs(stack);
    bed.change(stack, scaling({ desired_capacity: 2 }));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    const { texts: after } = bed.outputs(stack);
    expect(after).toHaveLength(2);
    expect((before as readonly Json[]).slice(-2).sort()).toEqual(
      [...(after as readonly Json[])].sort(),
    );
  });

  it.each([
    ["MinSize can not be greater than MaxSize", { min_size: 4 }],
    ["DesiredCapacity must be between MinSize and MaxSize", { desired_capacity: 9 }],
    ["Property error : group: min_size -1 is out of range (min: 0, max: None)", { min_size: -1 }],
  ])("is refused: %s", (message, properties) => {
    expect(new StackBed().build("w1", scaling(properties))).toBe(message);
  });

  const group = (properties: JsonObject = {}): JsonObject =>
    templateOf(
      {
        group: {
          type: "OS::Heat::ResourceGroup",
          properties: { resource_def: TEXT, ...properties },
        },
      },
      {
        refs: { value: { get_attr: ["group", "refs"] } },
        map: { value: { get_attr: ["group", "attributes", "value"] } },
        ninth: { value: { get_attr: ["group", "resource.9"] } },
      },
    );

  it("is known by its members' names and attributes", () => {
    const bed = new StackBed();
    const stack = bed.build("w1", group({ count: 2 }));
    const { refs, map, ninth } = bed.outputs(stack);
    expect(refs).toHaveLength(2);
    expect(Object.values(isObject(map) ? map : {})).toEqual(refs);
    expect(ninth).toBe("The Referenced Attribute (group resource.9) is incorrect.");
  });

  it("that has none cannot grow; one that has some grows and shrinks", () => {
    const bed = new StackBed();
    const none = bed.build("w1", group({ count: 0 }));
    expect(bed.state(none)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    bed.change(none, group({ count: 1 }));
    expect(bed.state(none)).toBe("UPDATE_FAILED: Error: Cannot update group, stack not created");
    const some = bed.build("w2", group({ count: 1 }));
    bed.change(some, group({ count: 3 }));
    expect(bed.outputs(some)["refs"]).toHaveLength(3);
    bed.change(some, group({ count: 2 }));
    expect(bed.outputs(some)["refs"]).toHaveLength(2);
  });

  it("is judged by one of its members, though it is to have none", () => {
    expect(
      new StackBed().build("w1", group({ count: 0, resource_def: { type: "OS::No::Thing" } })),
    ).toBe("Unknown resource Type : OS::No::Thing");
  });

  it("gives each member its number", () => {
    const bed = new StackBed();
    const stack = bed.build(
      "w1",
      templateOf({
        group: {
          type: "OS::Heat::ResourceGroup",
          properties: {
            count: 2,
            resource_def: { type: "OS::Neutron::Net", properties: { name: "net-%index%" } },
          },
        },
      }),
    );
    expect(bed.state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    const names = bed.bodies("POST", /networks\.json$/u).map(({ body }) => {
      const network = isObject(body) ? body["network"] : undefined;
      return textOf(isObject(network) ? network : {}, "name");
    });
    expect(names.sort()).toEqual(["net-0", "net-1"]);
  });
});
