/**
 * Types of networks by ml2_conf.ini: which there are, who gets which segment of them, and what is wrong
 * with an option. Upstream: plugins/ml2/managers.py (TypeManager), plugins/ml2/drivers/type_*.py,
 * plugins/common/utils.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../src/cloud/cloud.js";
import type { FlagValues } from "../../../src/framework/flags/index.js";
import { str, type JsonObject } from "../../../src/python/index.js";
import { NeutronBed } from "./bed.js";

const TYPE = "provider:network_type";
const PHYSICAL = "provider:physical_network";
const ID = "provider:segmentation_id";

const NONE_LEFT =
  "503 NoNetworkAvailable: Unable to create the network. No tenant network is available for allocation.";

const invalid = (words: string): string =>
  `400 InvalidInput: Invalid input for operation: ${words}.`;

const post = (bed: NeutronBed, network: JsonObject = {}): string =>
  bed.said("POST", "networks", { network });

/** `vlan physnet1 1000`, of a new network. */
function made(bed: NeutronBed, network: JsonObject = {}): string {
  const body = bed.run(bed.admin.create("networks", network));
  return [body[TYPE], body[PHYSICAL] ?? "-", body[ID] ?? "-"]
    .map((each) => str(each ?? null))
    .join(" ");
}

const bedWith = (flags: FlagValues): NeutronBed => new NeutronBed({ flags });

describe("a tenant's network", () => {
  it("is of the first type that has a segment left, in the order of tenant_network_types", () => {
    const bed = bedWith({
      tenant_network_types: ["flat", "vxlan", "gre", "vlan", "local"],
      vni_ranges: ["5:6"],
      tunnel_id_ranges: ["7:7"],
      network_vlan_ranges: ["physnet1:20:20"],
    });
    // Flat ones are an admin's alone.
    expect(Array.from({ length: 6 }, () => made(bed))).toEqual([
      "vxlan - 5",
      "vxlan - 6",
      "gre - 7",
      "vlan physnet1 20",
      "local - -",
      "local - -",
    ]);
  });

  it("is local where nothing is configured, and refused where all is used up", () => {
    const bed = bedWith({ tenant_network_types: ["local"] });
    expect(made(bed)).toBe("local - -");
    const poor = bedWith({ tenant_network_types: ["gre", "flat"], tunnel_id_ranges: ["1:1"] });
    expect([post(poor), post(poor)]).toEqual(["201", NONE_LEFT]);
  });

  it("has the lowest VLAN of the first physical network by name, over all of its ranges", () => {
    const bed = bedWith({
      network_vlan_ranges: ["z:10:10", "b", "a:40:41", " a:30:30 "],
    });
    expect(Array.from({ length: 4 }, () => made(bed))).toEqual([
      "vlan a 30",
      "vlan a 40",
      "vlan a 41",
      "vlan z 10",
    ]);
    expect(post(bed)).toBe(NONE_LEFT);
  });

  it("gives its segment back when it goes, and the lowest is the next one's", () => {
    const bed = bedWith({ network_vlan_ranges: ["physnet1:5:6"] });
    const { id } = bed.run(bed.admin.create("networks", {}));
    expect(made(bed)).toBe("vlan physnet1 6");
    expect(post(bed)).toBe(NONE_LEFT);
    bed.run(bed.admin.delete("networks", id as string));
    expect(made(bed)).toBe("vlan physnet1 5");
  });
});

describe("a segment that an admin asks for", () => {
  it("of VLANs is on a physical network that is listed, with or without a range", () => {
    const bed = bedWith({ network_vlan_ranges: ["a:10:11", "b"] });
    const vlan = (physical: string | null, id: number | null): JsonObject => ({
      [TYPE]: "vlan",
      ...(physical === null ? {} : { [PHYSICAL]: physical }),
      ...(id === null ? {} : { [ID]: id }),
    });
    expect(made(bed, vlan("a", 10))).toBe("vlan a 10");
    // The number alone of what is free there.
    expect(made(bed, vlan("a", null))).toBe("vlan a 11");
    expect(post(bed, vlan("a", null))).toBe(NONE_LEFT);
    expect(post(bed, vlan("b", null))).toBe(NONE_LEFT);
    // Outside of every range, where nobody has it.
    expect(made(bed, vlan("b", 10))).toBe("vlan b 10");
    expect(made(bed, vlan("a", 4094))).toBe("vlan a 4094");
    expect(post(bed, vlan("c", 10))).toBe(
      invalid("physical_network 'c' unknown  for VLAN provider network"),
    );
  });

  it("of tunnels has any number that is free, also beyond the ranges", () => {
    const bed = bedWith({ tunnel_id_ranges: ["1:2"], vni_ranges: ["1:1"] });
    const of = (type: string, id?: number): JsonObject => ({
      [TYPE]: type,
      ...(id === undefined ? {} : { [ID]: id }),
    });
    expect(made(bed, of("gre", 1))).toBe("gre - 1");
    expect(made(bed, of("gre"))).toBe("gre - 2");
    expect(post(bed, of("gre"))).toBe(NONE_LEFT);
    expect(made(bed, of("vxlan"))).toBe("vxlan - 1");
    expect(made(bed, of("vxlan", 2 ** 30))).toBe(`vxlan - ${String(2 ** 30)}`);
    expect(post(bed, of("vxlan", 1))).toBe(
      "409 TunnelIdInUse: Unable to create the network. The tunnel ID 1 is in use.",
    );
  });

  it("is flat on a physical network of flat_networks; an empty list and * let all through", () => {
    const flat = (physical: string): JsonObject => ({ [TYPE]: "flat", [PHYSICAL]: physical });
    const bed = bedWith({ flat_networks: ["a", "b"] });
    expect([post(bed, flat("a")), post(bed, flat("b"))]).toEqual(["201", "201"]);
    expect(post(bed, flat("c"))).toBe(
      invalid("physical_network 'c' unknown for flat provider network"),
    );
    expect(post(bedWith({ flat_networks: ["*", "a"] }), flat("c"))).toBe("201");
    expect(post(bedWith({ flat_networks: [] }), flat("c"))).toBe("201");
  });

  it("is of a type whose driver is loaded", () => {
    const bed = bedWith({ type_drivers: ["vlan"] });
    expect(post(bed, { [TYPE]: "gre", [ID]: 5 })).toBe(
      invalid("network_type value 'gre' not supported"),
    );
    // What is no text at all is no key of Python's.
    expect(post(bed, { segments: [{ [TYPE]: ["vlan"] }] })).toMatch(/^500 HTTPInternalServerError/);
  });

  it("of several is taken whole, or none of them is", () => {
    const bed = bedWith({ tunnel_id_ranges: ["1:9"] });
    const segments = [{ [TYPE]: "gre" }, { [TYPE]: "gre", [ID]: 1 }];
    // The first has taken what the second asks for.
    expect(post(bed, { segments })).toMatch(/^409 TunnelIdInUse/);
    expect(made(bed, { [TYPE]: "gre" })).toBe("gre - 1");
    const body = bed.run(bed.admin.create("networks", { segments: segments.slice(0, 1) }));
    expect(body).toMatchObject({ [TYPE]: "gre", [ID]: 2 });
    expect(body).not.toHaveProperty("segments");
  });
});

describe("an option of ml2_conf.ini that no service could start with", () => {
  const cases: readonly (readonly [FlagValues, string])[] = [
    [{ tenant_network_types: ["odd"] }, "No type driver for tenant network_type: odd"],
    [
      { type_drivers: ["gre"], tenant_network_types: ["vlan"] },
      "No type driver for tenant network_type: vlan",
    ],
    [{ network_vlan_ranges: ["a:1"] }, "'a:1' - it is not made of two numbers"],
    [{ network_vlan_ranges: ["a:1:x"] }, "'a:1:x' - it is not made of two numbers"],
    [{ network_vlan_ranges: ["a:1:2:3"] }, "'a:1:2:3' - it is not made of two numbers"],
    [{ network_vlan_ranges: ["a:0:5"] }, "'a:0:5' - 0 is not between 1 and 4094"],
    [{ network_vlan_ranges: ["a:1:4095"] }, "4095 is not between 1 and 4094"],
    [{ network_vlan_ranges: ["a:5:4"] }, "End of VLAN range is less than start of VLAN range"],
    [{ tunnel_id_ranges: ["__proto__"] }, "'__proto__' - it is not made of two numbers"],
    [{ tunnel_id_ranges: ["9:1"] }, "End of tunnel range is less than start of tunnel range"],
    [{ vni_ranges: ["1:16777216"] }, "16777216 is not between 1 and 16777215"],
    [{ flat_networks: ["a", ""] }, "physical network name is empty"],
  ];

  it.each(cases)("%j ends the run in words", (flags, words) => {
    expect(() => new NeutronBed({ flags })).toThrow(words);
    expect(() => new Cloud({ flags: { "neutron-server": flags } })).toThrow(words);
  });

  it("is none if a range is beyond all reason: it is passed over (type_gre.py, sync_allocations)", () => {
    const bed = bedWith({ tenant_network_types: ["gre"], tunnel_id_ranges: ["1:1000001", "7:7"] });
    expect(made(bed)).toBe("gre - 7");
    expect(post(bed)).toBe(NONE_LEFT);
  });
});

describe("a cloud", () => {
  it("has VLANs of physnet1 unless its files say otherwise", () => {
    const gre = ["[ml2]", "type_drivers = flat,gre", "tenant_network_types = gre"];
    const files = {
      "ml2_conf.ini": [...gre, "[ml2_type_gre]", "tunnel_id_ranges = 8:9"].join("\n"),
    };
    const shown = (cloud: Cloud): string =>
      cloud
        .user("admin")
        .command("neutron net-create n -c provider:network_type -c provider:segmentation_id")
        .stdout;
    expect(shown(new Cloud())).toContain("| vlan  |");
    const cloud = new Cloud({ flag_files: files });
    expect(shown(cloud)).toMatch(/gre[^]*8 /);
  });
});
