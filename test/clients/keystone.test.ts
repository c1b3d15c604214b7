/**
 * The program `keystone`: what it asks and what it prints. Upstream: python-keystoneclient 0.11.1,
 * keystoneclient/shell.py, v2_0/shell.py, utils.py.
 */
import { describe, expect, it } from "vitest";
import { readCommand } from "../../src/clients/index.js";
import { Bed } from "./bed.js";

const bed = new Bed({ seed: 5, servers: [] });

/** Without the login that every command begins with. */
const asked = (): readonly string[] => bed.requests.slice(1);

function lines(command: string): string[] {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ command, stderr, exit }).toEqual({ command, stderr: "", exit: 0 });
  return stdout.replace(/\n$/u, "").split("\n");
}

/** A cell of a table of properties. */
const value = (rows: readonly string[], property: string): string | undefined =>
  rows
    .find((row) => row.startsWith(`| ${property} `))
    ?.split("|")[2]
    ?.trim();

/** How a command ends that fails. */
function failure(command: string): string {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ command, stdout, exit }).toEqual({ command, stdout: "", exit: 1 });
  return stderr;
}

const demo = bed.id("project", "demo");

describe("keystone", () => {
  it("looks for a thing by its id, then by its name in a list of all", () => {
    expect(value(lines("keystone tenant-get demo"), "id")).toBe(demo);
    expect(asked()).toEqual(["GET /v2.0/tenants/demo", "GET /v2.0/tenants"]);
    lines(`keystone tenant-get ${demo}`);
    expect(asked()).toEqual([`GET /v2.0/tenants/${demo}`]);
    expect(failure("keystone role-get nope")).toBe("No role with a name or ID of 'nope' exists.\n");
  });

  it("sorts lists by name, and shows nothing for None", () => {
    expect(lines("keystone tenant-list").map((row) => row.split("|")[2]?.trim())).toEqual([
      ...[undefined, "name", undefined, "admin", "demo", "service", undefined],
    ]);
    const users = lines("keystone user-list --tenant demo");
    expect(asked().at(-1)).toBe(`GET /v2.0/tenants/${demo}/users`);
    expect(users[3]).toMatch(/^\| [0-9a-f]{32} \| demo \| True {4}\| {7}\|$/u);
    expect(lines("keystone endpoint-list")[1]).toMatch(
      /^\| id +\| region +\| publicurl +\| internalurl +\| adminurl +\| service_id +\|$/u,
    );
  });

  it("makes a user, changes it and gives it a role", () => {
    const made = lines("keystone user-create --name bob --tenant demo --pass s3 --email b@x");
    expect(bed.bodies.at(-1)).toEqual({
      user: { name: "bob", password: "s3", tenantId: demo, email: "b@x", enabled: true },
    });
    expect(made.slice(3, -1).map((row) => row.split("|")[1]?.trim())).toEqual([
      ...["email", "enabled", "id", "name", "tenantId", "username"],
    ]);
    const bob = value(made, "id") ?? "";
    expect(lines("keystone user-update bob --enabled no")).toEqual(["User has been updated."]);
    expect(bed.bodies.at(-1)).toEqual({ user: { enabled: false, id: bob } });
    expect(lines("keystone user-update bob")).toEqual(["User not updated, no arguments present."]);
    lines("keystone role-create --name watcher");
    const role = value(lines("keystone role-get watcher"), "id") ?? "";
    const path = `/v2.0/tenants/${demo}/users/${bob}/roles`;
    lines("keystone user-role-add --user bob --role watcher --tenant demo");
    expect(asked().at(-1)).toBe(`PUT ${path}/OS-KSADM/${role}`);
    expect(lines("keystone user-role-list --user bob --tenant demo").slice(3, -1)).toEqual([
      expect.stringContaining(" | _member_ | "),
      `| ${role} | watcher  | ${bob} | ${demo} |`,
    ]);
    lines("keystone user-role-remove --user bob --role watcher --tenant_id " + demo);
    expect(asked().at(-1)).toBe(`DELETE ${path}/OS-KSADM/${role}`);
    expect(lines("keystone user-delete bob")).toEqual([""]);
  });

  it("sends all of a tenant to change a part of it, and never says that this failed", () => {
    const id = value(lines("keystone tenant-create --name t9"), "id") ?? "";
    lines("keystone tenant-update t9 --description d");
    expect(asked().at(-1)).toBe(`POST /v2.0/tenants/${id}`);
    expect(bed.bodies.at(-1)).toEqual({
      tenant: { id, name: "t9", enabled: true, description: "d" },
    });
    // Tenant.update catches every exception: the name is taken, and nobody hears of it.
    expect(lines("keystone tenant-update t9 --name demo")).toEqual([""]);
    expect(value(lines(`keystone tenant-get ${id}`), "name")).toBe("t9");
  });

  it("makes services and endpoints", () => {
    lines("keystone service-create --name s --type t --description d");
    const service = value(lines("keystone service-get s"), "id") ?? "";
    lines("keystone endpoint-create --service s --publicurl http://x");
    expect(bed.bodies.at(-1)).toEqual({
      endpoint: {
        region: "regionOne",
        service_id: service,
        publicurl: "http://x",
        adminurl: null,
        internalurl: null,
      },
    });
    expect(lines("keystone endpoint-delete nope")).toEqual(["Unable to delete endpoint."]);
  });

  it("reads the catalog of its login", () => {
    expect(lines("keystone endpoint-get --service image")[3]).toBe(
      "| image.publicURL | http://controller:9292 |",
    );
    expect(asked()).toEqual([]);
    expect(failure("keystone endpoint-get --service nope")).toBe(
      "publicURL endpoint for nope service not found\n",
    );
    expect(lines("keystone catalog --service image")[0]).toBe("Service: image");
    const wrapped = lines("keystone token-get --wrap 10");
    expect(wrapped.slice(3, 5)).toEqual([
      "| expires   | 2014-09-18 |",
      "|           | T05:03:09Z |",
    ]);
    expect(failure("keystone token-get --wrap x")).toBe(
      "invalid literal for int() with base 10: 'x'\n",
    );
  });

  it("tells a refused login in Keystone's words, and a refused command in its own", () => {
    expect(failure("keystone --os-password wrong tenant-list")).toBe(
      "The request you have made requires authentication. (HTTP 401)\n",
    );
    const { stdout, stderr } = bed.run(
      "keystone --os-token nope --os-endpoint http://controller:35357/v2.0 role-list",
    );
    expect(stdout).toBe(
      "WARNING: Bypassing authentication using a token & endpoint (authentication credentials are being ignored).\n",
    );
    expect(stderr).toBe("Invalid OpenStack Identity credentials.\n");
    const demoUser = "--os-username demo --os-tenant-name demo";
    expect(failure(`keystone ${demoUser} user-list`)).toMatch(
      /^You are not authorized .*403\)\n$/u,
    );
    expect(failure("keystone --os-auth-url http://nowhere:5000/v2.0 role-list")).toBe(
      "Authorization Failed: Unable to establish connection to http://nowhere:5000/v2.0/tokens\n",
    );
    expect(failure("keystone --os-token t role-list")).toBe(
      "Expecting an endpoint provided via either --os-endpoint or env[OS_SERVICE_ENDPOINT]\n",
    );
    expect(failure("OS_USERNAME= keystone role-list")).toBe(
      "Expecting a username provided via either --os-username or env[OS_USERNAME]\n",
    );
  });

  it("lets who has no tenant list tenants, and nothing else", () => {
    lines("keystone --os-tenant-name '' tenant-list");
    expect(bed.requests).toEqual(["POST /v2.0/tokens", "GET /v2.0/tenants"]);
    // EndpointNotFound has no words.
    expect(failure("keystone --os-tenant-name '' user-list")).toBe("\n");
    expect(bed.requests).toEqual(["POST /v2.0/tokens"]);
  });

  it("changes one's own password where one logs in", () => {
    expect(failure("keystone password-update")).toMatch(/--new-password\n$/u);
    const own = "OS_USERNAME=demo OS_TENANT_NAME=demo keystone password-update --new-password n";
    expect(lines(own)).toEqual([
      "You should update the password you are using to authenticate to match your new password",
    ]);
    expect(asked().at(-1)).toMatch(/^PATCH \/v2\.0\/OS-KSCRUD\/users\/[0-9a-f]{32}$/u);
    expect(bed.bodies.at(-1)).toEqual({ user: { password: "n", original_password: "secret" } });
  });

  it("is read before a run: what it must be told, and which commands there are", () => {
    expect(readCommand("keystone user-create --email x")).toMatchObject({
      ok: false,
      message: "argument --name is required",
      advice: { form: "keystone user-create --name <user-name>" },
    });
    expect(bed.run("keystone user-create").stderr).toMatch(
      /^usage: keystone user-create --name <user-name> \[--tenant <tenant>\]\n(.*\n)*keystone user-create: error: argument --name is required\n$/u,
    );
    expect(bed.run("keystone nope").stderr).toMatch(
      /keystone: error: argument <subcommand>: invalid choice: 'nope' \(choose from 'catalog', .*'bash_completion'\)\n$/u,
    );
    expect(readCommand("keystone ec2-credentials-list")).toMatchObject({
      ok: false,
      message: "keystone ec2-credentials-list is not simulated",
    });
  });
});
