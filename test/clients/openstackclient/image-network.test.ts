/**
 * The commands of `openstack` for Glance and Neutron. Upstream: python-openstackclient 0.4.1,
 * openstackclient/image/v1/image.py, image/v2/image.py, image/client.py, network/v2/network.py, network/common.py;
 * python-glanceclient 0.14.1, glanceclient/v1/images.py, v2/images.py.
 */
import { describe, expect, it } from "vitest";
import { OpenStackBed } from "./bed.js";

const bed = new OpenStackBed({ seed: 5, servers: [] });

describe("openstack image, by version 1", () => {
  it("makes one out of a file, and changes it if there is one of the name", () => {
    const made = bed.members("openstack image create i --file disk.img --size 100 --property a=b");
    expect(bed.asked).toEqual([
      "HEAD /v1/images/i",
      "GET /v1/images/detail?limit=20",
      "POST /v1/images",
    ]);
    expect(made).toMatchObject({
      ...{ name: "i", container_format: "bare", disk_format: "raw", size: "100" },
      ...{ status: "active", properties: "{u'a': u'b'}" },
    });
    const again = bed.members("openstack image create i --public --property c=d");
    expect(bed.asked.at(-1)).toBe(`PUT /v1/images/${made["id"] ?? ""}`);
    expect(again).toMatchObject({ id: made["id"], is_public: "True" });
    expect(again["properties"]).toContain("u'a': u'b'");
    expect(again["properties"]).toContain("u'c': u'd'");
  });

  it("does not pass on a location, and looks for a volume at Glance", () => {
    expect(bed.member("openstack image create at --location http://x/y", "status")).toBe("queued");
    const whole = new OpenStackBed({ seed: 5, servers: [], services: ["cinder"] });
    whole.done("openstack volume create v --size 1");
    expect(whole.failure("openstack image create i --volume v")).toBe(
      "ERROR: openstack 'volumes'\n",
    );
    expect(whole.requests).toEqual([
      "POST /v2.0/tokens",
      "GET /volumes/v",
      "GET /volumes/detail?all_tenants=1",
    ]);
  });

  it("has no file unless it is told how large it is, and no argument for what the library lacks", () => {
    expect(bed.failure("openstack image create j --file disk.img")).toBe(
      "ERROR: openstack [Errno 2] No such file or directory: 'disk.img'. There is no disk here: say with --size how many bytes it has.\n",
    );
    expect(bed.failure("openstack image create j --force")).toBe(
      "ERROR: openstack create() got an unexpected keyword argument 'force'\n",
    );
    expect(bed.failure("openstack image create i --store file")).toBe(
      "ERROR: openstack update() got an unexpected keyword argument 'store'\n",
    );
  });

  it("lists, changes, saves and deletes images", () => {
    expect(bed.rows("openstack image list")).toContain(`${bed.image},cirros`);
    expect(bed.rows("openstack image list --page-size 1")).toHaveLength(2);
    expect(bed.asked).toEqual(["GET /v1/images/detail?limit=1"]);
    const changed = bed.members("openstack image set i --name k --min-disk 2 --protected");
    expect(changed).toMatchObject({ name: "k", min_disk: "2", protected: "True" });
    expect(bed.result("openstack image set k")).toEqual({
      stdout: "\n",
      stderr: "WARNING: openstackclient.image.v1.image.SetImage no arguments specified\n",
      exit: 0,
    });
    expect(bed.output("openstack image save k --file copy")).toBe("");
    expect(bed.asked.at(-1)).toBe(`GET /v1/images/${changed["id"] ?? ""}`);
    bed.output("openstack image set k --unprotected");
    bed.output("openstack image delete k");
    expect(bed.failure("openstack image show k")).toBe(
      "ERROR: openstack No image with a name or ID of 'k' exists.\n",
    );
  });
});

describe("openstack image, by version 2", () => {
  const V2 = "openstack --os-image-api-version 2";

  it("lists images, after a look at their schema", () => {
    expect(bed.rows(`${V2} image list --long`)[0]).toBe(
      "ID,Name,Disk Format,Container Format,Size,Status",
    );
    expect(bed.asked).toEqual(["GET /v2/schemas/image", "GET /v2/images?limit=20"]);
    bed.output(`${V2} image list --page-size 1`);
    expect(bed.asked.length).toBeGreaterThan(3);
  });

  it("finds none by name, and shows none by id", () => {
    expect(bed.failure(`${V2} image show cirros`)).toBe(
      "ERROR: openstack 'Controller' object has no attribute 'resource_class'\n",
    );
    expect(bed.failure(`${V2} image show ${bed.image}`)).toBe("ERROR: openstack _info\n");
    expect(bed.asked).toEqual([`GET /v2/images/${bed.image}`, "GET /v2/schemas/image"]);
    expect(bed.failure(`${V2} image save ${bed.image}`)).toContain("ERROR: openstack ");
    expect(bed.asked.at(-1)).toContain("/v2/images/%7B");
  });

  it("deletes one by id", () => {
    const id = bed.member("openstack image create gone", "id");
    bed.output(`${V2} image delete ${id}`);
    expect(bed.rows("openstack image list").join()).not.toContain(id);
  });
});

describe("openstack network", () => {
  it("lists, makes, changes and deletes networks", () => {
    expect(bed.rows("openstack network list")[0]).toBe("id,name,subnets");
    expect(bed.rows("openstack network list -c name -c status")[0]).toBe("name,status");
    expect(bed.member("openstack network show private", "id")).toBe(bed.network);
    bed.output("openstack network create n --share");
    expect(bed.member("openstack network show n", "shared")).toBe("True");
    bed.output("openstack network set n --name m --disable --no-share");
    expect(bed.bodies.at(-1)).toEqual({
      network: { name: "m", admin_state_up: false, shared: false },
    });
    expect(bed.failure("openstack network set m")).toBe(
      "ERROR: openstack Nothing specified to be set\n",
    );
    bed.output("openstack network delete m");
    expect(bed.failure("openstack network delete m")).toBe(
      "ERROR: openstack No network with a name or ID of 'm' exists.\n",
    );
  });

  it("takes the networks of a DHCP agent for something else", () => {
    const agents = bed.run("neutron agent-list -f csv -c id -c binary --quote none").stdout;
    const id = /^([0-9a-f-]{36}),neutron-dhcp-agent/mu.exec(agents)?.[1] ?? "";
    expect(bed.failure(`openstack network list --dhcp ${id}`)).toBe(
      "ERROR: openstack 'networks_on_dhcp_agent'\n",
    );
    expect(bed.asked).toEqual([`GET /v2.0/agents/${id}/dhcp-networks.json`]);
  });
});
