/** OS::Nova::Server and OS::Nova::KeyPair: heat/engine/resources/server.py, nova_keypair.py at 2014.2 (test_server.py). */
import { describe, expect, it } from "vitest";
import { isObject, textOf, type JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

const SERVER = { image: "cirros", flavor: "m1.nano" };

const stackOf = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources: { server: { type: "OS::Nova::Server", properties, ...more } },
});

/** Requests without ids. */
const short = (bed: StackBed, after = 0): string[] =>
  bed
    .requests()
    .slice(after)
    .map((line) =>
      line
        .replace(/@controller\/(?:v\d[\d.]*\/)?(?:[0-9a-f]{32}\/)?/u, "/")
        .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, "ID"),
    );

const events = (bed: StackBed, stack: string): string[] => {
  const { body } = bed.ask("GET", `${stack}/resources/server/events`);
  const list = isObject(body) && Array.isArray(body["events"]) ? body["events"] : [];
  return (list as readonly JsonObject[])
    .map(
      (event) => `${textOf(event, "resource_status")}: ${textOf(event, "resource_status_reason")}`,
    )
    .reverse();
};

describe("a server", () => {
  it("is looked up, made, and looked at each second; the first look is two", () => {
    const bed = new StackBed();
    const stack = bed.build("s1", stackOf(SERVER));
    expect(bed.resources(stack)).toEqual(["server CREATE_COMPLETE"]);
    const requests = short(bed);
    const made = requests.indexOf("POST nova-api/servers");
    expect(requests.slice(0, made)).toEqual([
      // Judged when it is asked for, before it is made, and looked up in the making.
      "GET glance-api/images/detail?name=cirros&limit=20",
      "POST keystone/auth/tokens",
      "POST keystone/projects",
      "GET glance-api/images/detail?name=cirros&limit=20",
      "GET glance-api/images/detail?name=cirros&limit=20",
      "GET nova-api/flavors/detail",
    ]);
    expect(requests.slice(made + 1).every((line) => line === "GET nova-api/servers/ID")).toBe(true);
    expect(requests.slice(made + 1).length).toBeGreaterThan(2);
  });

  it("has a name of its stack, of at most 53 characters", () => {
    const bed = new StackBed();
    bed.build("a-stack-with-a-name-of-quite-some-length-indeed", stackOf(SERVER));
    const { body } = bed.cloud.run(bed.cloud.user("demo").request("compute", "GET", "/servers"));
    const [server] = isObject(body) ? (body["servers"] as readonly JsonObject[]) : [];
    expect(textOf(server ?? {}, "name")).toMatch(
      /^a--me-of-quite-some-length-indeed-server-[a-z2-7]{12}$/u,
    );
  });

  it("that goes ERROR is deleted and made again, five times, and the first failure is told (HEAT-195)", () => {
    const bed = new StackBed({ computes: [{ name: "compute-1", memory_mb: 1024 }] });
    const stack = bed.build("s1", stackOf({ ...SERVER, flavor: "m1.small" }));
    expect(bed.state(stack)).toBe(
      'CREATE_FAILED: Resource CREATE failed: ResourceInError: Went to status ERROR due to "Message: No valid host was found. , Code: 500"',
    );
    const states = events(bed, stack).map((event) => event.split(":")[0]);
    expect(states.filter((state) => state === "CREATE_FAILED")).toHaveLength(6);
    expect(states.filter((state) => state === "DELETE_COMPLETE")).toHaveLength(5);
  });

  it("of a flavor that there is not fails when it is made", () => {
    const bed = new StackBed();
    const stack = bed.build("s1", stackOf({ ...SERVER, flavor: "m9.huge" }));
    expect(bed.state(stack)).toBe(
      "CREATE_FAILED: Resource CREATE failed: FlavorMissing: The Flavor ID (m9.huge) could not be found.",
    );
  });

  it.each([
    [{ flavor: "m1.nano" }, "Neither image nor bootable volume is specified for instance server"],
    [
      { ...SERVER, image: "windows" },
      "Property error : server: image Error validating value u'windows': The Image (windows) could not be found.",
    ],
    [
      { ...SERVER, key_name: "lost" },
      "Property error : server: key_name Error validating value u'lost': The Key (lost) could not be found.",
    ],
    [
      { ...SERVER, block_device_mapping: [{ device_name: "vdb" }] },
      "Either volume_id or snapshot_id must be specified for device mapping vdb",
    ],
    [
      { ...SERVER, networks: [{ uuid: "a", network: "b" }] },
      'Properties "uuid" and "network" are both set to the network "b" for the server "server". The "uuid" property is deprecated. Use only "network" property.',
    ],
    [
      { ...SERVER, user_data_format: "YAML" },
      'Property error : server: user_data_format "YAML" is not an allowed value [HEAT_CFNTOOLS, RAW, SOFTWARE_CONFIG]',
    ],
    [{ ...SERVER, colour: "red" }, "Unknown Property colour"],
  ])("is refused as %o", (properties, message) => {
    expect(new StackBed().build("s1", stackOf(properties))).toBe(message);
  });

  it("with more metadata than Nova takes is refused once Nova has said how much that is", () => {
    const bed = new StackBed({ flags: { quota_metadata_items: 1 } });
    expect(bed.build("s1", stackOf({ ...SERVER, metadata: { a: 1, b: "2" } }))).toBe(
      "Instance metadata must not contain greater than 1 entries.  This is the maximum number allowed by your service provider",
    );
  });

  it("is told its user data as it is, or among the parts of a message", () => {
    const bed = new StackBed();
    const sent = (format: string): string => {
      bed.build(`s-${format.toLowerCase().replace("_", "-")}`, {
        ...stackOf({ ...SERVER, user_data: "#!/bin/sh", user_data_format: format }),
      });
      const { body } = bed.bodies("POST", /\/servers$/u).at(-1) ?? {};
      const server = isObject(body) ? body["server"] : undefined;
      return Buffer.from(textOf(isObject(server) ? server : {}, "user_data"), "base64").toString();
    };
    expect(sent("RAW")).toBe("#!/bin/sh");
    const parts = sent("HEAT_CFNTOOLS");
    expect(parts.match(/filename="[^"]*"/gu)).toEqual(
      [
        "cloud-config",
        "boothook.sh",
        "part-handler.py",
        "cfn-userdata",
        "loguserdata.py",
        "cfn-watch-server",
        "cfn-metadata-server",
        "cfn-boto-cfg",
      ].map((name) => `filename="${name}"`),
    );
    expect(parts).toContain("user: ec2-user");
    expect(parts).toContain("cfn_region_endpoint = controller");
  });

  it("is gone when Nova does not know it any more, whoever has deleted it", () => {
    const bed = new StackBed();
    const stack = bed.build("s1", stackOf({ ...SERVER, name: "one" }));
    bed.cloud.run(
      bed.cloud
        .user("demo")
        .request("compute", "DELETE", `/servers/${bed.cloud.id("server", "one") ?? ""}`),
    );
    bed.cloud.settle();
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
  });
});

describe("an update of a server", () => {
  it("renames it and sets its metadata in place", () => {
    const bed = new StackBed();
    const stack = bed.build(
      "s1",
      stackOf({ ...SERVER, name: "one", metadata: { a: "1", b: "2" } }),
    );
    const id = bed.cloud.id("server", "one");
    const before = bed.requests().length;
    bed.change(stack, stackOf({ ...SERVER, name: "two", metadata: { a: "3" } }));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(bed.cloud.id("server", "two")).toBe(id);
    expect(short(bed, before).filter((line) => !line.startsWith("GET"))).toEqual([
      "DELETE nova-api/servers/ID/metadata/b",
      "POST nova-api/servers/ID/metadata",
      "PUT nova-api/servers/ID",
    ]);
  });

  it("of what cannot change makes another one", () => {
    const bed = new StackBed();
    const stack = bed.build("s1", stackOf({ ...SERVER, name: "one" }));
    const id = bed.cloud.id("server", "one");
    bed.change(stack, stackOf({ ...SERVER, name: "one", user_data: "#!/bin/sh" }));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(bed.cloud.id("server", "one")).not.toBe(id);
    expect(bed.cloud.count("ACTIVE")).toBe(1);
  });

  it("of its flavor makes another one if that is the policy", () => {
    const bed = new StackBed();
    const properties = { ...SERVER, name: "one", flavor_update_policy: "REPLACE" };
    const stack = bed.build("s1", stackOf(properties));
    const id = bed.cloud.id("server", "one");
    bed.change(stack, stackOf({ ...properties, flavor: "m1.tiny" }));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(bed.cloud.id("server", "one")).not.toBe(id);
  });

  it("that Nova refuses fails in Nova's words", () => {
    const bed = new StackBed();
    const stack = bed.build("s1", stackOf({ ...SERVER, name: "one" }));
    bed.change(stack, stackOf({ ...SERVER, name: "x".repeat(256) }));
    expect(bed.state(stack)).toMatch(/^UPDATE_FAILED: BadRequest: .*255.* \(HTTP 400\)/u);
  });
});

describe("the attributes of a server", () => {
  it("are its networks, its name, and all that Nova says", () => {
    const bed = new StackBed();
    const outputs = Object.fromEntries(
      ["networks", "first_address", "name", "accessIPv4", "show"].map((key) => [
        key,
        { value: { get_attr: ["server", key] } },
      ]),
    );
    const stack = bed.build("s1", { ...stackOf({ ...SERVER, name: "one" }), outputs });
    const { show, ...rest } = bed.outputs(stack);
    const ip = "192.168.1.3";
    expect(rest).toEqual({
      networks: { private: [ip] },
      first_address: ip,
      name: "one",
      accessIPv4: "",
    });
    expect(textOf(isObject(show) ? show : {}, "status")).toBe("ACTIVE");
  });

  it("stop a template with a subnet and a server that says nothing of networks", () => {
    const message = new StackBed().build("s1", {
      heat_template_version: "2013-05-23",
      resources: {
        server: { type: "OS::Nova::Server", properties: SERVER },
        net: { type: "OS::Neutron::Net" },
        subnet: {
          type: "OS::Neutron::Subnet",
          properties: { network: { get_resource: "net" }, cidr: "10.9.0.0/24" },
        },
      },
    });
    expect(message).toBe(
      "The server could not comply with the request since it is either malformed or otherwise incorrect.",
    );
  });
});

describe("a keypair", () => {
  it("keeps its private key if that is wanted, and is known by its name", () => {
    const bed = new StackBed();
    const stack = bed.build("k1", {
      heat_template_version: "2013-05-23",
      resources: {
        key: {
          type: "OS::Nova::KeyPair",
          properties: { name: "mine", save_private_key: true },
        },
        server: {
          type: "OS::Nova::Server",
          properties: { ...SERVER, key_name: { get_resource: "key" } },
        },
      },
      outputs: {
        name: { value: { get_resource: "key" } },
        secret: { value: { get_attr: ["key", "private_key"] } },
        shared: { value: { get_attr: ["key", "public_key"] } },
      },
    });
    expect(bed.state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    const outputs = bed.outputs(stack);
    expect(outputs["name"]).toBe("mine");
    expect(outputs["secret"]).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/u);
    expect(outputs["shared"]).toMatch(/^ssh-rsa /u);
  });
});
