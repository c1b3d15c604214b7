/** The networks of a cloud: each has addresses of its own, whoever serves them. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { Flags } from "../../src/framework/index.js";
import { addressed } from "../../src/framework/network-options.js";
import { Kernel } from "../../src/kernel/index.js";
import { NovaDatabase } from "../../src/services/nova/db/database.js";
import { nova } from "../../src/services/nova/project.js";

describe("a network that says no addresses", () => {
  it("has those of the next private network that nobody has", () => {
    const networks = [{ name: "a" }, { name: "b", cidr: "192.168.2.128/25" }, { name: "c" }];
    expect(addressed(networks)).toEqual([
      { name: "a", cidr: "192.168.1.0/24" },
      { name: "b", cidr: "192.168.2.128/25" },
      { name: "c", cidr: "192.168.3.0/24" },
    ]);
    const many = addressed(Array.from({ length: 1000 }, (_, i) => ({ name: `n${String(i)}` })));
    expect(new Set(many.map(({ cidr }) => cidr)).size).toBe(1000);
  });

  it("is given them for nova-network too (nova/network/manager.py: CidrConflict)", () => {
    const db = new NovaDatabase(new Kernel());
    const networks = [{ name: "a" }, { name: "b" }];
    const flags = new Flags();
    nova.seed(
      { db },
      { networks },
      {
        catalog: [],
        serviceUsers: [],
        userDomains: [],
        accounts: [],
        operator: () => "",
        starts: (binary) => binary === "nova-network",
        flagsOf: () => flags,
      },
    );
    expect(db.networks.find().map(({ cidr }) => cidr)).toEqual([
      "192.168.1.0/24",
      "192.168.2.0/24",
    ]);
  });

  it("is given them for Neutron", () => {
    const cloud = new Cloud({ networks: [{ name: "a" }, { name: "b" }] });
    const { body } = cloud.run(cloud.user("demo").request("network", "GET", "/v2.0/subnets"));
    expect(body).toMatchObject({
      subnets: [{ cidr: "192.168.1.0/24" }, { cidr: "192.168.2.0/24" }],
    });
  });
});
