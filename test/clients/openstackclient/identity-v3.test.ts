/**
 * The commands of `openstack` for version 3 of Keystone's API. Upstream: python-openstackclient 0.4.1,
 * openstackclient/identity/v3/; python-keystoneclient 0.11.1, keystoneclient/base.py (CrudManager), v3/client.py.
 */
import { describe, expect, it } from "vitest";
import { OpenStackBed } from "./bed.js";

const bed = new OpenStackBed({ seed: 5, servers: [] });
const V3 = "openstack --os-identity-api-version 3 --os-auth-url http://controller:5000/v3";

describe("a login by version 3", () => {
  it("names the default domain of user and project, and asks at the v3 of where Keystone is administered", () => {
    bed.output(`${V3} project list`);
    expect(bed.requests).toEqual(["POST /v3/auth/tokens", "GET /v3/projects"]);
    expect(bed.bodies).toEqual([
      {
        auth: {
          identity: {
            methods: ["password"],
            password: { user: { password: "secret", name: "admin", domain: { id: "default" } } },
          },
          scope: { project: { name: "admin", domain: { id: "default" } } },
        },
      },
    ]);
  });

  it("may be for a domain", () => {
    const domain = `${V3} --os-domain-name Default`;
    expect(bed.failure(`OS_TENANT_NAME= ${domain} domain list`)).toContain("(HTTP 401)");
    expect(bed.bodies.at(-1)).toMatchObject({ auth: { scope: { domain: { name: "Default" } } } });
    bed.output(`${V3} role add admin --user admin --domain default`);
    expect(bed.members(`OS_TENANT_NAME= ${domain} token issue`)).toMatchObject({
      domain_id: "default",
      user_id: bed.id("user", "admin"),
    });
  });

  it("finds the other services in its catalog", () => {
    expect(bed.rows(`${V3} flavor list`).join()).toContain("m1.tiny");
    expect(bed.failure(`${V3} volume list`)).toBe(
      "ERROR: openstack publicURL endpoint for volume service not found\n",
    );
    expect(bed.members(`${V3} token issue`)).toMatchObject({ project_id: bed.tenant });
  });

  it("fails in words of its own", () => {
    expect(bed.failure("openstack --os-identity-api-version 3 project list")).toContain(
      "ERROR: openstack Authorization failed: ",
    );
    expect(bed.failure(`${V3} --os-password nope project list`)).toContain("(HTTP 401)");
  });
});

describe("openstack and Keystone's v3", () => {
  it("makes a domain with a group, a project and a user, and gives the group a role", () => {
    const domain = bed.members(`${V3} domain create d --description 'a domain'`);
    expect(domain).toMatchObject({ name: "d", description: "a domain", enabled: "True" });
    const id = domain["id"] ?? "";
    expect(bed.members(`${V3} project create p --domain d`)).toMatchObject({ domain_id: id });
    expect(bed.asked).toEqual(["GET /v3/domains/d", "GET /v3/domains?name=d", "POST /v3/projects"]);
    bed.output(`${V3} group create g --domain ${id}`);
    bed.output(`${V3} user create u --domain d --project p --password x --email u@x`);
    expect(bed.output(`${V3} group add user g u`)).toBe("u added to group g\n");
    expect(bed.output(`${V3} group contains user g u`)).toBe("u in group g\n");
    bed.output(`${V3} role create r`);
    bed.output(`${V3} role add r --group g --project p`);
    expect(bed.asked.at(-1)).toMatch(
      /^PUT \/v3\/projects\/[0-9a-f]{32}\/groups\/[0-9a-f]{32}\/roles\/[0-9a-f]{32}$/u,
    );
    expect(bed.rows(`${V3} role list --group g --project p`).join("\n")).toMatch(
      /^ID,Name,Project,Group\n[0-9a-f]{32},r,p,g$/u,
    );
  });

  it("lists who has which role where, also by way of a group", () => {
    const [head, direct = "", ...none] = bed.rows(`${V3} role assignment list --role r`);
    expect(head).toBe("Role,User,Group,Project,Domain");
    expect(none).toEqual([]);
    expect(direct).toMatch(/^[0-9a-f]{32},,[0-9a-f]{32},[0-9a-f]{32},$/u);
    const [, effective = ""] = bed.rows(`${V3} role assignment list --role r --effective`);
    expect(effective).toMatch(/^[0-9a-f]{32},[0-9a-f]{32},,[0-9a-f]{32},$/u);
    expect(bed.asked.at(-1)).toMatch(/^GET \/v3\/role_assignments\?.*effective=True/u);
  });

  it("lists what belongs to a domain, a group or a user", () => {
    expect(bed.rows(`${V3} user list --domain d --long`)[0]).toBe(
      "ID,Name,Project Id,Domain Id,Description,Email,Enabled",
    );
    expect(bed.rows(`${V3} user list --group g`).slice(1).join()).toMatch(/,u$/u);
    expect(bed.rows(`${V3} group list --user u`).slice(1).join()).toMatch(/,g$/u);
    expect(bed.rows(`${V3} project list --domain d --long`).slice(1).join()).toMatch(
      /^[0-9a-f]{32},p,[0-9a-f]{32},.*,True$/u,
    );
    expect(bed.rows(`${V3} domain list`)[0]).toBe("ID,Name,Enabled,Description");
  });

  it("changes things, and says so or nothing if there is nothing to change", () => {
    bed.output(`${V3} group set g --name h`);
    expect(bed.bodies.at(-1)).toEqual({ group: { name: "h" } });
    expect(bed.result(`${V3} group set h`)).toEqual({
      ...{ stdout: "", exit: 0 },
      stderr: "Group not updated, no arguments present",
    });
    bed.output(`${V3} role set r --name s`);
    bed.output(`${V3} project set p --name q --disable`);
    expect(bed.members(`${V3} project show q`)).toMatchObject({ name: "q", enabled: "False" });
    bed.output(`${V3} user set u --name v --description 'somebody'`);
    expect(bed.bodies.at(-1)).toEqual({
      user: { name: "v", description: "somebody", enabled: true },
    });
    expect(bed.output(`${V3} user set v`)).toBe("");
    expect(bed.asked).toEqual([]);
    expect(bed.output(`${V3} domain set d`)).toBe("Domain not updated, no arguments present");
  });

  it("ends well whether a user is in a group or not", () => {
    expect(bed.output(`${V3} group remove user h v`)).toBe("v removed from group h\n");
    expect(bed.result(`${V3} group contains user h v`)).toEqual({
      ...{ stdout: "", exit: 0 },
      stderr: "v not in group h\n",
    });
    expect(bed.result(`${V3} group remove user h v`).stderr).toBe("v not removed from group h\n");
  });

  it("does not take half a grant", () => {
    expect(bed.result(`${V3} role add s --user admin`)).toEqual({
      ...{ stdout: "", exit: 0 },
      stderr:
        "Role not added, incorrect set of arguments             provided. See openstack --help for more details\n",
    });
    expect(bed.output(`${V3} role add s`)).toBe("");
    expect(bed.failure(`${V3} role add s --user a --group b`, 2)).toContain(
      "argument --group: not allowed with argument --user\n",
    );
    expect(bed.result(`${V3} role list --group h`)).toEqual({
      ...{ stdout: "\n", exit: 0 },
      stderr:
        "Error: If a user or group is specified, either --domain or --project must also be specified to list role grants.\n",
    });
    bed.output(`${V3} role list --user admin`);
    expect(bed.asked.at(-1)).toMatch(/^GET \/v3\/domains\/default\/users\/[0-9a-f]{32}\/roles$/u);
  });

  it("makes services and their endpoints, one for each interface", () => {
    bed.output(`${V3} service create t --name s`);
    const made = bed.members(
      `${V3} endpoint create t public http://10.0.0.1:80/ --region RegionOne`,
    );
    expect(made).toMatchObject({ interface: "public", service_name: "s", service_type: "t" });
    const id = made["id"] ?? "";
    expect(bed.rows(`${V3} endpoint list --service s`)).toEqual([
      "ID,Region,Service Name,Service Type,Enabled,Interface,URL",
      `${id},RegionOne,s,t,True,public,http://10.0.0.1:80/`,
    ]);
    expect(bed.output(`${V3} endpoint set ${id}`)).toBe(
      "Endpoint not updated, no arguments present",
    );
    bed.output(`${V3} endpoint set ${id} --url http://10.0.0.2:80/ --disable`);
    expect(bed.members(`${V3} endpoint show ${id}`)).toMatchObject({ url: "http://10.0.0.2:80/" });
    expect(bed.failure(`${V3} endpoint show nope`)).toBe(
      "ERROR: openstack More than one endpoint exists with the name 'nope'.\n",
    );
    expect(bed.failure(`${V3} endpoint create t other http://10.0.0.1:80/`, 2)).toContain(
      "argument <interface>: invalid choice: 'other' (choose from 'admin', 'public', 'internal')\n",
    );
    bed.output(`${V3} service set s --name z`);
    expect(bed.member(`${V3} service show z`, "type")).toBe("t");
    bed.output(`${V3} endpoint delete ${id}`);
    bed.output(`${V3} service delete z`);
  });

  it("makes credentials; what changes one needs a user and a blob", () => {
    const made = bed.members(`${V3} credential create admin the-data --type cert`);
    expect(made).toMatchObject({ blob: "the-data", type: "cert" });
    const id = made["id"] ?? "";
    const listed = bed.rows(`${V3} credential list`);
    expect(listed).toEqual([
      "ID,Type,User ID,Data,Project ID",
      `${id},cert,${made["user_id"] ?? ""},,`,
    ]);
    expect(bed.failure(`${V3} credential set ${id} --data x`)).toBe(
      "ERROR: openstack 'NoneType' object has no attribute 'isdigit'\n",
    );
    expect(bed.failure(`${V3} credential set ${id} --user admin`)).toBe(
      "ERROR: openstack Credential requires blob to be specified\n",
    );
    bed.output(`${V3} credential set ${id} --user admin --data other`);
    expect(bed.member(`${V3} credential show ${id}`, "blob")).toBe("other");
    bed.output(`${V3} credential delete ${id}`);
  });

  it("has no file to make a policy of, and no terminal to ask for a password at", () => {
    expect(bed.failure(`${V3} policy create rules.json`)).toBe(
      "ERROR: openstack Error occurred trying to read from file rules.json\n",
    );
    expect(bed.output(`${V3} policy list`)).toBe("\n");
    expect(bed.output(`${V3} policy set p`)).toBe("Policy not updated, no arguments present \n");
    expect(bed.failure(`${V3} user password set --password x`)).toBe(
      "ERROR: openstack There was a request to be prompted for a password and a terminal was not detected.\n",
    );
  });

  it("deletes all of it", () => {
    for (const what of ["user delete v", "group delete h", "project delete q", "role delete s"]) {
      bed.output(`${V3} ${what}`);
    }
    bed.output(`${V3} domain set d --disable`);
    bed.output(`${V3} domain delete d`);
    expect(bed.failure(`${V3} domain show d`)).toBe(
      "ERROR: openstack No domain with a name or ID of 'd' exists.\n",
    );
  });
});
