import { describe, expect, it } from "vitest";
import { NovaApi } from "../../src/clients/index.js";
import { minutes } from "../../src/kernel/index.js";
import { ADMIN, Bed } from "./bed.js";

const empty = (options: ConstructorParameters<typeof Bed>[0] = {}) =>
  new Bed({ servers: [], ...options });

describe("a login", () => {
  it("is repeated once when a service answers 401, with the tenant's id instead of its name", () => {
    const bed = new Bed();
    const nova = new NovaApi(bed.env, ADMIN, () => undefined);
    bed.do(nova.services());
    bed.mark();
    // Tokens live for an hour.
    bed.cloud.advance(minutes(61));
    bed.do(nova.show("t2"));
    expect(bed.requests).toEqual([
      "GET /servers?name=t2",
      "POST /v2.0/tokens",
      "GET /servers?name=t2",
      `GET /servers/${bed.server}`,
    ]);
    expect(bed.bodies).toEqual([
      {
        auth: {
          passwordCredentials: { username: "admin", password: "secret" },
          tenantId: bed.tenant,
        },
      },
    ]);
  });

  it("is not repeated a second time", () => {
    const wrong = { keystone_authtoken: { admin_password: "wrong" } };
    const bed = empty({ flags: { "nova-api": wrong } });
    const { stderr, exit } = bed.run("nova list");
    expect(stderr).toMatch(
      /^ERROR \(Unauthorized\): Unauthorized \(HTTP 401\) \(Request-ID: \S+\)\n$/,
    );
    expect(exit).toBe(1);
    expect(bed.requests.filter((line) => line.startsWith("POST"))).toHaveLength(2);
  });

  it("is spared by a token and an endpoint of one's own, until the token is refused", () => {
    const bed = empty();
    const list = (token: string): string[] => {
      bed.mark();
      const url = `http://controller:8774/v2/${bed.tenant}`;
      expect(bed.run(`nova --os-auth-token ${token} --bypass-url ${url} list`).exit).toBe(0);
      return bed.requests;
    };
    expect(list(bed.login())).toEqual(["GET /servers/detail"]);
    expect(list("mine")).toEqual([
      "GET /servers/detail",
      "POST /v2.0/tokens",
      "GET /servers/detail",
    ]);
  });

  it("that fails is told in novaclient's words", () => {
    expect(empty().run("nova --os-password wrong list")).toEqual({
      stdout: "",
      stderr: "ERROR (CommandError): Invalid OpenStack Nova credentials.\n",
      exit: 1,
    });
  });

  it("looks the endpoint up by region and refuses to guess among several", () => {
    const bed = empty();
    const admin = "http://controller:35357/v2.0";
    const { body } = bed.http("GET", `${admin}/OS-KSADM/services`);
    const services = (body as { "OS-KSADM:services": { id: string; type: string }[] })[
      "OS-KSADM:services"
    ];
    const service_id = services.find(({ type }) => type === "compute")!.id;
    const url = "http://elsewhere:8774/v2/x";
    bed.http("POST", `${admin}/endpoints`, {
      endpoint: {
        region: "RegionTwo",
        service_id,
        publicurl: url,
        internalurl: url,
        adminurl: url,
      },
    });
    expect(bed.run("nova list").stdout).toBe(
      "Found more than one valid endpoint. Use a more restrictive filter\n",
    );
    expect(bed.run("nova --os-region-name regionone list").exit).toBe(0);
    expect(bed.run("OS_REGION_NAME=Mars nova list")).toEqual({
      stdout: "Could not find any suitable endpoint. Correct region?\n",
      stderr: "ERROR (EndpointNotFound): \n",
      exit: 1,
    });
  });

  it.each([
    ["OS_USERNAME=", "You must provide a username or user id"],
    ["OS_TENANT_NAME=''", "You must provide a tenant name or tenant id"],
    ["OS_AUTH_URL=", "You must provide an auth url"],
    ["OS_PASSWORD=", "Expecting a password"],
  ])("without %s is not tried", (assignment, message) => {
    const bed = empty();
    const { stderr, exit } = bed.run(`${assignment} nova list`);
    expect(exit).toBe(1);
    expect(stderr.startsWith(`ERROR (CommandError): ${message}`)).toBe(true);
    expect(bed.requests).toEqual([]);
  });
});

describe("a request", () => {
  it("carries the project and the client's name", () => {
    const bed = empty();
    bed.run("OS_USERNAME=demo OS_TENANT_NAME=demo nova list");
    const { "x-auth-token": token, ...headers } = bed.headers.at(-1)!;
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(headers).toEqual({
      "x-auth-project-id": "demo",
      "user-agent": "python-novaclient",
      accept: "application/json",
    });
    expect(bed.bodies[0]).toHaveProperty("auth.tenantName", "demo");
  });

  it("to nobody fails as the requests library says", () => {
    const bed = empty();
    bed.cloud.stop("nova-api@controller");
    const { stderr, exit } = bed.run("nova list");
    expect(exit).toBe(1);
    expect(stderr).toMatch(
      /^ERROR \(ConnectionError\): HTTPConnectionPool\(host='controller', port=8774\): Max retries exceeded with url: \/v2\/\w+\/servers\/detail \(Caused by <class 'socket\.error'>: \[Errno 111\] Connection refused\)\n$/,
    );
  });

  it("takes part in --timings", () => {
    const lines = new Bed().run("nova --timings shelve t2").stdout.split("\n");
    expect(lines[3]).toMatch(/^\| POST http:\/\/controller:5000\/v2\.0\/tokens +\| 0\.0\d+ +\|$/);
    expect(lines.at(-3)).toMatch(/^\| Total +\| 0\.\d+ +\|$/);
  });
});
