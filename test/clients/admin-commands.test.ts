/**
 * Commands about services, hypervisors, quotas, keypairs, images, zones, limits, groups: what they ask
 * and print. Upstream: python-novaclient 2.20.0, novaclient/v1_1/shell.py.
 */
import { describe, expect, it } from "vitest";
import { Bed } from "./bed.js";

const bed = new Bed({ computes: 2, seed: 5 });

/** Without the login that every command begins with. */
const asked = (): readonly string[] => bed.requests.slice(1);

function lines(command: string): string[] {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ stderr, exit }).toEqual({ stderr: "", exit: 0 });
  return stdout.trimEnd().split("\n");
}

describe("commands of administrators", () => {
  it("about services print the service as it is afterwards", () => {
    expect(lines("nova service-disable compute-2 nova-compute --reason 'too hot'")).toEqual([
      "+-----------+--------------+----------+-----------------+",
      "| Host      | Binary       | Status   | Disabled Reason |",
      "+-----------+--------------+----------+-----------------+",
      "| compute-2 | nova-compute | disabled | too hot         |",
      "+-----------+--------------+----------+-----------------+",
    ]);
    expect(asked()).toEqual(["PUT /os-services/disable-log-reason"]);
    expect(lines("nova service-disable compute-2 nova-compute")[3]).toBe(
      "| compute-2 | nova-compute | disabled |",
    );
    expect(lines("nova service-enable compute-2 nova-compute")[1]).toBe(
      "| Host      | Binary       | Status  |",
    );
    expect(asked()).toEqual(["PUT /os-services/enable"]);
    // nova/db/sqlalchemy/api.py:489-493 (service_get_by_args): MySQL compares, and the answer has the name that was sent.
    expect(lines("nova service-disable COMPUTE-2 nova-compute")[3]).toBe(
      "| COMPUTE-2 | nova-compute | disabled |",
    );
    expect(lines("nova service-list --host compute-2").join("")).toContain("disabled");
    expect(lines("nova service-enable compute-2 nova-compute")).toHaveLength(5);
    asked();
    const { stderr, exit } = bed.run("nova service-delete 99");
    expect({ stderr, exit }).toMatchObject({ exit: 1 });
    expect(stderr).toMatch(/^ERROR \(NotFound\): .*\(HTTP 404\)/u);
  });

  it("about hypervisors look one up by id or by host name", () => {
    // By service (nova/db/sqlalchemy/api.py, compute_node_get_all), and that of compute-2 came first.
    expect(lines("nova hypervisor-list")).toEqual([
      "+----+---------------------+",
      "| ID | Hypervisor hostname |",
      "+----+---------------------+",
      "| 2  | compute-2           |",
      "| 1  | compute-1           |",
      "+----+---------------------+",
    ]);
    expect(lines("nova hypervisor-list --matching pute-2")).toHaveLength(5);
    expect(asked()).toEqual(["GET /os-hypervisors/pute-2/search"]);
    lines("nova hypervisor-show 2");
    expect(asked()).toEqual(["GET /os-hypervisors/2"]);
    const shown = lines("nova hypervisor-show compute-2");
    expect(asked()).toEqual(["GET /os-hypervisors", "GET /os-hypervisors/detail"]);
    expect(shown.find((line) => line.includes("service_host"))).toContain("| compute-2 ");
    expect(shown.find((line) => line.includes("cpu_info_arch"))).toContain("| x86_64 ");
    expect(bed.run("nova hypervisor-show nope").stderr).toBe(
      "ERROR (CommandError): No hypervisor with a name or ID of 'nope' exists.\n",
    );
  });

  it("list the servers of hypervisors, and the sums of all", () => {
    const rows = lines("nova hypervisor-servers compute");
    expect(rows[1]).toMatch(/^\| ID +\| Name +\| Hypervisor ID \| Hypervisor Hostname \|$/u);
    expect(rows).toHaveLength(5);
    const stats = lines("nova hypervisor-stats");
    expect(stats.find((line) => line.startsWith("| count"))).toMatch(/\| 2 +\|$/u);
  });

  it("show zones as a tree of hosts and services", () => {
    const rows = lines("nova availability-zone-list").map((line) => line.split("|").slice(1));
    const text = rows.map((cells) => cells.slice(0, -2).join("|").trimEnd());
    expect(text.slice(3, -1)).toEqual([
      " internal",
      " |- controller",
      " | |- nova-conductor",
      " | |- nova-consoleauth",
      " | |- nova-scheduler",
      " nova",
      " |- compute-1",
      " | |- nova-compute",
      " |- compute-2",
      " | |- nova-compute",
    ]);
  });

  it("change quotas, and take them back", () => {
    const { tenant } = bed;
    bed.mark();
    expect(bed.run(`nova quota-update ${tenant}`)).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect(asked()).toEqual([]);
    bed.run(`nova quota-update ${tenant} --cores 7 --floating_ips 3 --force`);
    expect(bed.bodies.at(-1)).toEqual({
      quota_set: { cores: 7, floating_ips: 3, force: true, tenant_id: tenant },
    });
    expect(lines("nova quota-show")[4]).toMatch(/^\| cores +\| 7 +\|$/u);
    expect(lines("nova quota-defaults")[4]).toMatch(/^\| cores +\| 20 +\|$/u);
    silent(`nova quota-delete --tenant ${tenant}`);
    expect(lines(`nova quota-show --tenant ${tenant}`)[4]).toMatch(/^\| cores +\| 20 +\|$/u);
    const missing = bed.run("nova quota-delete");
    expect(missing.exit).toBe(2);
    expect(missing.stderr).toContain("error: argument --tenant is required\n");
  });

  it("set and unset extra specs of a flavor", () => {
    silent("nova flavor-key m1.nano set hw:cpu=a b=2");
    expect(bed.bodies.at(-1)).toEqual({ extra_specs: { "hw:cpu": "a", b: "2" } });
    silent("nova flavor-key m1.nano unset b");
    expect(bed.requests.at(-1)).toBe("DELETE /flavors/42/os-extra_specs/b");
    expect(bed.run("nova flavor-key m1.nano set a/b=1").stderr).toBe(
      'ERROR (CommandError): Invalid key: "a/b". Keys may only contain letters, numbers, spaces, underscores, periods, colons and hyphens.\n',
    );
    const wrong = bed.run("nova flavor-key m1.nano put a=1");
    expect(wrong.exit).toBe(2);
    expect(wrong.stderr).toContain(
      // novaclient/shell.py cuts what there is to choose from (NovaClientArgumentParser.error).
      "error: argument <action>: invalid choice: u'put'\n",
    );
  });

  it("set and delete metadata of a server and of an image", () => {
    silent("nova meta t2 set b=2 a=1 c=3");
    expect(bed.bodies.at(-1)).toEqual({ metadata: { b: "2", a: "1", c: "3" } });
    silent("nova meta t2 delete a b=whatever");
    // Sorted, and backwards.
    expect(bed.requests.slice(-2).map((line) => line.replace(/[0-9a-f-]{36}/u, "T2"))).toEqual([
      "DELETE /servers/T2/metadata/b",
      "DELETE /servers/T2/metadata/a",
    ]);
    const shown = lines("nova show t2").find((line) => line.startsWith("| metadata "));
    expect(shown).toContain('| {"c": "3"} ');
    silent("nova image-meta cirros set os=linux");
    expect(lines("nova image-show cirros").join("\n")).toContain("| metadata os ");
    silent("nova image-meta cirros delete os");
    expect(lines("nova image-show cirros").join("\n")).not.toContain("| metadata os ");
  });

  it("write another state into the database", () => {
    silent("nova reset-state t2");
    expect(bed.bodies.at(-1)).toEqual({ "os-resetState": { state: "error" } });
    silent("nova reset-state --active t2");
    expect(bed.bodies.at(-1)).toEqual({ "os-resetState": { state: "active" } });
    expect(bed.run("nova reset-state nope t2")).toMatchObject({
      stdout: "Reset state for server nope failed: No server with a name or ID of 'nope' exists.\n",
      stderr: "ERROR (CommandError): Unable to reset the state for the specified server(s).\n",
      exit: 1,
    });
    silent("nova reset-state --active t2");
  });
});

/** What prints nothing. */
function silent(command: string): void {
  bed.mark();
  expect(bed.run(command)).toEqual({ stdout: "", stderr: "", exit: 0 });
}

describe("commands of everybody", () => {
  it("make, list, show and delete keypairs", () => {
    expect(lines("nova keypair-add k1")[0]).toBe("-----BEGIN RSA PRIVATE KEY-----");
    const list = lines("nova keypair-list");
    expect(list[1]).toMatch(/^\| Name \| Fingerprint +\|$/u);
    expect(list[3]).toMatch(/^\| k1 +\| (?:[0-9a-f]{2}:){15}[0-9a-f]{2} \|$/u);
    const shown = lines("nova keypair-show k1");
    expect(asked()).toEqual(["GET /os-keypairs/k1"]);
    expect(shown.at(-1)).toMatch(/^Public key: ssh-rsa /u);
    expect(shown.some((line) => line.startsWith("| public_key"))).toBe(false);
    silent("nova keypair-delete k1");
    expect(bed.run("nova keypair-delete k1").stderr).toBe(
      "ERROR (CommandError): No keypair with a name or ID of 'k1' exists.\n",
    );
    expect(bed.run("nova keypair-add k2 --pub-key ~/.ssh/id_rsa.pub").stderr).toContain(
      "No such file or directory",
    );
  });

  it("show and delete images", () => {
    const shown = lines("nova image-show cirros");
    expect(shown.find((line) => line.startsWith("| name"))).toMatch(/\| cirros +\|$/u);
    expect(shown.some((line) => line.startsWith("| links"))).toBe(false);
    expect(bed.run("nova image-delete nope").stdout).toBe(
      "Delete for image nope failed: No image with a name or ID of 'nope' exists.\n",
    );
  });

  it("show limits in the order of a dictionary, and groups with their rules", () => {
    const names = lines("nova absolute-limits").slice(3, -1);
    // quota-delete took the usages as well, and nothing was reserved since.
    expect(names.find((line) => line.includes("totalInstancesUsed"))).toMatch(/\| 0 +\|$/u);
    lines("nova absolute-limits --reserved --tenant x");
    expect(asked()).toEqual(["GET /limits?reserved=1&tenant_id=x"]);
    expect(lines("nova secgroup-list")[1]).toMatch(/^\| Id +\| Name +\| Description +\|$/u);
    expect(lines("nova secgroup-list-rules default")[1]).toMatch(
      /^\| IP Protocol \| From Port \| To Port \| IP Range \| Source Group +\|$/u,
    );
    expect(bed.run("nova secgroup-list-rules nope").stderr).toBe(
      "ERROR (CommandError): Secgroup ID or name 'nope' not found.\n",
    );
  });

  it("list what has been done with a server, and show one with its events", () => {
    const list = lines("nova instance-action-list t2");
    expect(list[1]).toMatch(/^\| Action +\| Request_ID +\| Message +\| Start_Time +\|$/u);
    const [request = ""] = /req-[0-9a-f-]+/u.exec(list.join("\n")) ?? [];
    const shown = lines(`nova instance-action t2 ${request}`).join("\n");
    expect(shown).toContain("| events ");
    expect(shown).toContain("[{u'event': u'compute_build_and_run_instance',");
  });

  it("give a server another name", () => {
    silent("nova rename t2 t3");
    expect(bed.requests.at(-1)).toBe(`PUT /servers/${bed.id("server", "t3")}`);
    silent("nova rename t3 t2");
  });
});
