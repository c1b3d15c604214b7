/**
 * Amazon's machines and what belongs to them: heat/engine/resources/instance.py, eip.py, security_group.py, volume.py at
 * 2014.2 (test_instance.py, test_eip.py, test_security_group.py, test_volume.py).
 */
import { describe, expect, it } from "vitest";
import { isObject, textOf, type JsonObject } from "../../../../src/python/index.js";
import { messageOf } from "../cloud-bed.js";
import {
  attribute as output,
  AwsBed,
  BUILT,
  cfn,
  GONE,
  instance,
  reference,
  resource,
  UPDATED,
} from "./bed.js";

describe("AWS::EC2::Instance", () => {
  it("is a server with tags and hints, known by its address (test_instance_create)", () => {
    const bed = new AwsBed();
    const tags = [{ Key: "role", Value: "web" }];
    const hints = ["a", "b"].map((Value) => ({ Key: "word", Value }));
    const outputs = {
      ip: output("web", "PublicIp"),
      zone: output("web", "AvailabilityZone"),
      id: reference("web"),
    };
    const stack = bed.build(
      "s",
      cfn({ web: instance({ Tags: tags, NovaSchedulerHints: hints }) }, outputs),
    );
    expect(bed.state(stack)).toBe(BUILT);
    const [server = {}] = bed.servers;
    expect(server).toMatchObject({ metadata: { role: "web" }, status: "ACTIVE" });
    const { id, ip, zone } = bed.outputs(stack);
    expect([id, zone]).toEqual([server["id"], "nova"]);
    expect(ip).toMatch(/^192\.168\.1\.\d+$/u);
    expect(bed.bodies("POST", /\/servers$/u)[0]?.body).toMatchObject({
      "os:scheduler_hints": { word: ["a", "b"] },
    });
    expect(bed.act(stack, "check")).toBe("CHECK_COMPLETE: Stack CHECK completed successfully");
    bed.cloud.run(
      bed.cloud.user("demo").request("compute", "POST", `/servers/${textOf(server, "id")}/action`, {
        pause: null,
      }),
    );
    bed.cloud.settle();
    expect(bed.act(stack, "check")).toBe(
      "CHECK_FAILED: Resource CHECK failed: [u'ResourceUnknownStatus: Instance is not active - Unknown status PAUSED']",
    );
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("has its tags and its size changed in place (test_instance_update_instance_type)", () => {
    const bed = new AwsBed({ computes: 2 });
    const stack = bed.build("s", cfn({ web: instance() }));
    const [{ id = null } = {}] = bed.servers;
    const Tags = [{ Key: "role", Value: "db" }];
    bed.change(stack, cfn({ web: instance({ InstanceType: "m1.small", Tags }) }));
    expect(bed.state(stack)).toBe(UPDATED);
    expect(bed.servers).toMatchObject([{ id, flavor: { id: "2" }, metadata: { role: "db" } }]);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it.each([
    [{ KernelId: "x" }, "Property KernelId not implemented yet"],
    [{ ImageId: "none" }, /^Property error : web: ImageId Error validating value u'none': /u],
    [
      { BlockDeviceMappings: [{ DeviceName: "vdb" }] },
      "Ebs is missing, this is required when specifying BlockDeviceMappings.",
    ],
    [
      { BlockDeviceMappings: [{ DeviceName: "vdb", Ebs: { VolumeSize: "1" } }] },
      "SnapshotId is missing, this is required when specifying BlockDeviceMappings.",
    ],
  ] as const)(
    "is refused with %j (test_instance_validate, test_build_block_device_mapping)",
    (properties, words) => {
      const { status, body } = new AwsBed().create("s", cfn({ web: instance(properties) }));
      expect(status).toBe(400);
      if (typeof words === "string") expect(messageOf(body)).toBe(words);
      else expect(messageOf(body)).toMatch(words);
    },
  );

  it("that goes into an error is told in Nova's words, as a server is", () => {
    const bed = new AwsBed({ computes: [{ name: "compute-1", memory_mb: 1024 }] });
    const stack = bed.build("s", cfn({ web: instance({ InstanceType: "m1.small" }) }));
    expect(bed.state(stack)).toBe(
      'CREATE_FAILED: Resource CREATE failed: ResourceInError: Went to status ERROR due to "Message: No valid host was found. , Code: 500"',
    );
  });
});

describe("volumes of an instance", () => {
  const volume = resource("AWS::EC2::Volume", {
    ...{ AvailabilityZone: "nova", Size: "1" },
    Tags: [{ Key: "for", Value: "data" }],
  });
  const Volumes = [{ Device: "/dev/vdb", VolumeId: { Ref: "data" } }];
  const template = cfn({ data: volume, web: instance({ Volumes }) });

  it("come when it is there, and are away while it is suspended (test_instance_suspend_volumes_wait)", () => {
    const bed = new AwsBed();
    const stack = bed.build("s", template);
    expect(bed.state(stack)).toBe(BUILT);
    expect(bed.volumeStatuses).toEqual(["in-use"]);
    expect(bed.act(stack, "suspend")).toMatch(/^SUSPEND_COMPLETE/u);
    expect([bed.volumeStatuses, bed.servers[0]?.["status"]]).toEqual([["available"], "SUSPENDED"]);
    expect(bed.act(stack, "resume")).toMatch(/^RESUME_COMPLETE/u);
    expect([bed.volumeStatuses, bed.servers[0]?.["status"]]).toEqual([["in-use"], "ACTIVE"]);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("cannot be changed, which is refused and not done by another one (Volume.properties_schema)", () => {
    const bed = new AwsBed();
    const stack = bed.build("s", cfn({ data: volume }));
    const larger = { ...volume, Properties: { AvailabilityZone: "nova", Size: "2" } };
    bed.change(stack, cfn({ data: larger }));
    expect(bed.state(stack)).toBe(
      "UPDATE_FAILED: NotSupported: Update to properties Size, Tags of data (AWS::EC2::Volume) is not supported.",
    );
  });

  it("are attached by a resource of their own at a device of a guest's (test_volume_attachment)", () => {
    const bed = new AwsBed();
    const attachment = (Device: string): JsonObject => ({
      Type: "AWS::EC2::VolumeAttachment",
      Properties: { InstanceId: { Ref: "web" }, VolumeId: { Ref: "data" }, Device },
    });
    const all = (Device: string): JsonObject =>
      cfn({ data: volume, web: instance(), at: attachment(Device) });
    expect(messageOf(bed.create("t", all("/dev/sdh")).body)).toBe(
      'Property error : at: Device "/dev/sdh" does not match pattern "/dev/vd[b-z]"',
    );
    const stack = bed.build("s", all("/dev/vdc"));
    expect([bed.state(stack), bed.volumeStatuses]).toEqual([BUILT, ["in-use"]]);
    expect(bed.remove(stack)).toBe(GONE);
  });
});

describe("an elastic address", () => {
  const eip = (properties: JsonObject): JsonObject => resource("AWS::EC2::EIP", properties);
  const addresses = (bed: AwsBed): string[] => {
    const [server] = bed.servers;
    const networks = isObject(server?.["addresses"]) ? Object.values(server["addresses"]) : [];
    return networks
      .flatMap((list) => list as readonly JsonObject[])
      .map((address) => `${textOf(address, "OS-EXT-IPS:type")} ${textOf(address, "addr")}`)
      .sort();
  };

  it("leads to the instance that it names (test_eip)", () => {
    const bed = AwsBed.routed({ flags: { default_floating_pool: "public" } });
    const outputs = { ip: reference("ip"), allocation: output("ip", "AllocationId") };
    const stack = bed.build(
      "s",
      cfn({ web: instance(), ip: eip({ InstanceId: { Ref: "web" } }) }, outputs),
    );
    expect(bed.state(stack)).toBe(BUILT);
    const { ip, allocation } = bed.outputs(stack);
    expect(ip).toMatch(/^172\.24\./u);
    expect(allocation).toMatch(/^[0-9a-f-]{36}$/u);
    expect(addresses(bed).at(0)).toMatch(/^fixed 192\./u);
    expect(addresses(bed)).toContain(`floating ${ip as string}`);
    bed.change(stack, cfn({ web: instance(), ip: eip({}) }));
    expect([bed.state(stack), addresses(bed).length]).toEqual([UPDATED, 1]);
    expect(bed.remove(stack)).toBe(GONE);
  });

  const association = (Properties: JsonObject): JsonObject =>
    resource("AWS::EC2::EIPAssociation", Properties);

  it("is led there by an association, which is known by its address (test_association_eip)", () => {
    const bed = AwsBed.routed({ flags: { default_floating_pool: "public" } });
    const first = bed.build("first", cfn({ ip: eip({}) }, { ip: reference("ip") }));
    const { ip: EIP = null } = bed.outputs(first);
    const led = cfn({
      web: instance(),
      at: association({ EIP, InstanceId: { Ref: "web" } }),
    });
    const stack = bed.build("s", led);
    expect([bed.state(stack), addresses(bed).length]).toEqual([BUILT, 2]);
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe(GONE);
    expect(bed.remove(first)).toBe(GONE);
  });

  it("of its own template can be led nowhere by one: before it is there its reference is empty", () => {
    const bed = AwsBed.routed();
    const words = (Properties: JsonObject): string =>
      messageOf(
        bed.create("t", cfn({ web: instance(), ip: eip({}), at: association(Properties) })).body,
      );
    const missing = "Either 'EIP' or 'AllocationId' must be provided.";
    expect(words({ EIP: { Ref: "ip" }, InstanceId: { Ref: "web" } })).toBe(missing);
    expect(words({ InstanceId: "x" })).toBe(missing);
    expect(words({ EIP: "1.2.3.4" })).toBe("Must specify 'InstanceId' if you specify 'EIP'.");
    expect(words({ AllocationId: "a" })).toBe(
      "Must specify at least one of 'InstanceId' or 'NetworkInterfaceId'.",
    );
  });
});

describe("AWS::EC2::SecurityGroup", () => {
  it("has rules in Neutron, and loses what lets everything out where it says what goes out", () => {
    const bed = new AwsBed();
    const rule = (FromPort: string, ToPort = FromPort): JsonObject => ({
      ...{ IpProtocol: "tcp", FromPort, ToPort },
      CidrIp: "0.0.0.0/0",
    });
    const group: JsonObject = {
      Type: "AWS::EC2::SecurityGroup",
      Properties: {
        GroupDescription: "web",
        SecurityGroupIngress: [rule("22"), rule("22"), { ...rule("-1"), IpProtocol: "icmp" }],
        SecurityGroupEgress: [rule("443")],
      },
    };
    const stack = bed.build("s", cfn({ group }));
    expect(bed.state(stack)).toBe(BUILT);
    const rules = bed
      .neutron("security_groups")
      .filter(({ description }) => description === "web")
      .flatMap(({ security_group_rules }) => security_group_rules as readonly JsonObject[])
      .map((one) =>
        ["direction", "protocol", "port_range_min", "remote_ip_prefix"]
          .map((key) => String(one[key] as string | null))
          .join(" "),
      )
      .sort();
    expect(rules).toEqual([
      "egress tcp 443 0.0.0.0/0",
      "ingress icmp null null",
      "ingress tcp 22 0.0.0.0/0",
    ]);
    expect(bed.remove(stack)).toBe(GONE);
  });
});
