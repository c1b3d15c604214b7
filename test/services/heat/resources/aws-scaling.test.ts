/**
 * Groups of instances that a launch configuration makes: heat/engine/resources/autoscaling.py, aws/launch_config.py,
 * aws/scaling_policy.py at 2014.2 (test_autoscaling.py, test_instance_group.py, test_autoscaling_update_policy.py).
 */
import { describe, expect, it } from "vitest";
import { HttpClient } from "../../../../src/http/index.js";
import { str, textOf, type JsonObject } from "../../../../src/python/index.js";
import { messageOf } from "../cloud-bed.js";
import { attribute, AwsBed, BUILT, cfn, GONE, reference, resource, UPDATED } from "./bed.js";

const launch = (properties: JsonObject = {}, rest: JsonObject = {}): JsonObject =>
  resource(
    "AWS::AutoScaling::LaunchConfiguration",
    { ImageId: "cirros", InstanceType: "m1.nano", ...properties },
    rest,
  );
const zones = { AvailabilityZones: ["nova"], LaunchConfigurationName: { Ref: "launch" } };
const scaling = (properties: JsonObject, rest: JsonObject = {}): JsonObject =>
  resource("AWS::AutoScaling::AutoScalingGroup", { ...zones, ...properties }, rest);
const sized = (Size: number, rest: JsonObject = {}): JsonObject =>
  resource("OS::Heat::InstanceGroup", { ...zones, Size }, rest);
const policy = (by: number): JsonObject =>
  resource("AWS::AutoScaling::ScalingPolicy", {
    ...{ AutoScalingGroupName: { Ref: "group" }, ScalingAdjustment: by },
    ...{ AdjustmentType: "ChangeInCapacity", Cooldown: "60" },
  });

const ids = (bed: AwsBed): string[] => bed.servers.map((server) => textOf(server, "id")).sort();

describe("OS::Heat::InstanceGroup", () => {
  it("is so many instances, whose addresses are a list (test_instance_group)", () => {
    const bed = new AwsBed();
    const all = (Size: number) =>
      cfn({ launch: launch(), group: sized(Size) }, { all: attribute("group", "InstanceList") });
    const stack = bed.build("s", all(2));
    expect(bed.state(stack)).toBe(BUILT);
    expect(bed.outputs(stack)["all"]).toMatch(/^192\.168\.1\.\d+,192\.168\.1\.\d+$/u);
    expect(bed.servers.map(({ metadata }) => metadata)).toEqual([
      { "metering.groupname": expect.stringMatching(/^s-group-/u) as string },
      { "metering.groupname": expect.stringMatching(/^s-group-/u) as string },
    ]);
    const before = ids(bed);
    bed.change(stack, all(3));
    expect(bed.state(stack)).toBe(UPDATED);
    expect(ids(bed)).toEqual(expect.arrayContaining(before));
    expect(bed.servers).toHaveLength(3);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("keeps its instances when the configuration is another, unless its policy says otherwise (test_instance_group_update_policy)", () => {
    const bed = new AwsBed({ computes: 2 });
    const rolling = {
      UpdatePolicy: { RollingUpdate: { MinInstancesInService: "1", MaxBatchSize: "1" } },
    };
    const all = (InstanceType: string, rest: JsonObject = {}) =>
      cfn({ launch: launch({ InstanceType }), group: sized(2, rest) });
    const stack = bed.build("s", all("m1.nano"));
    const before = ids(bed);
    bed.change(stack, all("m1.tiny"));
    expect([bed.state(stack), ids(bed)]).toEqual([UPDATED, before]);
    expect(bed.servers.map(({ flavor }) => (flavor as JsonObject)["id"])).toEqual(["42", "42"]);
    bed.change(stack, all("m1.small", rolling));
    expect(bed.state(stack)).toBe(UPDATED);
    expect(bed.servers.map(({ flavor }) => (flavor as JsonObject)["id"])).toEqual(["2", "2"]);
  });

  it.each([
    ["PT2H", "Maximum PauseTime is 1 hour."],
    ["1h", "Only ISO 8601 duration format of the form PT#H#M#S is supported."],
  ])("refuses to wait for %s between two batches", (PauseTime, words) => {
    const group = sized(1, { UpdatePolicy: { RollingUpdate: { PauseTime } } });
    expect(messageOf(new AwsBed().create("s", cfn({ launch: launch(), group })).body)).toBe(words);
  });
});

describe("AWS::AutoScaling::AutoScalingGroup", () => {
  const outputs = {
    up: reference("up"),
    down: reference("down"),
    url: attribute("up", "AlarmUrl"),
  };

  it("grows and shrinks by the URLs of its policies, within its bounds (test_scaling_group_scale_up_failure, test_scaling_policy_cooldown_zero)", () => {
    const bed = new AwsBed();
    const group = scaling({ MinSize: "1", MaxSize: "2", Tags: [{ Key: "a", Value: "b" }] });
    const stack = bed.build(
      "s",
      cfn({ launch: launch(), group, up: policy(1), down: policy(-1) }, outputs),
    );
    expect(bed.state(stack)).toBe(BUILT);
    const { up = null, down = null, url } = bed.outputs(stack);
    // What an alarm's action is a reference to.
    expect(up).toBe(url);
    const signalled = (to: string): number => {
      const http = new HttpClient(bed.cloud.network, "anybody");
      const { status } = bed.cloud.run(http.request("POST", to, { body: { state: "ALARM" } }));
      bed.cloud.settle();
      return status;
    };
    expect(Object.keys(bed.servers[0]?.["metadata"] as JsonObject).sort()).toEqual([
      ...["a", "metering.AutoScalingGroupName", "metering.groupname"],
    ]);
    const first = ids(bed);
    expect(signalled(str(up))).toBe(200);
    expect(ids(bed)).toHaveLength(2);
    expect(signalled(str(up))).toBe(200);
    expect(ids(bed)).toHaveLength(2);
    // The oldest goes.
    expect(signalled(str(down))).toBe(200);
    expect(ids(bed)).toHaveLength(1);
    expect(ids(bed)).not.toEqual(first);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("is replaced batch by batch when its configuration has other metadata (test_scaling_group_update_replace)", () => {
    const bed = new AwsBed();
    const rolling = { AutoScalingRollingUpdate: { MaxBatchSize: "2", PauseTime: "PT10S" } };
    const all = (word: string) =>
      cfn({
        launch: launch({}, { Metadata: { word } }),
        group: scaling({ MinSize: "2", MaxSize: "3" }, { UpdatePolicy: rolling }),
      });
    const stack = bed.build("s", all("one"));
    const before = ids(bed);
    bed.change(stack, all("two"));
    expect(bed.state(stack)).toBe(UPDATED);
    // Metadata alone change an instance where it is.
    expect(ids(bed)).toEqual(before);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it.each([
    [{ MinSize: "3", MaxSize: "2" }, "MinSize can not be greater than MaxSize"],
    [{ MinSize: "-1", MaxSize: "2" }, "The size of AutoScalingGroup can not be less than zero"],
    [
      { MinSize: "1", MaxSize: "2", DesiredCapacity: "3" },
      "DesiredCapacity must be between MinSize and MaxSize",
    ],
    [
      { MinSize: "1", MaxSize: "2", VPCZoneIdentifier: ["a", "b"] },
      "Anything other than one VPCZoneIdentifier is not supported.",
    ],
    [
      { MinSize: "1", MaxSize: "2", HealthCheckType: "EC2" },
      "Property HealthCheckType not implemented yet",
    ],
  ] as const)("is refused with %j", (properties, words) => {
    const template = cfn({ launch: launch(), group: scaling(properties) });
    expect(messageOf(new AwsBed().create("s", template).body)).toBe(words);
  });

  it("tells a load balancer which instances there are (test_lb_reload_members)", () => {
    const bed = new AwsBed({
      services: ["cinder", "heat", "neutron-l3-agent", "neutron-lbaas-agent"],
    });
    const subnet_id = bed.cloud.id("subnet", "private-subnet") ?? "";
    const resources = {
      pool: resource("OS::Neutron::Pool", {
        ...{ protocol: "HTTP", subnet_id, lb_method: "ROUND_ROBIN" },
        vip: { protocol_port: 80 },
      }),
      balancer: resource("OS::Neutron::LoadBalancer", {
        ...{ pool_id: { Ref: "pool" }, protocol_port: 80 },
      }),
      launch: launch(),
      group: scaling({ MinSize: "2", MaxSize: "2", LoadBalancerNames: ["balancer"] }),
    };
    const stack = bed.build("s", cfn(resources));
    expect(bed.state(stack)).toBe(BUILT);
    const members = bed.list("network", "/v2.0/lb/members", "members");
    expect(members.map(({ address }) => address).sort()).toEqual(
      bed.servers
        .flatMap(({ addresses }) => Object.values(addresses as Record<string, JsonObject[]>))
        .map(([one]) => one?.["addr"])
        .sort(),
    );
    const missing = {
      ...resources,
      group: scaling({ MinSize: "1", MaxSize: "1", LoadBalancerNames: ["none"] }),
    };
    expect(bed.state(bed.build("t", cfn(missing)))).toBe(
      "CREATE_FAILED: Resource CREATE failed: KeyError: u'none'",
    );
  });
});
