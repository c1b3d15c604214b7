/**
 * The program `openstack` itself: how it finds a command, who logs in, and what it says when nothing comes of it.
 * Upstream: python-openstackclient 0.4.1, openstackclient/shell.py, common/clientmanager.py, common/utils.py;
 * cliff 1.7.0, app.py, help.py, display.py.
 */
import { describe, expect, it } from "vitest";
import { readCommand } from "../../../src/clients/index.js";
import { OpenStackBed } from "./bed.js";

const bed = new OpenStackBed({ seed: 5, servers: [] });

describe("openstack", () => {
  it("says what is no command, what is missing, and what is not simulated", () => {
    expect(bed.failure("openstack serve list", 2)).toBe(
      "ERROR: openstack Unknown command ['serve', 'list']\n",
    );
    expect(bed.failure("OS_USERNAME= openstack server list")).toBe(
      "ERROR: openstack You must provide a username via either --os-username or env[OS_USERNAME]\n",
    );
    expect(bed.requests).toEqual([]);
    const reading = readCommand("openstack aggregate list");
    expect(reading.ok ? "" : reading.message).toContain("not simulated");
    expect(readCommand("openstack command list")).toMatchObject({
      message: "Unknown command ['command', 'list']",
    });
  });

  it("names what it uses and makes", () => {
    const reading = readCommand("openstack server create --image i --flavor f s");
    expect(reading.ok && reading.command.names).toEqual([
      { what: "image", name: "i" },
      { what: "flavor", name: "f" },
      { what: "server", name: "s", makes: "one" },
    ]);
  });

  it("has the commands of the versions that it is told to speak", () => {
    const unknown = bed.failure("openstack domain list", 2);
    expect(unknown).toBe("ERROR: openstack Unknown command ['domain', 'list']\n");
    expect(readCommand("openstack --os-identity-api-version 3 domain list").ok).toBe(true);
    expect(readCommand("openstack --os-image-api-version 2 image create i").ok).toBe(false);
    expect(bed.failure("openstack --os-compute-api-version 1.1 server list", 2)).toContain(
      "Unknown",
    );
    expect(bed.failure("openstack --os-identity-api-version 4 server list")).toBe(
      "ERROR: openstack Invalid identity client version '4'. must be one of: 3, 2.0\n",
    );
    expect(bed.requests).toEqual([]);
  });

  it("logs in before it looks at what a command is given", () => {
    expect(bed.failure("openstack server show", 2)).toContain("error: too few arguments\n");
    expect(bed.requests).toEqual(["POST /v2.0/tokens"]);
    expect(bed.failure("openstack server list -f json", 2)).toContain(
      "argument -f/--format: invalid choice: 'json' (choose from 'csv', 'table')\n",
    );
    expect(readCommand("openstack server list -f json").ok).toBe(false);
  });

  it("helps with a command, or tells those that begin alike", () => {
    expect(bed.output("openstack help server list")).toMatch(/^usage: openstack server list /u);
    const alike = bed.output("openstack help image").split("\n");
    expect(alike[0]).toBe('Command "image" matches:');
    expect([...alike].sort()).toEqual([
      "",
      "  image create",
      "  image delete",
      "  image list",
      "  image save",
      "  image set",
      "  image show",
      'Command "image" matches:',
    ]);
    expect(bed.failure("openstack help nope")).toBe("ERROR: openstack Unknown command ['nope']\n");
    expect(bed.requests).toEqual([]);
  });

  it("lists its libraries without a login", () => {
    expect(bed.members("openstack module list")).toEqual({
      cinderclient: "1.1.1",
      glanceclient: "0.14.1",
      keystoneclient: "0.11.1",
      novaclient: "2.20.0",
      openstackclient: "0.4.1",
    });
    expect(bed.requests).toEqual([]);
    expect(readCommand("openstack module list --all").ok).toBe(false);
  });

  it("tells how long the requests to Nova took, as a table or else as a csv", () => {
    const [, , head, request, total] = bed
      .output("openstack --timing flavor show 42 -f value -c ram")
      .split("\n");
    expect(head).toBe('"URL","Seconds"');
    expect(request).toMatch(
      /^"GET http:\/\/controller:8774\/v2\/[0-9a-f]{32}\/flavors\/42",0\.\d+$/u,
    );
    expect(total).toMatch(/^"Total",0\.\d+$/u);
    expect(bed.output("openstack --timing token issue")).toMatch(
      /\n\n\+-+\+-+\+\n\| URL +\| Seconds \|\n/u,
    );
    expect(bed.result("openstack --timing module list").stderr).toBe(
      "ERROR: openstack Could not clean up: 'OpenStackShell' object has no attribute 'client_manager'\n",
    );
  });

  it("asks every service under the name of the library that does it", () => {
    bed.output("openstack flavor list");
    expect(bed.headers.map((headers) => headers["user-agent"])).toEqual([
      ...["python-keystoneclient", "python-novaclient"],
    ]);
    bed.output("openstack image list");
    expect(bed.headers.at(-1)).toMatchObject({ "user-agent": "python-glanceclient" });
    bed.output("openstack network list");
    expect(bed.headers.at(-1)).toMatchObject({ "user-agent": "python-neutronclient" });
  });
});

describe("who uses openstack", () => {
  it("may come with a token and the URL to use it at", () => {
    const token = bed.login();
    const at = (url: string) => `openstack --os-token ${token} --os-url ${url}`;
    expect(bed.rows(`${at("http://controller:35357/v2.0")} project list`)[0]).toBe("ID,Name");
    expect(bed.requests).toEqual(["GET /v2.0/tenants"]);
    expect(bed.rows(`${at("http://controller:9292")} image list`).join()).toContain("cirros");
    expect(bed.failure("openstack --os-token x server list")).toBe(
      "ERROR: openstack You must provide a service URL via either --os-url or env[OS_URL]\n",
    );
    expect(bed.failure("openstack --os-url http://x server list")).toBe(
      "ERROR: openstack You must provide a token via either --os-token or env[OS_TOKEN]\n",
    );
    expect(bed.failure(`${at("http://controller:35357/v2.0")} token issue`)).toBe(
      "ERROR: openstack service_catalog\n",
    );
    expect(bed.failure(`${at("http://controller:35357/v2.0")} user role list`)).toBe(
      "ERROR: openstack Project must be specified\n",
    );
  });

  it("is told by Keystone that a password is wrong, and by the library that nobody answers", () => {
    expect(bed.failure("openstack --os-password nope server list")).toMatch(
      /^ERROR: openstack .*\(HTTP 401\)\n$/u,
    );
    expect(bed.failure("openstack --os-auth-url http://nowhere:5000/v2.0 server list")).toBe(
      "ERROR: openstack Authorization Failed: Unable to establish connection to http://nowhere:5000/v2.0/tokens\n",
    );
    expect(
      bed.failure("openstack --os-auth-url http://controller:5000/nope server list"),
    ).toContain("ERROR: openstack Authorization Failed: ");
  });

  it("is for one project, domain or trust only", () => {
    expect(bed.failure("openstack --os-trust-id t server list")).toBe(
      "ERROR: openstack Trusts can only be used with Identity API v3\n",
    );
    expect(bed.failure("openstack --os-identity-api-version 3 --os-trust-id t server list")).toBe(
      "ERROR: openstack Authentication cannot be scoped to multiple targets. Pick one of project, domain or trust.\n",
    );
    expect(
      bed.failure("openstack --os-identity-api-version 3 --os-domain-id default server list"),
    ).toBe(
      "ERROR: openstack Authentication cannot be scoped to multiple targets. Pick one of: project, domain or trust\n",
    );
    expect(bed.failure("OS_TENANT_NAME= openstack server list")).toContain(
      "You must provide authentication scope as a project or a domain via --os-project-id",
    );
    expect(bed.requests).toEqual([]);
  });

  it("is told of a region that there is not, and of a service that nobody registered", () => {
    const nowhere = bed.result("openstack --os-region-name Nowhere server list");
    expect(nowhere.stderr).toBe(
      "WARNING: keystoneclient.httpclient Failed to retrieve management_url from token\n" +
        "ERROR: openstack publicURL endpoint for compute service not found\n",
    );
    expect(bed.failure("openstack volume list")).toBe(
      "ERROR: openstack publicURL endpoint for volume service not found\n",
    );
  });
});
