/**
 * `neutron` against a whole cloud: what it asks, what it prints. Upstream: python-neutronclient 2.3.9,
 * neutronclient/neutron/v2_0/*.py; cliff 1.7.0 for the tables.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { Cloud } from "../../../src/cloud/cloud.js";

let cloud: Cloud;

beforeEach(() => {
  cloud = new Cloud();
});

const demo = (line: string) => cloud.user("demo").command(line);
const admin = (line: string) => cloud.user("admin").command(line);

/** The requests of a user's `line`, after the login, and their bodies. */
function asked(line: string, run = demo): string[] {
  const from = cloud.timeline.entries.length;
  run(line);
  return cloud.timeline.entries.slice(from).flatMap((entry) => {
    if (entry.kind !== "rest.request" || !entry.from.includes("client")) return [];
    if (entry.to.startsWith("keystone")) return [];
    const body = entry.body === null ? "" : ` ${JSON.stringify(entry.body)}`;
    return [`${entry.method} ${entry.path}${body}`];
  });
}

/** The cells of a table, without its frame. */
const cells = (stdout: string): string[][] =>
  stdout
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

const id = (kind: string, name: string): string => cloud.id(kind, name) ?? "";
const value = (line: string): string => demo(`${line} -c id -f value`).stdout.trim();

describe("a login", () => {
  it("looks for Keystone, then asks for a token, then looks into the catalog", () => {
    demo("neutron net-list -c id");
    const sent = cloud.timeline.entries.flatMap((entry) =>
      entry.kind === "rest.request" && entry.from.includes("client")
        ? [`${entry.method} ${entry.path} ${entry.headers["user-agent"] ?? ""}`]
        : [],
    );
    expect(sent.slice(0, 3)).toEqual([
      "GET /v2.0 python-keystoneclient",
      "POST /v2.0/tokens python-keystoneclient",
      "GET /v2.0/networks.json python-neutronclient",
    ]);
  });

  it.each([
    [
      "--os-username '' --os-auth-url x",
      /^You must provide a username or user ID via {2}--os-user/,
    ],
    ["--os-password ''", /^You must provide a password via either --os-password or env\[OS_PASS/],
    ["--os-tenant-name ''", /^You must provide a project_id or project_name \(with project_domain/],
    ["--os-auth-url ''", /^You must provide an auth url via either --os-auth-url or via env\[OS_A/],
    ["--os-token t", /^You must provide a service URL via either --os-url or env\[OS_URL\]\n$/],
    ["--os-url u", /^You must provide a token via either --os-token or env\[OS_TOKEN\]\n$/],
    ["--os-password wrong", /^The request you have made requires authentication\. \(HTTP 401\)/],
    [
      "--os-region-name mars",
      /^publicURL endpoint for network service in mars region not found\n$/,
    ],
    ["--os-service-type net", /^publicURL endpoint for net service not found\n$/],
    [
      "--os-auth-url http://controller:1/v2.0",
      /^Unable to establish connection to http:\/\/controller:1\/v2\.0\/tokens\n$/,
    ],
    ["--os-auth-url http://controller:1", /^Unable to determine the Keystone version to authent/],
  ])("with %s ends in %s", (options, words) => {
    // A variable that is empty counts as none, and so does an option.
    const named = `OS_USERNAME= OS_PASSWORD= OS_TENANT_NAME= OS_AUTH_URL=`;
    const rest = Object.entries({
      "--os-username": "demo",
      "--os-password": "secret",
      "--os-tenant-name": "demo",
      "--os-auth-url": "http://controller:5000/v2.0",
    }).flatMap(([name, text]) => (options.includes(`${name} `) ? [] : [`${name} ${text}`]));
    const { stderr, exit } = demo(`${named} neutron ${rest.join(" ")} ${options} net-list`);
    expect(stderr).toMatch(words);
    expect(exit).toBe(1);
  });

  it("with a root URL takes version 2.0 of Keystone", () => {
    expect(demo("neutron --os-auth-url http://controller:5000/ net-list").exit).toBe(0);
  });
});

describe("neutron net-list", () => {
  it("looks up the addresses of the subnets that it lists", () => {
    const subnet = value("neutron subnet-show private-subnet");
    expect(asked("neutron net-list")).toEqual([
      "GET /v2.0/networks.json",
      `GET /v2.0/subnets.json?fields=id&fields=cidr&id=${subnet}`,
    ]);
    expect(cells(demo("neutron net-list").stdout)).toEqual([
      ["id", "name", "subnets"],
      [id("network", "private"), "private", `${subnet} 192.168.1.0/24`],
    ]);
  });

  it("sends filters, fields, order and size on", () => {
    expect(
      asked(
        "neutron net-list -F id -F name --sort-key name --sort-key id --sort-dir desc -P 5 -D",
      )[0],
    ).toBe(
      "GET /v2.0/networks.json?sort_key=name&sort_key=id&fields=id&fields=name&limit=5&" +
        "verbose=True&sort_dir=desc&sort_dir=asc",
    );
    expect(asked("neutron net-list --name x --shared type=bool true")[0]).toBe(
      "GET /v2.0/networks.json?shared=True&name=x",
    );
    expect(asked("neutron net-list -c id -- --id a b")[0]).toBe(
      "GET /v2.0/networks.json?id=a&id=b",
    );
  });

  it("prints an empty line for nothing, and refuses columns that are not there", () => {
    expect(demo("neutron net-list --name nobody").stdout).toBe("\n");
    expect(demo("neutron net-list --name nobody -c nothing").stdout).toBe("\n");
    expect(demo("neutron net-list -c nothing")).toMatchObject({
      exit: 1,
      stderr: "No recognized column names in [u'nothing']\n",
    });
  });

  it("writes csv with texts in quotes", () => {
    expect(demo("neutron net-list -f csv -c name -c shared").stdout).toBe(
      '"name","shared"\n"private",True\n',
    );
    expect(demo("neutron net-list -f csv -c name --quote minimal").stdout).toBe("name\nprivate\n");
  });

  it("lists external networks only with a filter of its own", () => {
    expect(asked("neutron net-external-list")[0]).toBe(
      "GET /v2.0/networks.json?router%3Aexternal=True",
    );
  });
});

describe("a network", () => {
  it("is made, changed, shown and deleted by name", () => {
    const made = demo("neutron net-create n1 --admin-state-down");
    expect(made.stdout.split("\n")[0]).toBe("Created a new network:");
    expect(cells(made.stdout).slice(0, 2)).toEqual([
      ["Field", "Value"],
      ["admin_state_up", "False"],
    ]);
    const n1 = id("network", "n1");
    expect(asked("neutron net-update n1 --admin_state_up type=bool True")).toEqual([
      "GET /v2.0/networks.json?fields=id&name=n1",
      `PUT /v2.0/networks/${n1}.json {"network":{"admin_state_up":true}}`,
    ]);
    expect(demo("neutron net-update n1 --name n2").stdout).toBe("Updated network: n1\n");
    expect(demo(`neutron net-show ${n1} -F name -f shell --prefix net_`).stdout).toBe(
      'net_name="n2"\n',
    );
    expect(demo("neutron net-delete n2").stdout).toBe("Deleted network: n2\n");
  });

  it("may have a tenant of its own, and what else a user says", () => {
    const line = "neutron net-create n1 --shared --tenant-id t --provider:network_type local";
    expect(asked(line, admin)).toEqual([
      'POST /v2.0/networks.json {"network":{"name":"n1","admin_state_up":true,"shared":true,' +
        '"tenant_id":"t","provider:network_type":"local"}}',
    ]);
  });

  it("is not found, or found more than once", () => {
    const { stderr, exit } = demo("neutron net-show nobody");
    expect([stderr, exit]).toEqual(["Unable to find network with name 'nobody'\n", 1]);
    const nowhere = "11111111-1111-1111-1111-111111111111";
    expect(asked(`neutron net-delete ${nowhere}`)).toEqual([
      `GET /v2.0/networks.json?fields=id&id=${nowhere}`,
      `GET /v2.0/networks.json?fields=id&name=${nowhere}`,
    ]);
    demo("neutron net-create twin");
    demo("neutron net-create twin");
    expect(demo("neutron net-show twin").stderr).toBe(
      "Multiple network matches found for name 'twin', use an ID to be more specific.\n",
    );
  });

  it("cannot be changed to nothing", () => {
    expect(demo("neutron net-update private").stderr).toBe(
      "Must specify new values to update network\n",
    );
  });

  // neutronclient 2.3.9 lets keystoneclient's session raise before it looks at the body.
  it("that is refused is refused without Neutron's words", () => {
    const { stderr, exit } = demo("neutron net-create n1 --colour red");
    expect(stderr).toMatch(/^Bad Request \(HTTP 400\) \(Request-ID: req-\S+\)\n$/);
    expect(exit).toBe(1);
    expect(admin("neutron net-delete private").exit).toBe(0);
  });
});

describe("a subnet", () => {
  it("is made with what the options say", () => {
    demo("neutron net-create n1");
    const line =
      "neutron subnet-create n1 10.9.0.0/24 --name s1 --gateway 10.9.0.3 --disable-dhcp " +
      "--allocation-pool start=10.9.0.5,end=10.9.0.9 --host-route destination=10.8.0.0/24,nexthop=10.9.0.4 " +
      "--dns-nameserver 8.8.8.8 --dns-nameserver 8.8.4.4";
    expect(asked(line).at(-1)).toBe(
      'POST /v2.0/subnets.json {"subnet":{"cidr":"10.9.0.0/24",' +
        `"network_id":"${id("network", "n1")}","ip_version":4,"gateway_ip":"10.9.0.3","name":"s1",` +
        '"enable_dhcp":false,"allocation_pools":[{"start":"10.9.0.5","end":"10.9.0.9"}],' +
        '"host_routes":[{"destination":"10.8.0.0/24","nexthop":"10.9.0.4"}],' +
        '"dns_nameservers":["8.8.8.8","8.8.4.4"]}}',
    );
    expect(cells(demo("neutron subnet-list --name s1").stdout)[1]?.slice(1)).toEqual([
      ...["s1", "10.9.0.0/24", '{"start": "10.9.0.5", "end": "10.9.0.9"}'],
    ]);
    expect(demo("neutron subnet-update s1 --no-gateway").stdout).toBe("Updated subnet: s1\n");
    expect(demo("neutron subnet-show s1 -c gateway_ip -f value").stdout).toBe("\n");
  });

  it.each([
    [
      "--gateway 10.9.0.1 --no-gateway",
      "--gateway option and --no-gateway option can not be used same time\n",
    ],
    [
      "--enable-dhcp --disable-dhcp",
      "--enable-dhcp and --disable-dhcp can not be used in the same command.\n",
    ],
    ["--ipv6-ra-mode slaac", "--ipv6-ra-mode is invalid when --ip-version is 4\n"],
    ["--ipv6-address-mode slaac", "--ipv6-address-mode is invalid when --ip-version is 4\n"],
  ])("is not made with %s", (options, stderr) => {
    expect(demo(`neutron subnet-create private 10.9.0.0/24 ${options}`)).toMatchObject({
      exit: 1,
      stderr,
    });
  });

  it("of one address only is made with a warning", () => {
    expect(demo("neutron subnet-create private 10.9.0.1/32").stderr).toMatch(
      /^An IPv4 subnet with a \/32 CIDR will have only one usable IP address so .*connectivity\.\n/,
    );
  });
});

describe("a port", () => {
  it("is made with names of subnets and groups in the place of ids", () => {
    const group = value("neutron security-group-show default");
    const network = id("network", "private");
    const subnet = value("neutron subnet-show private-subnet");
    const line =
      "neutron port-create private --name p1 --fixed-ip subnet_id=private-subnet,ip_address=192.168.1.77 " +
      "--security-group default --mac-address fa:16:3e:00:00:77";
    expect(asked(line)).toEqual([
      "GET /v2.0/networks.json?fields=id&name=private",
      "GET /v2.0/subnets.json?fields=id&name=private-subnet",
      "GET /v2.0/security-groups.json?fields=id&name=default",
      `POST /v2.0/ports.json {"port":{"admin_state_up":true,"network_id":"${network}",` +
        '"mac_address":"fa:16:3e:00:00:77","name":"p1",' +
        `"fixed_ips":[{"subnet_id":"${subnet}","ip_address":"192.168.1.77"}],` +
        `"security_groups":["${group}"]}}`,
    ]);
  });

  it("may be without groups, and changed by what stands at the end", () => {
    demo("neutron port-create private --name p1 --no-security-groups");
    expect(demo("neutron port-show p1 -c security_groups -f value").stdout).toBe("\n");
    const p1 = id("port", "p1");
    const group = value("neutron security-group-show default");
    expect(asked(`neutron port-update p1 -- --security_groups list=true default`).at(-1)).toBe(
      `PUT /v2.0/ports/${p1}.json {"port":{"security_groups":["${group}"]}}`,
    );
    expect(
      asked("neutron port-update p1 --fixed-ips type=dict list=true ip_address=192.168.1.9").at(-1),
    ).toBe(`PUT /v2.0/ports/${p1}.json {"port":{"fixed_ips":[{"ip_address":"192.168.1.9"}]}}`);
    expect(demo("neutron port-delete p1").stdout).toBe("Deleted port: p1\n");
  });

  it.each(["opt_name=mtu", "mtu=1400", "opt_value=1"])("has no DHCP option %s", (option) => {
    expect(demo(`neutron port-create private --extra-dhcp-opt ${option}`).stderr).toBe(
      "Invalid --extra-dhcp-opt option, can only be: opt_name=<dhcp_option_name>,opt_value=<value>. " +
        "You can repeat this option.\n",
    );
  });
});

describe("a security group rule", () => {
  it("is made by the names of groups, listed with them, and known by its id only", () => {
    const group = value("neutron security-group-show default");
    const line =
      "neutron security-group-rule-create default --direction egress --protocol tcp " +
      "--port-range-min 22 --port-range-max 23 --remote-group-id default";
    expect(asked(line).at(-1)).toBe(
      'POST /v2.0/security-group-rules.json {"security_group_rule":{' +
        `"security_group_id":"${group}","direction":"egress","ethertype":"IPv4","protocol":"tcp",` +
        `"port_range_min":"22","port_range_max":"23","remote_group_id":"${group}"}}`,
    );
    const list = (options: string): string[] | undefined =>
      cells(demo(`neutron security-group-rule-list --protocol tcp ${options}`).stdout)[0];
    const rest = ["direction", "protocol", "remote_ip_prefix"];
    expect(list("")).toEqual(["id", "security_group", ...rest, "remote_group"]);
    expect(list("--no-nameconv")).toEqual(["id", "security_group_id", ...rest, "remote_group_id"]);
    expect(list("-c security_group -c id")).toEqual(["security_group", "id"]);
    expect(asked("neutron security-group-rule-delete mine")).toEqual([
      "DELETE /v2.0/security-group-rules/mine.json",
    ]);
    expect(demo("neutron security-group-rule-list -F id").stderr).toBe("'remote_group_id'\n");
  });

  it("belongs to a group that is made and deleted like any other thing", () => {
    expect(demo("neutron security-group-create web --description 'for all'").stdout).toMatch(
      /^Created a new security_group:\n/,
    );
    expect(demo("neutron security-group-update web --name www").stdout).toBe(
      "Updated security_group: web\n",
    );
    expect(demo("neutron security-group-delete www").stdout).toBe("Deleted security_group: www\n");
  });
});

describe("a quota", () => {
  it("is that of the user's tenant, which Neutron says, unless another one is named", () => {
    const tenant = id("project", "demo");
    expect(asked("neutron quota-show")).toEqual([
      "GET /v2.0/quotas/tenant.json",
      `GET /v2.0/quotas/${tenant}.json`,
    ]);
    expect(asked("neutron quota-update --tenant-id t --port 5 --security-group 6", admin)).toEqual([
      'PUT /v2.0/quotas/t.json {"quota":{"port":5,"security_group":6}}',
    ]);
    expect(cells(admin("neutron quota-list").stdout)[1]?.at(-1)).toBe("t");
    expect(admin("neutron quota-delete --tenant-id t").stdout).toBe("Deleted quota: t\n");
    expect(admin("neutron quota-list").stdout).toBe("\n");
  });

  it("is a number", () => {
    expect(admin("neutron quota-update --port many").stderr).toBe(
      "Quota limit for port must be an integer\n",
    );
  });

  it("stands at the right of its column", () => {
    admin("neutron quota-update --tenant-id t --port 5");
    expect(admin("neutron quota-list -c port").stdout).toBe(
      ["+------+", "| port |", "+------+", "|    5 |", "+------+", ""].join("\n"),
    );
  });
});

describe("an agent", () => {
  const agent = (): string =>
    admin("neutron agent-list -f csv --quote none -c id").stdout.split("\n")[1] ?? "";

  it("smiles while it is alive", () => {
    const [head, ...rows] = cells(admin("neutron agent-list").stdout);
    expect(head).toEqual(["id", "agent_type", "host", "alive", "admin_state_up", "binary"]);
    expect(rows.map((row) => row[3])).toEqual([":-)", ":-)"]);
    expect(demo("neutron agent-list").stdout).toBe("\n");
  });

  it("is shown, changed and deleted by its id only", () => {
    const shown = admin(`neutron agent-show ${agent()} -c configurations`).stdout;
    expect(shown).toMatch(/\| configurations \| \{ +\|\n\| {16}\| {6}"\w+": .*, +\|\n/);
    expect(admin("neutron agent-update dhcp --description x").stderr).toBe(
      "Unable to find agent with id 'dhcp'\n",
    );
    expect(admin(`neutron agent-update ${agent()} --description x`).exit).toBe(0);
    expect(asked("neutron agent-delete dhcp", admin)).toEqual(["DELETE /v2.0/agents/dhcp.json"]);
  });

  it("serves the networks that it is given", () => {
    const [dhcp = ""] = cells(admin("neutron dhcp-agent-list-hosting-net private").stdout)[1] ?? [];
    expect(admin(`neutron dhcp-agent-network-remove ${dhcp} private`).stdout).toBe(
      "Removed network private from DHCP agent\n",
    );
    expect(admin(`neutron net-list-on-dhcp-agent ${dhcp}`).stdout).toBe("\n");
    expect(admin(`neutron dhcp-agent-network-add ${dhcp} private`).stdout).toBe(
      "Added network private to DHCP agent\n",
    );
    expect(cells(admin(`neutron net-list-on-dhcp-agent ${dhcp}`).stdout)[1]?.[1]).toBe("private");
  });
});

describe("neutron ext-list", () => {
  it("names what Neutron can do, and ext-show says more about one", () => {
    expect(cells(demo("neutron ext-list").stdout)[0]).toEqual(["alias", "name"]);
    expect(demo("neutron ext-show quotas -c name -f value").stdout).toBe(
      "Quota management support\n",
    );
    expect(demo("neutron ext-show router").stderr).toMatch(/^Not Found \(HTTP 404\)/);
  });
});
