/**
 * What `POST /servers` makes of bodies that nobody foresaw: each answer is the one that comes of the
 * line of nova/api/openstack/compute/servers.py (create) at 2014.2 that reads the value.
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../src/python/index.js";
import { ApiBed, IMAGE, NETWORK, NOWHERE } from "./bed.js";

const DEFAULT_400 =
  "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";
const DEFAULT_500 =
  "500 The server has either erred or is incapable of performing the requested operation.";

const bdm = (details: string): string => `400 Block Device Mapping is Invalid: ${details}`;
const disk = (values: JsonObject): JsonObject => ({
  block_device_mapping_v2: [
    { source_type: "image", uuid: IMAGE, boot_index: 0, destination_type: "local" },
    { source_type: "blank", destination_type: "local", ...values },
  ],
});
const first = (values: JsonObject): JsonObject => ({
  block_device_mapping: [{ device_name: "vdb", volume_id: NOWHERE, ...values }],
});

describe("the body as a whole", () => {
  const post = (body: Json): string => {
    const bed = new ApiBed();
    return bed.told(bed.ask("POST", "/servers", body));
  };

  // contrib/disk_config.py and scheduler_hints.py look into it before the controller does.
  it.each<[string, Json, string]>([
    ["nothing", null, DEFAULT_400],
    ["an empty object", {}, "422 Unable to process the contained instructions"],
    ["a list", [], "422 Unable to process the contained instructions"],
    ["a number", 7, DEFAULT_400],
    ["another key", { servers: {} }, "422 Unable to process the contained instructions"],
    ["null", { server: null }, DEFAULT_400],
    ["a list in it", { server: [] }, DEFAULT_400],
    ["a text in it", { server: "x" }, DEFAULT_400],
    ["text that is no JSON", "{", "400 Malformed request body"],
    ["an empty server", { server: {} }, "400 Server name is not defined"],
    ["a key of JavaScript's", { server: { __proto__: null } }, "400 Server name is not defined"],
  ])("%s", (_what, body, says) => {
    expect(post(body)).toBe(says);
  });

  it.each<[Json, string]>([
    ["AUTO!", "400 OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'."],
    [null, "400 OS-DCF:diskConfig must be either 'MANUAL' or 'AUTO'."],
  ])("reads the disk's config before all else: %s", (value, says) => {
    expect(post({ server: { "OS-DCF:diskConfig": value } })).toBe(says);
  });

  it.each<[Json, string]>([
    ["x", "400 Malformed scheduler_hints attribute"],
    [[["a", "b", "c"]], "400 Malformed scheduler_hints attribute"],
    [null, DEFAULT_400],
    [5, DEFAULT_400],
    [[5], DEFAULT_400],
    ["", "202"],
    [[["a", "b"]], "202"],
  ])("takes what Python's dict.update takes for hints: %j", (hints, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.boot({}, bed.demo, { "os:scheduler_hints": hints }))).toBe(says);
  });
});

describe("member by member", () => {
  it.each<[JsonObject, string]>([
    [{ adminPass: null }, "400 Invalid adminPass"],
    [{ name: null }, "400 Server name is not a string or unicode"],
    [{ imageRef: null }, "400 Invalid imageRef provided."],
    [{ imageRef: "" }, "400 Invalid imageRef provided."],
    [{ imageRef: IMAGE.toUpperCase().replace("1", "A") }, "400 Invalid imageRef provided."],
    [{ flavorRef: null }, "400 Invalid flavorRef provided."],
    [{ flavorRef: "http://controller:8774/v2/x/flavors/1?a=b" }, "202"],
    [{ flavorRef: 1 }, "202"],

    [{ personality: {} }, "202"],
    [{ personality: "" }, "202"],
    [{ personality: 7 }, DEFAULT_400],
    [{ personality: { path: "/a" } }, "400 Bad personality format"],
    [{ personality: ["x"] }, "400 Bad personality format"],
    [{ personality: [null] }, "400 Bad personality format"],
    [{ personality: [{ path: "/a" }] }, "400 Bad personality format: missing 'contents'"],
    [{ personality: [{ path: "/a", contents: 7 }] }, DEFAULT_400],
    [
      { personality: [{ path: null, contents: "!" }] },
      "400 Personality content for None cannot be decoded",
    ],
    [{ personality: [{ path: 7, contents: "YQ==" }] }, DEFAULT_400],

    [{ security_groups: ["default"] }, DEFAULT_500],
    [{ security_groups: { name: "default" } }, DEFAULT_500],
    [{ security_groups: "default" }, DEFAULT_500],
    [{ security_groups: false }, DEFAULT_400],
    [{ security_groups: [{ name: ["x"] }] }, DEFAULT_400],
    [{ security_groups: [{ name: "" }] }, "202"],
    [{ security_groups: null }, "202"],

    [{ networks: {} }, "400 Bad networks format"],
    [{ networks: false }, "400 Bad networks format"],
    [{ networks: [] }, "202"],
    [{ networks: null }, "202"],
    [{ networks: ["x"] }, DEFAULT_500],
    [{ networks: [null] }, DEFAULT_500],
    [{ networks: [{ uuid: null }] }, DEFAULT_500],
    [{ networks: [{ uuid: ["x"] }] }, DEFAULT_500],
    [
      { networks: [{ uuid: 7 }] },
      "400 Bad networks format: network uuid is not in proper format (7)",
    ],
    [{ networks: [{ uuid: `br-${NETWORK}` }] }, "202"],
    [{ networks: [{ port: "" }] }, "400 Bad network format: missing 'uuid'"],
    [{ networks: [{ port: "ü" }] }, "400 Bad port format: port uuid is not in proper format (ü)"],
    // What is no UUID is for Neutron to refuse.
    [{ networks: [{ port: "x" }] }, "202"],
    [{ networks: [{ uuid: NETWORK, fixed_ip: "10.0.0" }] }, "400 Invalid fixed IP address (None)"],
    [{ networks: [{ uuid: NETWORK, fixed_ip: "" }] }, "400 Invalid fixed IP address (None)"],
    [{ networks: [{ uuid: NETWORK, fixed_ip: null }] }, "202"],

    [{ accessIPv4: "" }, "400 accessIPv4 is not proper IPv4 format"],
    [{ accessIPv4: 7 }, "400 accessIPv4 is not proper IPv4 format"],
    [{ accessIPv6: null }, "202"],

    [{ user_data: 7 }, DEFAULT_400],
    [{ user_data: 0 }, "202"],
    [{ user_data: [] }, DEFAULT_500],
    [{ user_data: "YQ= =" }, "202"],

    [{ availability_zone: 7 }, DEFAULT_400],
    [{ availability_zone: ["nova"] }, "400 The requested availability zone is not available"],
    [{ availability_zone: "" }, "202"],
    [{ availability_zone: false }, "202"],
    // No host is forced, and nobody looks for the zone (_validate_and_build_base_options).
    [{ availability_zone: "mars:" }, "202"],
    [
      { availability_zone: "nova::n1" },
      "403 Policy doesn't allow compute:create:forced_host to be performed.",
    ],

    [{ config_drive: "maybe" }, "400 Invalid config_drive provided."],
    [{ config_drive: [] }, "202"],
    [{ config_drive: 1 }, "202"],

    [{ min_count: 2.5 }, "400 Invalid input received: min_count must be an integer"],
    [{ min_count: true }, "400 Invalid input received: min_count must be an integer"],
    [{ min_count: null }, "400 Invalid input received: min_count must be an integer"],
    [{ min_count: " 1 " }, "202"],
    [{ max_count: null }, "400 Invalid input received: max_count must be an integer"],
    [{ max_count: 0 }, "400 Invalid input received: max_count must be >= 1"],

    [{ key_name: "nobody's" }, "400 Invalid key_name provided."],
    [{ key_name: 7 }, "400 Invalid key_name provided."],
    [{ key_name: [] }, DEFAULT_500],

    [{ metadata: null }, "202"],
    [{ metadata: [] }, "202"],
    [{ metadata: 7 }, "400 Invalid metadata: Metadata type should be dict."],
    [{ metadata: { "": "v" } }, "400 Invalid metadata:  has a minimum character requirement of 1."],
  ])("%j", (server, says) => {
    const bed = new ApiBed();
    bed.service({ host: "c1" });
    expect(bed.told(bed.boot(server))).toBe(says);
  });

  // nova/block_device.py (validate_device_name, validate_and_default_volume_size, from_api, from_legacy).
  it.each<[JsonObject, string]>([
    [{ block_device_mapping: null }, DEFAULT_400],
    [{ block_device_mapping: {} }, "202"],
    [{ block_device_mapping: ["x"] }, DEFAULT_500],
    [{ block_device_mapping: [{}] }, bdm("Device name empty or too long.")],
    [first({ device_name: "v da" }), bdm("Device name contains spaces.")],
    [first({ device_name: "v".repeat(256) }), bdm("Device name empty or too long.")],
    [first({ volume_size: "x" }), bdm("Invalid volume_size.")],
    [first({ volume_size: -1 }), bdm("Invalid volume_size.")],
    [first({ volume_id: "" }), bdm("Unrecognized legacy format.")],
    [first({}), bdm(`failed to get volume ${NOWHERE}.`)],
    [first({ volume_id: null, snapshot_id: NOWHERE }), bdm(`failed to get snapshot ${NOWHERE}.`)],
    [first({ volume_id: null, virtual_name: "ephemeral0" }), "202"],
    [
      first({ volume_id: null, virtual_name: "swap", volume_size: 1 }),
      "400 Swap drive requested is larger than instance type allows.",
    ],
    [{ ...first({ device_name: "vda" }), imageRef: "" }, bdm(`failed to get volume ${NOWHERE}.`)],
    [{ block_device_mapping_v2: null }, DEFAULT_400],
    [{ block_device_mapping_v2: ["x"] }, DEFAULT_500],
    [disk({ source_type: "cd" }), bdm("Invalid source_type field.")],
    [disk({ uuid: NOWHERE }), bdm("Invalid device UUID.")],
    [disk({ source_type: "image" }), bdm("Missing device UUID.")],
    [disk({ colour: "red" }), bdm("Some fields are invalid.")],
    [disk({ device_name: "" }), bdm("Device name empty or too long.")],
    [disk({ boot_index: "x" }), bdm("Boot index is invalid.")],
    [disk({ boot_index: [1] }), DEFAULT_400],
    [
      disk({ boot_index: 3 }),
      bdm(
        "Boot sequence for the instance and image/block device mapping combination is not valid.",
      ),
    ],
    [
      { block_device_mapping_v2: [{ source_type: "blank", destination_type: "local" }] },
      bdm(
        "Boot sequence for the instance and image/block device mapping combination is not valid.",
      ),
    ],
    [
      disk({ source_type: "image", uuid: NOWHERE, destination_type: "volume" }),
      bdm(`failed to get image ${NOWHERE}.`),
    ],
    [
      disk({ volume_size: 1 }),
      "400 Ephemeral disks requested are larger than the instance type allows.",
    ],
    [disk({ no_device: true, source_type: null }), "202"],
  ])("disks %j", (server, says) => {
    const bed = new ApiBed();
    expect(bed.told(bed.boot(server))).toBe(says);
  });

  it("is refused for the same network twice whatever neutron.allow_duplicate_networks says", () => {
    const bed = new ApiBed({ "neutron.allow_duplicate_networks": true });
    expect(bed.told(bed.boot({ networks: [{ uuid: NETWORK }, { uuid: NETWORK }] }))).toBe(
      `400 Duplicate networks (${NETWORK}) are not allowed`,
    );
  });
});

describe("what is made of it", () => {
  const row = (server: JsonObject) => {
    const bed = new ApiBed();
    return bed.db.instances.get(bed.booted(server));
  };

  it("keeps an empty key name, for which no key is looked up", () => {
    expect(row({ key_name: "" })).toMatchObject({ key_name: "", key_data: null });
    expect(row({})).toMatchObject({ key_name: null });
  });

  // db/sqlalchemy/types.py (IPAddress).
  it("stores addresses in their short form", () => {
    const values = { accessIPv4: "10.0.0.7", accessIPv6: "0:0:0:0:0:babe:dc0c:1602" };
    expect(row(values)).toMatchObject({
      access_ip_v4: "10.0.0.7",
      access_ip_v6: "::babe:dc0c:1602",
    });
  });

  it("takes any text that is not empty for a wish to have the reservation's id", () => {
    const bed = new ApiBed();
    expect(Object.keys(bed.boot({ return_reservation_id: "False" }).body as object)).toEqual([
      "reservation_id",
    ]);
    expect(Object.keys(bed.boot({ return_reservation_id: "" }).body as object)).toEqual(["server"]);
  });

  it("shows the security groups of the request as they came", () => {
    const bed = new ApiBed();
    const groups = (server: JsonObject) =>
      (bed.boot(server).body as { server: JsonObject }).server["security_groups"];
    expect(groups({ security_groups: null })).toBeNull();
    expect(groups({})).toEqual([{ name: "default" }]);
  });

  it("gives a blank disk without a size the flavor's, and stores none of size 0", () => {
    const bed = new ApiBed();
    bed.db.instance_types.update(2, { ephemeral_gb: 3 });
    const id = bed.booted({
      block_device_mapping_v2: [
        { source_type: "image", uuid: IMAGE, boot_index: 0, destination_type: "local" },
        { source_type: "blank", destination_type: "local" },
        { source_type: "blank", destination_type: "local", guest_format: "swap" },
      ],
    });
    const rows = bed.db.block_device_mapping.find({ instance_uuid: id });
    expect(rows.map(({ source_type, volume_size }) => [source_type, volume_size])).toEqual([
      ["image", null],
      ["blank", 3],
    ]);
  });
});
