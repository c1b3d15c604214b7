/**
 * The commands of `openstack` for Nova. Upstream: python-openstackclient 0.4.1, openstackclient/compute/v2/;
 * python-novaclient 2.20.0, novaclient/base.py (ManagerWithFind), v1_1/.
 */
import { describe, expect, it } from "vitest";
import { OpenStackBed } from "./bed.js";

const bed = new OpenStackBed({ seed: 5, servers: ["t2"] });

describe("openstack server", () => {
  it("lists and shows servers with the names of image and flavor", () => {
    expect(bed.rows("openstack server list")).toEqual([
      "ID,Name,Status,Networks",
      `${bed.server},t2,ACTIVE,private=192.168.1.82`,
    ]);
    expect(bed.member("openstack server show t2", "image")).toBe(`cirros (${bed.image})`);
    expect(bed.member("openstack server show t2", "addresses")).toBe("private=192.168.1.82");
    expect(bed.rows("ALL_PROJECTS=1 openstack server list --long")).toEqual([
      "ID,Name,Status,Networks,Availability Zone,Host,Properties",
      expect.stringMatching(/,t2,ACTIVE,private=192\.168\.1\.82,nova,compute-\d,$/u),
    ]);
    expect(bed.asked).toEqual(["GET /servers/detail?all_tenants=True"]);
    expect(bed.failure("ALL_PROJECTS=x openstack server list")).toBe(
      "ERROR: openstack invalid literal for int() with base 10: 'x'\n",
    );
  });

  it("makes a server with all that can be asked of it, and waits for it", () => {
    const printed = bed.output(
      `openstack server create --image cirros --flavor 42 --nic net-id=${bed.network} --wait ` +
        "--property a=b --hint x=1 --hint x=2 --hint y --config-drive True made-by-it",
    );
    expect(bed.bodies.at(-1)).toEqual({
      server: {
        name: "made-by-it",
        imageRef: bed.image,
        flavorRef: "42",
        metadata: { a: "b" },
        config_drive: true,
        min_count: 1,
        max_count: 1,
        networks: [{ uuid: bed.network }],
      },
      "os:scheduler_hints": { x: ["1", "2"], y: "" },
    });
    expect(printed).toMatch(/^\n\+-+\+/u);
    expect(printed).toContain("| ACTIVE ");
    bed.done("openstack server delete made-by-it");
    expect(bed.failure("openstack server show made-by-it")).toBe(
      "ERROR: openstack No server with a name or ID of 'made-by-it' exists.\n",
    );
  });

  it("says that a server that it waited for was none, and ends well", () => {
    const line = "openstack server create --image cirros --flavor 42 --wait --availability-zone";
    const { stdout, stderr, exit } = bed.result(`${line} nova:nowhere broken`);
    expect({ stderr, exit }).toEqual({
      stderr:
        "ERROR: openstackclient.compute.v2.server.CreateServer Error creating server: broken\n",
      exit: 0,
    });
    expect(stdout).toBe("\nError creating server");
    bed.done("openstack server delete broken");
  });

  it("refuses files, which are not there, and wrong numbers", () => {
    const line = "openstack server create --image cirros --flavor 42 x";
    expect(bed.failure(`${line} --file /etc/motd=motd`)).toBe(
      "ERROR: openstack Can't open 'motd': [Errno 2] No such file or directory: 'motd'\n",
    );
    expect(bed.failure(`${line} --file motd`)).toBe(
      "ERROR: openstack need more than 1 value to unpack\n",
    );
    expect(bed.failure(`${line} --user-data u`)).toContain("Can't open 'u'");
    expect(bed.failure(`${line} --min 2`)).toBe(
      "ERROR: openstack min instances should be <= max instances\n",
    );
    expect(bed.failure(`${line} --min 0`)).toBe("ERROR: openstack min instances should be > 0\n");
    expect(bed.failure(`${line} --nic private`)).toBe(
      "ERROR: openstack dictionary update sequence element #0 has length 1; 2 is required\n",
    );
  });

  it("changes name and properties of one", () => {
    const id = bed.server;
    bed.output("openstack server set t2 --name t3 --property a=b --property c=d");
    expect(bed.asked.slice(3)).toEqual([`PUT /servers/${id}`, `POST /servers/${id}/metadata`]);
    expect(bed.member("openstack server show t3", "properties")).toBe("a='b', c='d'");
    bed.output("openstack server unset t3 --property a");
    expect(bed.asked.at(-1)).toBe(`DELETE /servers/${id}/metadata/a`);
    bed.output("openstack server set t3 --name t2");
    bed.output("openstack server unset t2");
    bed.output("openstack server lock t2");
    expect(bed.bodies.at(-1)).toEqual({ lock: null });
    bed.output("openstack server unlock t2");
  });
});

describe("openstack and what else Nova has", () => {
  it("makes, shows, lists and deletes flavors", () => {
    bed.output("openstack flavor create f --id 77 --ram 64 --private");
    expect(bed.bodies.at(-1)).toEqual({
      flavor: {
        name: "f",
        ram: 64,
        vcpus: 1,
        disk: 0,
        id: "77",
        swap: 0,
        "OS-FLV-EXT-DATA:ephemeral": 0,
        rxtx_factor: 1,
        "os-flavor-access:is_public": false,
      },
    });
    expect(bed.member("openstack flavor show 77", "name")).toBe("f");
    expect(bed.rows("openstack flavor list")[0]).toBe(
      "ID,Name,RAM,Disk,Ephemeral,Swap,VCPUs,RXTX Factor,Is Public,Extra Specs",
    );
    bed.output("openstack flavor delete 77");
    expect(bed.rows("openstack flavor list").join()).not.toContain(",f,");
    expect(bed.failure("openstack flavor show 78")).toBe(
      "ERROR: openstack The resource could not be found. (HTTP 404) (Request-ID: req-x)\n",
    );
  });

  it("makes a keypair and prints the private key alone", () => {
    expect(bed.output("openstack keypair create k")).toMatch(
      /^-----BEGIN RSA PRIVATE KEY-----\n[^]*-----END RSA PRIVATE KEY-----\n\n$/u,
    );
    expect(bed.rows("openstack keypair list").join("\n")).toMatch(/^Name,Fingerprint\nk,/u);
    expect(Object.keys(bed.members("openstack keypair show k"))).not.toContain("public_key");
    expect(bed.output("openstack keypair show k --public-key")).toMatch(/^ssh-rsa /u);
    expect(bed.failure("openstack keypair create l --public-key id.pub")).toBe(
      "ERROR: openstack Key file id.pub not found: [Errno 2] No such file or directory: 'id.pub'\n",
    );
    bed.output("openstack keypair delete k");
    expect(bed.failure("openstack keypair show k")).toBe(
      "ERROR: openstack No keypair with a name or ID of 'k' exists.\n",
    );
  });

  it("lists and shows security groups and their rules", () => {
    const [head, row = ""] = bed.rows("openstack security group list");
    expect(head).toBe("ID,Name,Description");
    expect(row).toMatch(/,default,/iu);
    expect(bed.asked).toEqual(["GET /os-security-groups", "GET /v2.0/tenants"]);
    const all = bed.rows("openstack security group list --all-projects");
    expect(all[0]).toBe("ID,Name,Description,Project");
    expect(all.join("\n")).toMatch(/,admin$/mu);
    const [rules = ""] = bed.rows("openstack security group rule list default");
    expect(rules).toBe("ID,IP Protocol,IP Range,Port Range");
    expect(bed.members("openstack security group show default")).toMatchObject({
      name: "default",
      project_id: bed.tenant,
      rules: expect.stringMatching(/^\[/u) as string,
    });
    expect(bed.failure("openstack security group show nope")).toBe(
      "ERROR: openstack No securitygroup with a name or ID of 'nope' exists.\n",
    );
  });

  it("lists hypervisors and shows one by its number or name", () => {
    const [head, row = ""] = bed.rows("openstack hypervisor list");
    expect(head).toBe("ID,Hypervisor Hostname");
    const [id = "", name = ""] = row.split(",");
    const shown = bed.members(`openstack hypervisor show ${id}`);
    expect(shown).toMatchObject({ hypervisor_hostname: name, service_host: name });
    expect(bed.members(`openstack hypervisor show ${name}`)).toEqual(shown);
    expect(bed.rows(`openstack hypervisor list --matching ${name}`)).toEqual([head, row]);
    expect(bed.asked).toEqual([`GET /os-hypervisors/${name}/search`]);
  });

  it("disables a service, and fails afterwards", () => {
    const failure = "ERROR: openstack 'Service' object is not iterable\n";
    const line = "openstack compute service set compute-1 nova-compute";
    expect(bed.failure(`${line} --disable`)).toBe(failure);
    const [head, row = ""] = bed.rows("openstack compute service list --service nova-compute");
    expect(head).toBe("Binary,Host,Zone,Status,State,Updated At");
    expect(row).toMatch(/^nova-compute,compute-1,nova,disabled,up,/u);
    expect(bed.failure(line)).toBe(failure);
    expect(bed.rows("openstack compute service list --host compute-1")[1]).toContain(",enabled,");
  });
});

describe("openstack ip floating", () => {
  const routed = new OpenStackBed({
    seed: 5,
    servers: ["t2"],
    services: ["neutron-l3-agent"],
    flags: { default_floating_pool: "ext" },
  });

  it("gets an address out of a pool, puts it on a server, and gives it back by id alone", () => {
    routed.done("neutron net-create ext --router:external True");
    routed.done("neutron subnet-create ext 172.24.4.0/29 --disable-dhcp");
    routed.done("neutron router-create r1");
    routed.done("neutron router-gateway-set r1 ext");
    const subnet = routed.member("openstack network show private", "subnets");
    routed.done(`neutron router-interface-add r1 ${subnet}`);
    expect(routed.rows("openstack ip floating pool list")).toEqual(["Name", "ext"]);
    const { id = "", ip = "" } = routed.members("openstack ip floating create ext");
    expect(routed.bodies.at(-1)).toEqual({ pool: "ext" });
    routed.done(`openstack ip floating add ${ip} t2`);
    expect(routed.bodies.at(-1)).toEqual({ addFloatingIp: { address: ip } });
    expect(routed.rows("openstack ip floating list")).toEqual([
      "ID,Pool,IP,Fixed IP,Instance ID",
      `${id},ext,${ip},192.168.1.82,`,
    ]);
    routed.done(`openstack ip floating remove ${ip} t2`);
    expect(routed.failure(`openstack ip floating delete ${ip}`)).toBe(
      `ERROR: openstack No floatingip with a name or ID of '${ip}' exists.\n`,
    );
    routed.output(`openstack ip floating delete ${id}`);
    expect(routed.output("openstack ip floating list")).toBe("\n");
  });
});
