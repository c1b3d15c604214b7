import { describe, expect, it } from "vitest";
import {
  GlanceConnectionFailed,
  ImageNotAuthorized,
  type NovaException,
  PortInUse,
  SecurityGroupNotFound,
} from "../../../../src/services/nova/exception.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { Hooks } from "../../../../src/services/nova/hooks.js";
import { ApiBed, CIRROS, IMAGE, NETWORK, NOWHERE } from "./bed.js";

const GB = 1024 * 1024 * 1024;

describe("what a boot is refused for (nova §1.2)", () => {
  interface Case {
    readonly row: string;
    readonly server: JsonObject;
    readonly says: string;
    readonly bed?: (bed: ApiBed) => void;
    readonly flags?: JsonObject;
    readonly beside?: JsonObject;
  }
  const port = { port: NOWHERE };
  const failing =
    (what: string, error: NovaException) =>
    (bed: ApiBed): void =>
      void bed.failures.set(what, error);
  const image =
    (changes: Partial<typeof CIRROS>) =>
    (bed: ApiBed): void =>
      void bed.images.set(IMAGE, { ...CIRROS, ...changes });
  const unexpected =
    "500 The server has either erred or is incapable of performing the requested operation.";
  const many = Object.fromEntries(Array.from({ length: 129 }, (_, i) => [`k${i}`, "v"]));
  const files = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ path: `/${i}`, contents: "YQ==" }));

  const cases: readonly Case[] = [
    { row: "2: password", server: { adminPass: 1 }, says: "400 Invalid adminPass" },
    {
      row: "3: name blank",
      server: { name: "  " },
      says: "400 Server name has a minimum character requirement of 1.",
    },
    {
      row: "3: name long",
      server: { name: "x".repeat(256) },
      says: "400 Server name has more than 255 characters.",
    },
    { row: "4: image id", server: { imageRef: "cirros" }, says: "400 Invalid imageRef provided." },
    {
      row: "5: file contents",
      server: { personality: [{ path: "/a", contents: "!" }] },
      says: "400 Personality content for /a cannot be decoded",
    },
    {
      row: "5: file without path",
      server: { personality: [{ contents: "YQ==" }] },
      says: "400 Bad personality format: missing 'path'",
    },
    {
      row: "7: network id",
      server: { networks: [{ uuid: "x" }] },
      says: "400 Bad networks format: network uuid is not in proper format (x)",
    },
    {
      row: "7: network missing",
      server: { networks: [{}] },
      says: "400 Bad network format: missing 'uuid'",
    },
    { row: "7: networks no list", server: { networks: "x" }, says: "400 Bad networks format" },
    {
      row: "7: same twice",
      server: { networks: [{ uuid: NETWORK }, { uuid: NETWORK }] },
      says: `400 Duplicate networks (${NETWORK}) are not allowed`,
    },
    {
      row: "8: accessIPv4",
      server: { accessIPv4: "1.2.3" },
      says: "400 accessIPv4 is not proper IPv4 format",
    },
    {
      row: "8: accessIPv6",
      server: { accessIPv6: "1.2.3.4" },
      says: "400 accessIPv6 is not proper IPv6 format",
    },
    {
      row: "10: user data",
      server: { user_data: "!" },
      says: "400 Userdata content cannot be decoded",
    },
    {
      row: "11: both forms",
      server: {
        block_device_mapping: [{ device_name: "vda", volume_id: NOWHERE }],
        block_device_mapping_v2: [{ source_type: "volume", uuid: NOWHERE }],
      },
      says: "400 Using different block_device_mapping syntaxes is not allowed in the same request.",
    },
    {
      row: "12: count",
      server: { min_count: "x" },
      says: "400 Invalid input received: min_count must be an integer",
    },
    {
      row: "12: least",
      server: { min_count: 0 },
      says: "400 Invalid input received: min_count must be >= 1",
    },
    {
      row: "12: order",
      server: { min_count: 3, max_count: 2 },
      says: "400 min_count must be <= max_count",
    },
    { row: "13: flavor", server: { flavorRef: "99" }, says: "400 Invalid flavorRef provided." },
    {
      row: "15: fixed ip of several",
      server: { max_count: 2, networks: [{ uuid: NETWORK, fixed_ip: "10.0.0.9" }] },
      says: "400 Failed to launch instances: max_count cannot be greater than 1 if an fixed_ip is specified.",
    },
    {
      row: "15: port of several",
      server: { max_count: 2, networks: [port] },
      says: "400 Failed to launch instances: Unable to launch multiple instances with a single configured port ID. Please launch your instance one by one with different ports.",
    },
    {
      row: "16: no such image",
      server: { imageRef: NOWHERE },
      says: "400 Can not find requested image",
    },
    {
      row: "16: image of others",
      server: {},
      bed: failing("image get", new ImageNotAuthorized({ image_id: IMAGE })),
      says: unexpected,
    },
    {
      row: "16: Glance down",
      server: {},
      bed: failing("image get", new GlanceConnectionFailed()),
      says: unexpected,
    },
    {
      row: "16b: volume",
      server: {
        imageRef: "",
        block_device_mapping_v2: [{ source_type: "volume", uuid: NOWHERE, boot_index: 0 }],
      },
      says: `400 Block Device Mapping is Invalid: failed to get volume ${NOWHERE}.`,
    },
    {
      row: "17: disk config",
      server: { "OS-DCF:diskConfig": "AUTO" },
      bed: image({ properties: { auto_disk_config: "disabled" } }),
      says: `400 Requested image ${IMAGE} has automatic disk resize disabled.`,
    },
    {
      row: "18: forced host",
      server: { availability_zone: "nova:c1" },
      says: "403 Policy doesn't allow compute:create:forced_host to be performed.",
    },
    {
      row: "18: too many colons",
      server: { availability_zone: "a:b:c:d" },
      says: "400 Invalid input received: Unable to parse availability_zone",
    },
    {
      row: "19: zone",
      server: { availability_zone: "mars" },
      says: "400 The requested availability zone is not available",
    },
    {
      row: "20: flavor disabled",
      server: {},
      bed: (bed) => void bed.db.instance_types.update(2, { disabled: true }),
      says: "400 Invalid flavorRef provided.",
    },
    {
      row: "21: user data long",
      server: { user_data: "YWFh".repeat(16_384) },
      says: "400 User data too large. User data must be no larger than 65535 bytes once base64 encoded. Your data is 65536 bytes",
    },
    {
      row: "22: metadata count",
      server: { metadata: many },
      says: "403 Maximum number of metadata items exceeds 128",
    },
    {
      row: "22: metadata type",
      server: { metadata: ["x"] },
      says: "400 Invalid metadata: Metadata type should be dict.",
    },
    {
      row: "22: metadata value",
      server: { metadata: { k: 1 } },
      says: "400 Invalid metadata: The input is not a string or unicode",
    },
    {
      row: "22: metadata size",
      server: { metadata: { k: "v".repeat(256) } },
      says: "413 Invalid metadata size: Metadata property value greater than 255 characters",
    },
    {
      row: "23: files",
      server: { personality: files(6) },
      says: "403 Personality file limit exceeded",
    },
    {
      row: "23: path",
      server: { personality: [{ path: "p".repeat(256), contents: "" }] },
      says: "403 Personality file path too long",
    },
    {
      row: "23: content",
      server: { personality: [{ path: "/p", contents: "YWFh".repeat(2561) }] },
      says: "403 Personality file content too long",
    },
    {
      row: "24: image status",
      server: {},
      bed: image({ status: "queued" }),
      says: `400 Image ${IMAGE} is not active.`,
    },
    {
      row: "24: config drive of image",
      server: {},
      bed: image({ properties: { img_config_drive: "maybe" } }),
      says: "400 Image's config drive option 'maybe' is invalid",
    },
    {
      row: "25: memory",
      server: {},
      bed: image({ min_ram: 513 }),
      says: "400 Flavor's memory is too small for requested image.",
    },
    {
      row: "26: size",
      server: {},
      bed: image({ size: GB + 1 }),
      says: "400 Flavor's disk is too small for requested image.",
    },
    {
      row: "26: min_disk",
      server: {},
      bed: image({ min_disk: 2 }),
      says: "400 Flavor's disk is too small for requested image.",
    },
    {
      row: "27: security group",
      server: { security_groups: [{ name: "web" }] },
      bed: failing("security group get", new SecurityGroupNotFound({ security_group_id: "web" })),
      says: "400 Security group web not found.",
    },
    {
      row: "28: port in use",
      server: { networks: [port] },
      bed: failing("validate_networks", new PortInUse({ port_id: NOWHERE })),
      says: `409 Port ${NOWHERE} is still in use.`,
    },
    {
      row: "29: kernel",
      server: {},
      bed: image({ properties: { kernel_id: NOWHERE } }),
      says: "400 Can not find requested image",
    },
    {
      row: "30: config drive",
      server: { config_drive: "maybe" },
      says: "400 Invalid config_drive provided.",
    },
    { row: "31: key", server: { key_name: "mine" }, says: "400 Invalid key_name provided." },
    {
      row: "33: ports",
      server: {},
      bed: (bed) => void (bed.room = 0),
      says: "403 Maximum number of ports exceeded",
    },
    {
      row: "35: group",
      server: {},
      beside: { "os:scheduler_hints": { group: NOWHERE } },
      // servers.py catches no InstanceGroupNotFound, and FaultWrapper shows no text of it.
      says: "404 The resource could not be found.",
    },
    {
      row: "36: quota",
      server: { min_count: 11 },
      says: "403 Quota exceeded for instances: Requested 11, but already used 0 of 10 instances",
    },
    {
      row: "36: cores",
      server: {},
      flags: { quota_cores: 0 },
      says: "403 Quota exceeded for cores: Requested 1, but already used 0 of 0 cores",
    },
    {
      row: "37: swap",
      server: {
        block_device_mapping_v2: [
          { source_type: "image", uuid: IMAGE, boot_index: 0 },
          { source_type: "blank", destination_type: "local", guest_format: "swap", volume_size: 1 },
        ],
      },
      says: "400 Swap drive requested is larger than instance type allows.",
    },
    {
      row: "37: too many disks",
      server: {
        block_device_mapping_v2: [
          { source_type: "image", uuid: IMAGE, boot_index: 0, destination_type: "local" },
          { source_type: "blank", destination_type: "local" },
          { source_type: "blank", destination_type: "local" },
          { source_type: "blank", destination_type: "local" },
        ],
      },
      says: "400 Block Device Mapping is Invalid: You specified more local devices than the limit allows",
    },
  ];

  it.each(cases)("row $row", ({ server, says, bed: prepare, flags = {}, beside = {} }) => {
    const bed = new ApiBed(flags);
    bed.service({ host: "c1" });
    prepare?.(bed);
    expect(bed.told(bed.boot(server, bed.demo, beside))).toBe(says);
    expect(bed.db.instances.find()).toEqual([]);
    const used = bed.db.quota_usages
      .find()
      .filter(({ resource }) => resource !== "security_groups")
      .map(({ reserved, in_use }) => reserved + in_use);
    expect(used).not.toContain(1);
    expect(bed.casts()).toEqual([]);
  });

  it.each([
    ["row 1: no server", {}, "422 Unable to process the contained instructions"],
    ["row 3: no name", { server: { imageRef: IMAGE } }, "400 Server name is not defined"],
    ["row 4: no image", { server: { name: "x" } }, "400 Missing imageRef attribute"],
    [
      "row 9: no flavor",
      { server: { name: "x", imageRef: IMAGE } },
      "400 Missing flavorRef attribute",
    ],
  ])("%s", (_row, body, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.ask("POST", "/servers", body))).toBe(says);
  });

  it("row 26: a flavor without a root disk takes an image of any size", () => {
    const bed = new ApiBed();
    bed.images.set(IMAGE, { ...CIRROS, size: 100 * GB, min_disk: 50 });
    expect(bed.boot({ flavorRef: "42" }).status).toBe(202);
  });

  it("row 6: names of security groups are told once each, as Python's set has them; `default` if none", () => {
    const told = (security_groups?: readonly { readonly name: string }[]): unknown => {
      const bed = new ApiBed();
      bed.boot(security_groups === undefined ? {} : { security_groups });
      return bed.castings()[0]?.args["security_groups"];
    };
    expect(told([{ name: "web" }, { name: "db" }, { name: "web" }])).toEqual(["web", "db"]);
    expect(told()).toEqual(["default"]);
  });

  it("row 38: a server group that has as many members as it may", () => {
    const bed = new ApiBed({ quota_server_group_members: 1 });
    const group = { name: "g", policies: ["affinity"] };
    const { body } = bed.ask("POST", "/os-server-groups", { server_group: group });
    const { id } = (body as { server_group: { id: string } }).server_group;
    const hints = { "os:scheduler_hints": { group: id } };
    expect(bed.told(bed.boot({}, bed.demo, hints))).toBe("202");
    expect(bed.told(bed.boot({}, bed.demo, hints))).toBe(
      "403 Quota exceeded, too many servers in group",
    );
    expect(bed.db.instances.find().length).toBe(1);
  });

  it("row 38: of a group only those count that are one's own and were there before the request", () => {
    // nova/compute/api.py:880-893 and nova/objects/instance_group.py:165-171 at 2014.2: the group is read once.
    const bed = new ApiBed({ quota_server_group_members: 1 });
    const hints = { "os:scheduler_hints": { group: "pair" } };
    expect(bed.told(bed.boot({ min_count: 2 }, bed.demo, hints))).toBe("202");
    const [group] = bed.db.instance_groups.find();
    expect(group?.members.length).toBe(2);
    expect(bed.told(bed.boot({}, bed.demo, hints))).toBe(
      "403 Quota exceeded, too many servers in group",
    );
  });

  it("row 35: a group that a hint makes by its name counts as one that was made", () => {
    // nova/compute/api.py:984-1015 at 2014.2: reserved, made, committed.
    const bed = new ApiBed({ quota_server_groups: 1 });
    const named = (group: string) => ({ "os:scheduler_hints": { group } });
    expect(bed.told(bed.boot({}, bed.demo, named("one")))).toBe("202");
    expect(bed.db.quota_usages.first({ resource: "server_groups" })).toMatchObject({
      in_use: 1,
      reserved: 0,
    });
    expect(bed.told(bed.boot({}, bed.demo, named("one")))).toBe("202");
    expect(bed.told(bed.boot({}, bed.demo, named("two")))).toBe(
      "403 Quota exceeded, too many server groups.",
    );
  });

  it("row 36: a refusal for quota may be tried again at once", () => {
    const bed = new ApiBed({ quota_instances: 0 });
    expect(bed.boot().headers["retry-after"]).toBe("0");
  });
});

describe("what a boot leaves behind (nova §1.3)", () => {
  it("writes the rows in upstream's order and takes the quota before it casts", () => {
    const bed = new ApiBed();
    bed.boot();
    const order = bed.seen
      .map(({ what }) => what as unknown as Record<string, unknown>)
      .filter(({ kind, project }) => (kind === "db" && project === "nova") || kind === "rpc.cast")
      .map((what) =>
        String(
          what["kind"] === "db" ? `${String(what["op"])} ${String(what["table"])}` : what["method"],
        ),
      );
    expect(order.filter((each, i) => each !== order[i - 1])).toEqual([
      "insert quota_usages",
      "insert reservations",
      "update quota_usages",
      "insert reservations",
      "update quota_usages",
      "insert reservations",
      "update quota_usages",
      "insert security_groups",
      "insert quota_usages",
      "insert instances",
      "insert instance_metadata",
      "insert instance_system_metadata",
      "insert instance_info_caches",
      "insert instance_extra",
      "insert instance_id_mappings",
      "insert block_device_mapping",
      "update quota_usages",
      "delete reservations",
      "update quota_usages",
      "delete reservations",
      "update quota_usages",
      "delete reservations",
      "insert instance_actions",
      "build_instances",
    ]);
  });

  it("answers 202 with a place to look, a password and no status", () => {
    const bed = new ApiBed();
    const { status, headers, body } = bed.boot();
    const { server } = body as { server: JsonObject };
    expect(status).toBe(202);
    expect(headers["location"]).toBe(
      `http://controller:8774/v2/${bed.demo.project}/servers/${server["id"] as string}`,
    );
    expect(Object.keys(server).sort()).toEqual([
      "OS-DCF:diskConfig",
      "adminPass",
      "id",
      "links",
      "security_groups",
    ]);
    expect(server["adminPass"]).toHaveLength(12);
    expect(headers["x-compute-request-id"]).toMatch(/^req-[0-9a-f-]{36}$/);
  });

  it("casts build_instances 1.9 under the request's id, without block devices", () => {
    const bed = new ApiBed();
    const { headers } = bed.boot({ networks: [{ uuid: NETWORK }] });
    const [cast] = bed.castings();
    expect(cast).toMatchObject({
      topic: "conductor",
      namespace: "compute_task",
      version: "1.9",
      request: headers["x-compute-request-id"],
    });
    expect(Object.keys(cast!.args).sort()).toEqual([
      "admin_password",
      "filter_properties",
      "image",
      "injected_files",
      "instances",
      "requested_networks",
      "security_groups",
    ]);
    expect(bed.db.instance_actions.find()).toMatchObject([
      { action: "create", request_id: headers["x-compute-request-id"] },
    ]);
  });

  it("tells the whole row of the flavor (nova/db/sqlalchemy/api.py, _dict_with_extra_specs)", () => {
    const bed = new ApiBed();
    bed.boot();
    expect(bed.castings()[0]!.args["filter_properties"]).toEqual({
      scheduler_hints: {},
      instance_type: {
        ...{ id: 2, name: "m1.tiny", flavorid: "1", memory_mb: 512, vcpus: 1, root_gb: 1 },
        ...{ ephemeral_gb: 0, swap: 0, rxtx_factor: 1, vcpu_weight: null, extra_specs: {} },
        ...{ disabled: false, is_public: true, deleted: 0, deleted_at: null, updated_at: null },
        created_at: "2014-09-18T04:03:09.000000",
      },
    });
  });

  it("has an image that was never deleted (nova/image/glance.py, _extract_attributes)", () => {
    const bed = new ApiBed();
    bed.boot();
    expect(bed.castings()[0]!.args["image"]).toMatchObject({ deleted: false, deleted_at: null });
  });

  it("gives several servers names of their own and one reservation", () => {
    const bed = new ApiBed();
    const { body } = bed.boot({ min_count: 2, return_reservation_id: true });
    const { reservation_id } = body as { reservation_id: string };
    const rows = bed.db.instances.find();
    expect(Object.keys(body as object)).toEqual(["reservation_id"]);
    expect(
      rows.map(({ display_name, hostname, uuid }) =>
        [display_name, hostname].map((each) => each === `t3-${uuid}`),
      ),
    ).toEqual([
      [true, true],
      [true, true],
    ]);
    const { body: list } = bed.ask("GET", `/servers?reservation_id=${reservation_id}`);
    expect((list as { servers: unknown[] }).servers).toHaveLength(2);
  });

  it("lowers the count to what quota leaves, but not below the least", () => {
    const bed = new ApiBed({ quota_instances: 3 });
    expect(bed.boot({ min_count: 2, max_count: 5 }).status).toBe(202);
    expect(bed.db.instances.find()).toHaveLength(3);
    expect(bed.told(bed.boot({ min_count: 2, max_count: 5 }))).toBe(
      "403 Quota exceeded for instances: Requested 2-5, but already used 3 of 3 instances",
    );
  });

  it("lowers the count to what port quota leaves, even below the least (row 33)", () => {
    const bed = new ApiBed();
    bed.room = 1;
    expect(bed.boot({ min_count: 2, max_count: 3 }).status).toBe(202);
    expect(bed.db.instances.find()).toHaveLength(1);
  });

  it("with fewer ports left than none, gives back servers that nobody had, and fails (compute/api.py _create_instance)", () => {
    const bed = new ApiBed();
    bed.booted();
    bed.room = -1;
    const used = () =>
      bed.db.quota_usages.find({ resource: "instances" }).map(({ in_use }) => in_use);
    const before = used();
    expect([bed.boot().status, bed.db.instances.find().length, before, used()]).toEqual([
      500,
      1,
      [1],
      [0],
    ]);
    const reserved = bed.boot({ return_reservation_id: true });
    expect([reserved.status, Object.keys(reserved.body as object)]).toEqual([
      202,
      ["reservation_id"],
    ]);
  });

  it("counts what all users of a project use together (nova §8.5)", () => {
    const bed = new ApiBed({ quota_instances: 2 });
    const [project_id, user_id] = [bed.demo.project, "somebody else"];
    const usage = { project_id, user_id, reserved: 0, until_refresh: null };
    bed.db.quota_usages.insert({ ...usage, resource: "instances", in_use: 2 });
    expect(bed.told(bed.boot())).toBe(
      "403 Quota exceeded for instances: Requested 1, but already used 2 of 2 instances",
    );
  });

  it("keeps copies of flavor and image in system_metadata", () => {
    const bed = new ApiBed();
    bed.images.set(IMAGE, { ...CIRROS, properties: { os_type: "linux" } });
    const id = bed.booted();
    expect(bed.db.instance_system_metadata.get(id)?.metadata).toMatchObject({
      instance_type_name: "m1.tiny",
      instance_type_flavorid: "1",
      // Texts, of a float with its point; None stays NULL (save_flavor_info).
      instance_type_rxtx_factor: "1.0",
      instance_type_vcpu_weight: null,
      instance_type_memory_mb: "512",
      image_os_type: "linux",
      image_min_disk: "1",
      image_min_ram: "0",
      image_disk_format: "qcow2",
      image_base_image_ref: IMAGE,
    });
    expect(bed.db.instances.get(id)).toMatchObject({
      os_type: "linux",
      hostname: "t3",
      vm_state: "building",
      task_state: "scheduling",
      power_state: 0,
    });
  });

  it("lets an administrator name host and node", () => {
    const bed = new ApiBed();
    expect(bed.boot({ availability_zone: "nova:c1:n1" }, bed.admin).status).toBe(202);
    expect(bed.castings()[0]!.args["filter_properties"]).toMatchObject({
      force_hosts: ["c1"],
      force_nodes: ["n1"],
    });
  });

  it("passes through the hook point create_instance", () => {
    const hooks = new Hooks();
    const calls: string[] = [];
    hooks.add("create_instance", {
      pre: () => void calls.push("pre"),
      post: () => void calls.push("post"),
    });
    new ApiBed({}, { hooks }).boot();
    expect(calls).toEqual(["pre", "post"]);
  });
});
