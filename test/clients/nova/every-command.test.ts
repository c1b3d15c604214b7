/**
 * Every command of python-novaclient 2.20.0 (novaclient/v1_1/shell.py and contrib) is there and is typed as it is there: its usage is
 * printed, and a line of it reaches nova-api or is refused in Juno's words. And those that nothing else tests.
 */
import { describe, expect, it } from "vitest";
import { NOVA_COMMANDS } from "../../../src/clients/nova/known-commands.js";
import { Cloud } from "../../../src/cloud/cloud.js";
import { HttpClient } from "../../../src/http/index.js";
import { ADDRESS, Bed } from "../bed.js";

const bed = new Bed({ computes: 2, seed: 5 });

const asked = (): readonly string[] => bed.requests.slice(1);

const said = (command: string): string => {
  bed.mark();
  const { stdout, stderr, exit } = bed.run(command);
  expect({ stderr, exit }).toEqual({ stderr: "", exit: 0 });
  return stdout;
};

const refused = (command: string): string => {
  bed.mark();
  const { stderr, exit } = bed.run(command);
  expect(exit).toBe(1);
  return stderr;
};

const rows = (text: string): string[][] =>
  text
    .trimEnd()
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(1)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe("nova help", () => {
  it("lists each of the 191 commands, and nothing that is not there", () => {
    const help = bed.run("nova help").stdout;
    const listed = [...help.matchAll(/^ {4}([a-z0-9-]+)(?: |$)/gmu)].map(([, name]) => name ?? "");
    expect(NOVA_COMMANDS).toHaveLength(191);
    expect(NOVA_COMMANDS.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it.each(NOVA_COMMANDS)("%s has its usage, and is done when it is typed", (name) => {
    const { stdout, stderr, exit } = bed.run(`nova help ${name}`);
    expect({ stderr, exit }).toEqual({ stderr: "", exit: 0 });
    expect(stdout).toMatch(new RegExp(`^usage: nova ${name}(?: |\\n)`, "u"));
  });

  it("nothing says that it is not simulated", () => {
    const bare = NOVA_COMMANDS.filter((name) => !["boot", "help"].includes(name)).filter((name) =>
      /not simulated|not modelled/iu.test(bed.run(`nova ${name}`).stderr),
    );
    expect(bare).toEqual([]);
  });
});

describe("machines for bare metal (novaclient/v1_1/contrib/baremetal.py, 2.20.0)", () => {
  it("are told of, listed, shown and forgotten", () => {
    const made = said("nova baremetal-node-create host 8 8192 128 aa:aa:aa:aa:aa:aa --pm_user u");
    expect(rows(made)).toContainEqual(["cpus", "8"]);
    expect(asked()).toEqual(["POST /os-baremetal-nodes"]);
    expect(rows(said("nova baremetal-node-list"))).toEqual([
      ["1", "host", "-", "8", "8192", "128", "aa:aa:aa:aa:aa:aa", "-", "u", "", "-"],
    ]);
    expect(rows(said("nova baremetal-interface-add 1 bb:bb:bb:bb:bb:bb"))).toContainEqual([
      "address",
      "bb:bb:bb:bb:bb:bb",
    ]);
    expect(rows(said("nova baremetal-interface-list 1"))).toEqual([
      ["1", "-", "-", "aa:aa:aa:aa:aa:aa"],
      ["2", "0", "0", "bb:bb:bb:bb:bb:bb"],
    ]);
    said("nova baremetal-interface-remove 1 bb:bb:bb:bb:bb:bb");
    expect(rows(said("nova baremetal-node-show 1"))).toContainEqual(["service_host", "host"]);
    expect(asked()).toEqual(["GET /os-baremetal-nodes/1"]);
    said("nova baremetal-node-delete 1");
    expect(asked()).toEqual(["GET /os-baremetal-nodes/1", "DELETE /os-baremetal-nodes/1"]);
  });
});

describe("what a cloud with Neutron and without cells refuses", () => {
  it.each([
    ["nova cell-show a", "GET /os-cells/a", "Cells is not enabled."],
    ["nova cell-capacities", "GET /os-cells/capacities", "Cells is not enabled."],
    ["nova cell-capacities --cell a", "GET /os-cells/a/capacities", "Cells is not enabled."],
    ["nova dns-domains", "GET /os-floating-ip-dns", "The server has either erred"],
    ["nova dns-delete-domain a.b", "DELETE /os-floating-ip-dns/a%252Eb", "has either erred"],
    ["nova dns-create 1.2.3.4 n d", "PUT /os-floating-ip-dns/d/entries/n", "has either erred"],
    ["nova dns-delete d n", "DELETE /os-floating-ip-dns/d/entries/n", "has either erred"],
    ["nova dns-list d --name n", "GET /os-floating-ip-dns/d/entries/n", "has either erred"],
    ["nova dns-create-public-domain d", "PUT /os-floating-ip-dns/d", "has either erred"],
    ["nova dns-create-private-domain d", "PUT /os-floating-ip-dns/d", "has either erred"],
    ["nova cloudpipe-configure 1.2.3.4 5", "PUT /os-cloudpipe/configure-project", "erred"],
    ["nova network-create a --fixed-range-v4 10.0.0.0/8", "POST /os-networks", "has either erred"],
  ])("%s", (command, request, words) => {
    expect(refused(command)).toContain(words);
    expect(asked()).toEqual([request]);
  });

  it("and what the client itself does", () => {
    expect(refused("nova dns-list d")).toBe(
      "ERROR (CommandError): You must specify either --ip or --name\n",
    );
    expect(refused("nova network-create a")).toBe(
      "ERROR (CommandError): Must specify either fixed_range_v4 or fixed_range_v6\n",
    );
  });
});

describe("what Keystone and Nova say of themselves", () => {
  it("credentials are the user and the token, wrapped at 64", () => {
    const text = said("nova credentials");
    expect(asked()).toEqual([]);
    expect(text).toMatch(/^\+-+\+-+\+\n\| User Credentials \| Value/u);
    expect(text).toMatch(/\n\| Token +\| Value/u);
    expect(Math.max(...rows(text).map(([, value = ""]) => value.length))).toBeLessThanOrEqual(64);
    expect(rows(text)).toContainEqual(["name", "admin"]);
  });

  it("endpoints are a table for each service of the catalog", () => {
    const text = said("nova endpoints");
    expect(text).toMatch(/^\| nova +\| Value/mu);
    expect(text).toMatch(/^\| keystone +\| Value/mu);
    expect(rows(text)).toContainEqual(["region", "RegionOne"]);
  });

  it("versions are those at the root of nova-api", () => {
    expect(rows(said("nova version-list")).map(([id]) => id)).toContain("v2.0");
  });
});

describe("into a guest", () => {
  it("ssh wants an address that fits, and then the program", () => {
    expect(refused("nova ssh t2")).toBe(
      "ERROR (ResourceNotFound): No address that would match network 'None' and type 'floating' of version IPv4 has been found for server 't2'.\n",
    );
    expect(refused("nova ssh t2 --network moon")).toBe(
      "ERROR (ResourceNotFound): Server 't2' is not attached to network 'moon'\n",
    );
    const { stderr, exit } = bed.run("nova ssh root@t2 --address-type fixed");
    expect({ stderr, exit }).toEqual({ stderr: "sh: 1: ssh: not found\n", exit: 0 });
  });

  // novaclient/v1_1/servers.py:699 (get_password), crypto.py, 2.20.0.
  it("get-password prints what the guest has posted, and has no openssl to decrypt it with", () => {
    const own = new Bed({ flags: { use_forwarded_for: true } });
    expect(own.run("nova get-password t2 key.pem").stdout).toBe("\n");
    const headers = { "X-Forwarded-For": ADDRESS };
    const url = "http://controller:8775/openstack/latest/password";
    const posted = own.do(
      new HttpClient(own.cloud.network, "curl").request("POST", url, { headers, body: "c2VjcmV0" }),
    );
    expect(posted.status).toBe(200);
    expect(own.run("nova get-password t2").stdout).toBe("c2VjcmV0\n");
    expect(own.run("nova get-password t2 key.pem")).toMatchObject({
      stdout: "[Errno 2] No such file or directoryFailed to decrypt:\nc2VjcmV0\n",
      exit: 0,
    });
  });

  // novaclient/v1_1/shell.py:3377, 2.20.0; the login before the @ counts more than `--login`.
  it.each([
    ["nova --debug ssh t2 --address-type fixed", /'ssh -4 -p22 {2}root@192\.168\.\S+ '$/mu],
    [
      "nova --debug ssh cirros@t2 --private --port 2222 -i key --login a --extra-opts=-v",
      /'ssh -4 -p2222 -i key cirros@192\.168\.\S+ -v'$/mu,
    ],
  ])("%s says how it starts the program", (line, command) => {
    const [traced = ""] = bed.run(line).stderr.match(/^DEBUG \(shell:3379\) .*$/mu) ?? [];
    expect(traced).toMatch(command);
  });

  it("root-password has no terminal to ask at", () => {
    expect(refused("nova root-password t2")).toMatch(/New password: ERROR \(EOFError\): \n$/u);
  });
});

describe("certificates and cloudpipes", () => {
  it("are files that are not written over", () => {
    const cloud = new Cloud({ seed: 1, services: ["nova-cert"] });
    const [own, admin] = [cloud.user("demo"), cloud.user("admin")];
    expect(own.command("nova x509-create-cert").stdout).toBe(
      "Wrote private key to pk.pem\nWrote x509 certificate to cert.pem\n",
    );
    expect(own.command("nova x509-create-cert").stderr).toBe(
      "ERROR (CommandError): Unable to write privatekey - pk.pem exists.\n",
    );
    expect(own.command("nova x509-create-cert k c").exit).toBe(0);
    expect(own.command("nova x509-get-root-cert").stdout).toBe(
      "Wrote x509 root cert to cacert.pem\n",
    );
    expect(own.command("nova x509-get-root-cert").stderr).toMatch(/cacert\.pem exists\.\n$/u);
    expect(admin.command("nova cloudpipe-list").stdout).toContain("Project Id");
    // Image 0, which there is not.
    expect(admin.command("nova cloudpipe-create p").stderr).toMatch(/could not be found/u);
  });
});
