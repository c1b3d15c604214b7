/**
 * The program `openstack`: what it asks and what it prints. Upstream: python-openstackclient 0.4.1,
 * openstackclient/shell.py, identity/v2_0, compute/v2, image/v1, network/v2.
 */
import { describe, expect, it } from "vitest";
import { readCommand } from "../../src/clients/index.js";
import { Bed } from "./bed.js";

const bed = new Bed({ seed: 5 });

/** Without the login that every command begins with. */
const asked = (): readonly string[] => bed.requests.slice(1);

function output(command: string): string {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ command, stderr, exit }).toEqual({ command, stderr: "", exit: 0 });
  return stdout;
}

/** The rows of a list as CSV. */
const rows = (command: string): readonly string[] =>
  output(`${command} -f csv --quote none`).trim().split(/\r?\n/u);

/** A member of one thing. */
const member = (command: string, name: string): string =>
  output(`${command} -f value -c ${name}`).trim();

/** How a command ends that fails. */
function failure(command: string, code = 1): string {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ command, stdout, exit }).toEqual({ command, stdout: "", exit: code });
  return stderr;
}

describe("openstack", () => {
  it("looks for a thing by id, then by name in a list of all", () => {
    const demo = bed.id("project", "demo");
    expect(member("openstack project show demo", "id")).toBe(demo);
    expect(asked()).toEqual(["GET /v2.0/tenants/demo", "GET /v2.0/tenants"]);
    expect(failure("openstack role show nope")).toBe(
      "ERROR: openstack No role with a name or ID of 'nope' exists.\n",
    );
  });

  it("makes, gives and takes away what the identity API has", () => {
    output("openstack project create p --description 'a project'");
    output("openstack user create u --password x --project p");
    output("openstack role create r");
    output("openstack role add r --project p --user u");
    const listed = rows("openstack user role list u --project p");
    expect(listed[0]).toBe("ID,Name,Project,User");
    expect(listed.slice(1).map((row) => row.replace(/^[^,]*,/u, ""))).toContain("r,p,u");
    output("openstack role remove r --project p --user u");
    expect(rows("openstack user role list u --project p").join()).not.toContain("r,p,u");
    expect(rows("openstack user list --long").find((row) => row.includes(",u,"))).toMatch(
      /,u,p,.*,True$/u,
    );
    output("openstack user delete u");
    output("openstack project delete p");
  });

  it("finds a service by its type as well", () => {
    expect(member("openstack service show compute", "name")).toBe("nova");
    expect(failure("openstack service show nope")).toBe(
      "ERROR: openstack No service with a type, name or ID of 'nope' exists.\n",
    );
    output("openstack service create s --type t");
    output("openstack endpoint create t --region R --publicurl http://a");
    expect(rows("openstack endpoint list").find((row) => row.includes(",R,"))).toMatch(/,R,s,t$/u);
  });

  it("shows the token of its own login, which can be revoked", () => {
    const token = member("openstack token issue", "id");
    expect(token).toMatch(/^[0-9a-f]{32}$/u);
    expect(asked()).toEqual([]);
    output(`openstack token revoke ${token}`);
    expect(asked()).toEqual([`DELETE /v2.0/tokens/${token}`]);
  });

  it("lists and shows servers with the names of image and flavor", () => {
    expect(rows("openstack server list")).toEqual([
      "ID,Name,Status,Networks",
      `${bed.server},t2,ACTIVE,private=192.168.1.82`,
    ]);
    expect(member("openstack server show t2", "image")).toBe(`cirros (${bed.image})`);
    expect(member("openstack server show t2", "addresses")).toBe("private=192.168.1.82");
  });

  it("makes and deletes a server", () => {
    output(
      `openstack server create --image cirros --flavor 42 --nic net-id=${bed.network} made-by-it`,
    );
    bed.cloud.settle();
    expect(member("openstack server show made-by-it", "status")).toBe("ACTIVE");
    output("openstack server delete made-by-it");
    bed.cloud.settle();
    expect(failure("openstack server show made-by-it")).toBe(
      "ERROR: openstack No server with a name or ID of 'made-by-it' exists.\n",
    );
  });

  it("lists images, flavors and networks", () => {
    expect(rows("openstack image list")).toContain(`${bed.image},cirros`);
    expect(rows("openstack flavor list")[0]).toBe(
      "ID,Name,RAM,Disk,Ephemeral,Swap,VCPUs,RXTX Factor,Is Public,Extra Specs",
    );
    expect(rows("openstack network list")[0]).toBe("id,name,subnets");
    expect(member("openstack network show private", "id")).toBe(bed.network);
    output("openstack network create n --share");
    expect(member("openstack network show n", "shared")).toBe("True");
    output("openstack network delete n");
    expect(failure("openstack network delete n")).toBe(
      "ERROR: openstack No network with a name or ID of 'n' exists.\n",
    );
  });

  it("says what is no command, what is missing, and what is not simulated", () => {
    expect(failure("openstack serve list", 2)).toBe(
      "ERROR: openstack Unknown command ['serve', 'list']\n",
    );
    expect(failure("OS_USERNAME= openstack server list")).toBe(
      "ERROR: openstack You must provide a username via either --os-username or env[OS_USERNAME]\n",
    );
    expect(bed.requests).toEqual([]);
    const reading = readCommand("openstack keypair list");
    expect(reading.ok ? "" : reading.message).toContain("not simulated");
  });

  it("names what it uses and makes", () => {
    const reading = readCommand("openstack server create --image i --flavor f s");
    expect(reading.ok && reading.command.names).toEqual([
      { what: "image", name: "i" },
      { what: "flavor", name: "f" },
      { what: "server", name: "s", makes: "one" },
    ]);
  });
});
