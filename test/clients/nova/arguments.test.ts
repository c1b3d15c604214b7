/** How python-novaclient 2.20.0 reads what is typed (novaclient/v1_1/shell.py), where it is not as its help says. */
import { describe, expect, it } from "vitest";
import { Bed } from "../bed.js";

const bed = new Bed({ computes: 2, seed: 5 });

const typed = (command: string) => {
  bed.mark();
  return bed.run(command);
};

describe("options that no help tells of", () => {
  it.each([
    ["nova live-migration t2 nowhere --block_migrate --disk_over_commit", 2986],
    ["nova rebuild t2 cirros --rebuild_password secret", 1290],
    ["nova server-group-create old --policy affinity", 3884],
  ])("%s (shell.py:%s)", (command) => {
    expect(typed(command).stderr).not.toMatch(/unrecognized arguments|error:/u);
  });

  it("server-group-create takes policies before its name, as until Icehouse", () => {
    const { stdout, exit } = typed("nova server-group-create --policy anti-affinity older");
    expect(exit).toBe(0);
    expect(stdout).toMatch(/\| older \| \[u'anti-affinity'\] \|/u);
    expect(typed("nova server-group-create none").stderr).toBe(
      "ERROR (CommandError): at least one policy must be specified\n",
    );
  });
});

describe("arguments", () => {
  it("agent-create wants a hypervisor, whose default is never taken (shell.py:2819)", () => {
    const { stderr, exit } = typed("nova agent-create linux x86 7.0 http://h/agent add6bb58");
    expect(exit).toBe(2);
    expect(stderr).toContain("error: too few arguments\n");
  });

  it("secgroup-add-group-rule wants protocol and ports together (shell.py:2514)", () => {
    for (const command of ["secgroup-add-group-rule", "secgroup-delete-group-rule"]) {
      expect(typed(`nova ${command} default default tcp 1 ""`).stderr).toBe(
        "ERROR (CommandError): ip_proto, from_port, and to_port must be specified together\n",
      );
    }
  });

  it.each([
    ["", "Unable to get all access lists. Specify --flavor or --tenant"],
    ["--tenant t", "Sorry, query by tenant not supported."],
    ["--tenant t --flavor f", "Unable to filter results by both --flavor and --tenant."],
  ])("flavor-access-list %s: %s (shell.py:721, flavor_access.py:50)", (options, says) => {
    expect(typed(`nova flavor-access-list ${options}`).stderr).toBe(
      `ERROR (CommandError): ${says}\n`,
    );
  });

  it("network-list shows more of networks, and each once (shell.py:797, PrettyTable)", () => {
    const { stdout } = typed("nova network-list --fields cidr_v6,bridge");
    expect(stdout).toMatch(/\| ID +\| Label +\| Cidr \| Cidr V6 \| Bridge \|/u);
    expect(typed("nova network-list --fields label").stderr).toBe(
      "ERROR (Exception): Field names must be unique!\n",
    );
  });
});
