/**
 * The commands of `openstack` for version 2.0 of Keystone's API. Upstream: python-openstackclient 0.4.1,
 * openstackclient/identity/v2_0/, identity/common.py; python-keystoneclient 0.11.1, keystoneclient/v2_0/.
 */
import { describe, expect, it } from "vitest";
import { OpenStackBed } from "./bed.js";

const bed = new OpenStackBed({ seed: 5, servers: [] });

describe("openstack and Keystone's v2.0", () => {
  it("looks for a thing by id, then by name in a list of all; a number is an id and no name", () => {
    const demo = bed.id("project", "demo");
    expect(bed.member("openstack project show demo", "id")).toBe(demo);
    expect(bed.asked).toEqual(["GET /v2.0/tenants/demo", "GET /v2.0/tenants"]);
    expect(bed.failure("openstack role show nope")).toBe(
      "ERROR: openstack No role with a name or ID of 'nope' exists.\n",
    );
    bed.output("openstack project create 007");
    expect(bed.failure("openstack project show 007")).toBe(
      "ERROR: openstack Could not find project: 7 (HTTP 404)\n",
    );
    expect(bed.asked).toEqual(["GET /v2.0/tenants/7"]);
  });

  it("makes a project with whatever else is to be known of it, and changes all of it", () => {
    const made = bed.members("openstack project create p --description d --property color=red");
    expect(made).toMatchObject({ name: "p", description: "d", color: "red", enabled: "True" });
    expect(bed.output("openstack project set p")).toBe("");
    expect(bed.asked).toEqual([]);
    expect(bed.output("openstack project set p --name q --disable --property color=blue")).toBe("");
    expect(bed.asked.at(-1)).toBe(`POST /v2.0/tenants/${made["id"] ?? ""}`);
    expect(bed.members("openstack project show q")).toEqual({
      ...made,
      name: "q",
      color: "blue",
      enabled: "False",
    });
    expect(bed.failure("openstack project create r --property enabled=no")).toBe(
      "ERROR: openstack create() got multiple values for keyword argument 'enabled'\n",
    );
    expect(bed.rows("openstack project list --long")[0]).toBe("ID,Name,Description,Enabled");
    bed.output("openstack project delete q");
  });

  it("makes, gives and takes away roles", () => {
    bed.output("openstack project create p");
    bed.output("openstack user create u --password x --project p");
    bed.output("openstack role create r");
    bed.output("openstack role add r --project p --user u");
    const listed = bed.rows("openstack user role list u --project p");
    expect(listed[0]).toBe("ID,Name,Project,User");
    expect(listed.slice(1).map((row) => row.replace(/^[^,]*,/u, ""))).toContain("r,p,u");
    bed.output("openstack role remove r --project p --user u");
    expect(bed.rows("openstack user role list u --project p").join()).not.toContain("r,p,u");
    expect(bed.rows("openstack user role list").join()).toContain("admin,admin,admin");
  });

  it("lists users with the names of their projects, and those of a project by id", () => {
    const long = bed.rows("openstack user list --long");
    expect(long[0]).toBe("ID,Name,Project,Email,Enabled");
    expect(long.find((row) => row.includes(",u,"))).toMatch(/,u,p,.*,True$/u);
    const project = bed.id("project", "p");
    expect(bed.rows("openstack user list --project p").slice(1).join()).toMatch(
      /^[0-9a-f]{32},u$/u,
    );
    expect(bed.asked.at(-1)).toBe(`GET /v2.0/tenants/${project}/users`);
  });

  it("changes a user in as many requests as there are places", () => {
    const { id = "" } = bed.members("openstack user show u");
    bed.output("openstack user set u --password y --project demo --email u@x --name v --disable");
    expect(bed.asked).toEqual([
      "GET /v2.0/users/u",
      "GET /v2.0/users",
      `PUT /v2.0/users/${id}/OS-KSADM/password`,
      "GET /v2.0/tenants/demo",
      "GET /v2.0/tenants",
      `PUT /v2.0/users/${id}/OS-KSADM/tenant`,
      `PUT /v2.0/users/${id}`,
    ]);
    expect(bed.bodies.at(-1)).toEqual({ user: { name: "v", email: "u@x", enabled: false, id } });
    expect(bed.members("openstack user show v")).toMatchObject({
      ...{ name: "v", email: "u@x", enabled: "False" },
      project_id: bed.id("project", "demo"),
    });
    expect(bed.output("openstack user set v")).toBe("");
    expect(bed.asked).toEqual([]);
    expect(bed.failure("openstack user set v --password-prompt")).toBe(
      "ERROR: openstack There was a request to be prompted for a password and a terminal was not detected.\n",
    );
    bed.output("openstack user delete v");
    bed.output("openstack project delete p");
  });

  it("finds a service by its type as well, and an endpoint by its service", () => {
    expect(bed.member("openstack service show compute", "name")).toBe("nova");
    expect(bed.failure("openstack service show nope")).toBe(
      "ERROR: openstack No service with a type, name or ID of 'nope' exists.\n",
    );
    bed.output("openstack service create s --type t");
    expect(bed.failure("openstack endpoint show s")).toBe(
      "ERROR: openstack 'NoneType' object is not iterable\n",
    );
    bed.output("openstack endpoint create t --region R --publicurl http://a");
    expect(bed.rows("openstack endpoint list").find((row) => row.includes(",R,"))).toMatch(
      /,R,s,t$/u,
    );
    const shown = bed.members("openstack endpoint show s");
    expect(shown).toMatchObject({ region: "R", service_name: "s", service_type: "t" });
    expect(bed.members(`openstack endpoint show ${shown["id"] ?? ""}`)).toEqual(shown);
  });

  it("shows what the catalog of the login has of a type of service", () => {
    const shown = bed.members("openstack service show compute --catalog");
    expect(shown["publicurl"]).toMatch(/^http:\/\/controller:8774\/v2\//u);
    expect(shown).toMatchObject({ type: "compute", region: "RegionOne" });
    expect(bed.asked).toEqual([]);
    expect(bed.failure("openstack service show nova --catalog")).toBe(
      "ERROR: openstack No service catalog with a type, name or ID of 'nova' exists.\n",
    );
  });

  it("shows the token of its own login, which can be revoked", () => {
    const token = bed.member("openstack token issue", "id");
    expect(token).toMatch(/^[0-9a-f]{32}$/u);
    expect(bed.asked).toEqual([]);
    bed.output(`openstack token revoke ${token}`);
    expect(bed.asked).toEqual([`DELETE /v2.0/tokens/${token}`]);
  });

  it("makes, lists, shows and deletes credentials of EC2", () => {
    const made = bed.members("openstack ec2 credentials create");
    const admin = bed.id("user", "admin");
    expect(bed.asked).toEqual([`POST /v2.0/users/${admin}/credentials/OS-EC2`]);
    expect(made).toMatchObject({ tenant_id: bed.tenant, user_id: admin });
    const { access = "", secret = "" } = made;
    expect(bed.rows("openstack ec2 credentials list")).toEqual([
      "Access,Secret,Project ID,User ID",
      `${access},${secret},${bed.tenant},${admin}`,
    ]);
    expect(bed.members(`openstack ec2 credentials show ${access} --user admin`)).toEqual(made);
    bed.output(`openstack ec2 credentials delete ${access}`);
    expect(bed.output("openstack ec2 credentials list")).toBe("\n");
    bed.output("openstack ec2 credentials create --project demo --user demo");
    expect(bed.rows("openstack ec2 credentials list --user demo")).toHaveLength(2);
  });
});
