/**
 * Commands about hosts, server groups, agents, security groups, addresses and networks: what they ask and print. Upstream:
 * python-novaclient 2.20.0, novaclient/v1_1/shell.py and contrib.
 */
import { describe, expect, it } from "vitest";
import { Bed } from "../bed.js";

const bed = new Bed({ computes: 2, seed: 5 });

/** Without the login that every command begins with. */
const asked = (): readonly string[] => bed.requests.slice(1);

function lines(command: string): string[] {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ stderr, exit }).toEqual({ stderr: "", exit: 0 });
  return stdout.trimEnd().split("\n");
}

const refused = (command: string): string => {
  const { stderr, exit } = bed.run(command);
  expect(exit).toBe(1);
  return stderr;
};

/** The cells of the rows of a table. */
const rows = (command: string): string[][] =>
  lines(command)
    .slice(3, -1)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe("about hosts", () => {
  it("host-list and host-describe", () => {
    expect(rows("nova host-list --zone nova").map(([host, service]) => [host, service])).toEqual(
      expect.arrayContaining([["compute-1", "compute"]]),
    );
    expect(asked()).toEqual(["GET /os-hosts?zone=nova"]);
    expect(rows("nova host-describe compute-1").map(([host, project]) => [host, project])).toEqual([
      ["compute-1", "(total)"],
      ["compute-1", "(used_now)"],
      ["compute-1", "(used_max)"],
      // And each project that has a server there.
      ["compute-1", expect.stringMatching(/^[0-9a-f]{32}$/u)],
    ]);
  });

  it("host-update and host-action, which libvirt's driver refuses", () => {
    expect(refused("nova host-update compute-1 --status disable")).toMatch(
      /^ERROR \(HTTPNotImplemented\): Virt driver does not implement host disabled status\. \(HTTP 501\)/u,
    );
    expect(refused("nova host-action compute-1 --action reboot")).toContain("power management");
  });

  it("hypervisor-uptime", () => {
    expect(lines("nova hypervisor-uptime 1").some((line) => line.includes("load average"))).toBe(
      true,
    );
    expect(asked()).toEqual(["GET /os-hypervisors/1", "GET /os-hypervisors/1/uptime"]);
  });
});

describe("about server groups", () => {
  it("are made, listed, shown and deleted", () => {
    const [made] = rows("nova server-group-create apart anti-affinity");
    const [id = "", ...rest] = made ?? [];
    expect(rest).toEqual(["apart", "[u'anti-affinity']", "[]", "{}"]);
    expect(rows("nova server-group-list")).toEqual([made]);
    expect(rows(`nova server-group-get ${id}`)).toEqual([made]);
    expect(lines(`nova server-group-delete ${id}`)).toEqual([
      `Server group ${id} has been successfully deleted.`,
    ]);
    expect(refused("nova server-group-delete moon")).toContain(
      "Unable to delete any of the specified server groups.",
    );
    expect(refused("nova server-group-create apart")).toContain(
      "at least one policy must be specified",
    );
  });
});

describe("about agents", () => {
  it("are made, changed, listed and deleted", () => {
    expect(rows("nova agent-create linux x86 7.0 http://a/b 1234 xen")).toContainEqual([
      "hypervisor",
      "xen",
    ]);
    expect(rows("nova agent-modify 1 8.0 http://a/b 1234")).toContainEqual(["version", "8.0"]);
    expect(rows("nova agent-list")).toEqual([
      ["1", "xen", "linux", "x86", "8.0", "1234", "http://a/b"],
    ]);
    lines("nova agent-delete 1");
    expect(rows("nova agent-list")).toEqual([]);
  });
});

describe("about security groups", () => {
  it("are made, given rules, changed and deleted", () => {
    expect(rows("nova secgroup-create web servers")[0]?.slice(1)).toEqual(["web", "servers"]);
    const rule = ["tcp", "80", "81", "0.0.0.0/0", ""];
    expect(rows("nova secgroup-add-rule web tcp 80 81 0.0.0.0/0")).toEqual([rule]);
    expect(rows("nova secgroup-add-group-rule web web tcp 22 22")).toEqual([
      ["tcp", "22", "22", "", "web"],
    ]);
    expect(rows("nova secgroup-list-rules web")).toHaveLength(2);
    expect(rows("nova secgroup-delete-rule web tcp 80 81 0.0.0.0/0")).toEqual([rule]);
    lines("nova secgroup-delete-group-rule web web tcp 22 22");
    expect(rows("nova secgroup-list-rules web")).toEqual([]);
    expect(refused("nova secgroup-delete-rule web tcp 80 81 0.0.0.0/0")).toContain(
      "Rule not found",
    );
    expect(refused("nova secgroup-add-rule web moon 1 2 0.0.0.0/0")).toContain(
      "Ip protocol must be 'tcp', 'udp', or 'icmp'.",
    );
    expect(rows("nova secgroup-update web www more")[0]?.slice(1)).toEqual(["www", "more"]);
    expect(rows("nova secgroup-delete www")[0]?.slice(1)).toEqual(["www", "more"]);
  });

  it("of every new group are not known to Neutron's driver", () => {
    expect(refused("nova secgroup-list-default-rules")).toContain(
      "Network driver does not support this function. (HTTP 501)",
    );
  });
});

describe("about networks and addresses", () => {
  it("net-list shows what has no addresses of Nova's", () => {
    const [[id = "", label, cidr] = []] = rows("nova net-list");
    expect([label, cidr]).toEqual(["private", "None"]);
    expect(rows(`nova net ${id}`)).toContainEqual(["label", "private"]);
    expect(refused(`nova network-disassociate ${id}`)).toContain(
      "Disassociate network is not implemented by the configured Network API",
    );
    expect(refused("nova net-create a 10.0.0.0/24")).toContain("Create networks failed (HTTP 503)");
  });

  it("floating-ip-bulk-* and fixed-ip-* work on tables of Nova's own", () => {
    lines("nova floating-ip-bulk-create 172.24.4.1 --pool p");
    expect(rows("nova floating-ip-bulk-list")).toEqual([["-", "172.24.4.1", "-", "p", "eth0"]]);
    lines("nova floating-ip-bulk-delete 172.24.4.1");
    expect(rows("nova floating-ip-bulk-list")).toEqual([]);
    expect(refused("nova fixed-ip-get 10.0.0.9")).toContain("Fixed ip not found");
  });
});

describe("about what one may have", () => {
  it("quota-class-update changes what quota-defaults shows", () => {
    lines("nova quota-class-update default --instances 7");
    expect(rows("nova quota-class-show default")[0]).toEqual(["instances", "7"]);
    expect(rows("nova quota-defaults")[0]).toEqual(["instances", "7"]);
  });

  it("rate-limits has no rows, and list-extensions the first line of each", () => {
    expect(rows("nova rate-limits")).toEqual([]);
    const extensions = rows("nova list-extensions");
    expect(extensions).toContainEqual([
      "AdminActions",
      "Enable admin-only server actions...",
      "os-admin-actions",
      "2011-09-20T00:00:00Z",
    ]);
  });
});
