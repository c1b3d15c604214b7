/**
 * `neutron lb-*` against a whole cloud: what it asks, what it prints. Upstream: python-neutronclient 2.3.9,
 * neutronclient/neutron/v2_0/lb/pool.py, vip.py, member.py, healthmonitor.py, agentscheduler.py, servicetype.py.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { Cloud } from "../../../src/cloud/cloud.js";

let cloud: Cloud;

const demo = (line: string) => cloud.user("demo").command(`neutron ${line}`);
const admin = (line: string) => cloud.user("admin").command(`neutron ${line}`);
const id = (kind: string, name: string): string => cloud.id(kind, name) ?? "";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}/g;

const said = (line: string, run = demo): string => {
  const { stdout, stderr } = run(line);
  return `${stdout}${stderr}`.trimEnd().replace(UUID, (uuid) => "#".repeat(uuid.length));
};

beforeAll(() => {
  cloud = new Cloud({ services: ["neutron-lbaas-agent"] });
  demo("net-create own");
  demo("subnet-create own 10.0.0.0/24 --name own-subnet");
  demo("lb-pool-create --name web --lb-method ROUND_ROBIN --protocol HTTP --subnet-id own-subnet");
  demo("lb-vip-create web --name front --protocol-port 80 --protocol HTTP --subnet-id own-subnet");
  demo("lb-member-create web --address 10.0.0.21 --protocol-port 80 --weight 2");
  demo("lb-healthmonitor-create --delay 5 --max-retries 3 --timeout 5 --type TCP");
  cloud.settle();
});

describe("a pool", () => {
  it("is made with the words that it prints, PENDING at first", () => {
    expect(
      said(
        "lb-pool-create --name other --lb-method SOURCE_IP --protocol TCP --subnet-id own-subnet --description old",
      ),
    ).toBe(
      [
        "Created a new pool:",
        "+------------------------+--------------------------------------+",
        "| Field                  | Value                                |",
        "+------------------------+--------------------------------------+",
        "| admin_state_up         | True                                 |",
        "| description            | old                                  |",
        "| health_monitors        |                                      |",
        "| health_monitors_status |                                      |",
        "| id                     | #################################### |",
        "| lb_method              | SOURCE_IP                            |",
        "| members                |                                      |",
        "| name                   | other                                |",
        "| protocol               | TCP                                  |",
        "| provider               | haproxy                              |",
        "| status                 | PENDING_CREATE                       |",
        "| status_description     |                                      |",
        "| subnet_id              | #################################### |",
        "| tenant_id              | ################################     |",
        "| vip_id                 |                                      |",
        "+------------------------+--------------------------------------+",
      ].join("\n"),
    );
    expect(said("lb-pool-update other --name another")).toBe("Updated pool: other");
    expect(said("lb-pool-delete another")).toBe("Deleted pool: another");
  });

  it("is listed with its provider, and shown with who went through it", () => {
    expect(said("lb-pool-list")).toBe(
      [
        "+--------------------------------------+------+----------+-------------+----------+----------------+--------+",
        "| id                                   | name | provider | lb_method   | protocol | admin_state_up | status |",
        "+--------------------------------------+------+----------+-------------+----------+----------------+--------+",
        "| #################################### | web  | haproxy  | ROUND_ROBIN | HTTP     | True           | ACTIVE |",
        "+--------------------------------------+------+----------+-------------+----------+----------------+--------+",
      ].join("\n"),
    );
    expect(said("lb-pool-stats web")).toBe(
      [
        "+--------------------+-------+",
        "| Field              | Value |",
        "+--------------------+-------+",
        "| active_connections | 0     |",
        "| bytes_in           | 0     |",
        "| bytes_out          | 0     |",
        "| total_connections  | 0     |",
        "+--------------------+-------+",
      ].join("\n"),
    );
  });

  it("needs what upstream's options need, and a method that is offered", () => {
    expect(said("lb-pool-create --name x --protocol HTTP --subnet-id own-subnet")).toContain(
      "argument --lb-method is required",
    );
    expect(
      said("lb-pool-create --name x --protocol HTTP --subnet-id own-subnet --lb-method ANY"),
    ).toContain(
      "invalid choice: u'ANY' (choose from 'ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP')",
    );
    expect(said("lb-pool-show nowhere")).toBe("Unable to find pool with name 'nowhere'");
  });

  it("has an agent, which only an admin may look at", () => {
    expect(said("lb-agent-hosting-pool web", admin)).toBe(
      [
        "+--------------------------------------+------------+----------------+-------+",
        "| id                                   | host       | admin_state_up | alive |",
        "+--------------------------------------+------------+----------------+-------+",
        "| #################################### | controller | True           | :-)   |",
        "+--------------------------------------+------------+----------------+-------+",
      ].join("\n"),
    );
    expect(said(`lb-pool-list-on-agent ${id("lbaas-agent", "controller")}`, admin)).toContain(
      "| web  | ROUND_ROBIN | HTTP     | True           | ACTIVE |",
    );
    expect(said("lb-agent-hosting-pool web")).toContain("403");
    expect(said("agent-list", admin)).toContain("| Loadbalancer agent | controller");
    expect(said("service-provider-list")).toBe(
      [
        "+--------------+---------+---------+",
        "| service_type | name    | default |",
        "+--------------+---------+---------+",
        "| LOADBALANCER | haproxy | True    |",
        "+--------------+---------+---------+",
      ].join("\n"),
    );
  });
});

describe("a VIP and a member", () => {
  it("are listed by what they have: of a column that is not there nothing is said", () => {
    expect(said("lb-vip-list")).toBe(
      [
        "+--------------------------------------+-------+----------+----------+----------------+--------+",
        "| id                                   | name  | address  | protocol | admin_state_up | status |",
        "+--------------------------------------+-------+----------+----------+----------------+--------+",
        "| #################################### | front | 10.0.0.2 | HTTP     | True           | ACTIVE |",
        "+--------------------------------------+-------+----------+----------+----------------+--------+",
      ].join("\n"),
    );
    expect(said("lb-member-list")).toBe(
      [
        "+--------------------------------------+-----------+---------------+--------+----------------+--------+",
        "| id                                   | address   | protocol_port | weight | admin_state_up | status |",
        "+--------------------------------------+-----------+---------------+--------+----------------+--------+",
        "| #################################### | 10.0.0.21 |            80 |      2 | True           | ACTIVE |",
        "+--------------------------------------+-----------+---------------+--------+----------------+--------+",
      ].join("\n"),
    );
    expect(said("lb-vip-update front --connection_limit 100")).toBe("Updated vip: front");
    expect(said("lb-vip-show front -F connection_limit -F status")).toContain("| 100 ");
  });

  it("say what the client lost of Neutron's words", () => {
    expect(
      said("lb-vip-create web --name b --protocol-port 80 --protocol HTTP --subnet-id own-subnet"),
    ).toMatch(/^Internal Server Error \(HTTP 500\)/);
    expect(said("lb-member-create web --address 10.0.0.21 --protocol-port 80")).toMatch(
      /^Internal Server Error \(HTTP 500\)/,
    );
  });
});

describe("a health monitor", () => {
  it("is associated by its id, and found without a name, which it has not", () => {
    const line = demo("lb-healthmonitor-list -c id -f csv --quote none").stdout;
    const [monitor = ""] = line.match(UUID) ?? [];
    expect(said(`lb-healthmonitor-associate ${monitor} web`)).toBe(
      `Associated health monitor ${"#".repeat(36)}`,
    );
    cloud.settle();
    expect(said("lb-pool-show web -F health_monitors_status")).toContain('"status": "ACTIVE"');
    expect(said(`lb-healthmonitor-disassociate ${monitor} web`)).toBe(
      `Disassociated health monitor ${"#".repeat(36)}`,
    );
    // Neutron does not filter by what is no column, and the only one that there is comes back.
    expect(said("lb-healthmonitor-delete anything")).toBe("Deleted health_monitor: anything");
  });
});
