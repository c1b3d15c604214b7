import { describe, expect, it } from "vitest";
import { FakeCloud, SERVER, TENANT } from "./fake-cloud.js";

describe("a login", () => {
  it("is repeated once when a service answers 401, with the tenant's id instead of its name", () => {
    const cloud = new FakeCloud();
    cloud.fail("GET /servers", 401, "unauthorized", "expired");
    expect(cloud.run("nova show t2").exit).toBe(0);
    expect(cloud.requests.slice(0, 5)).toEqual([
      "POST /v2.0/tokens",
      "GET /servers?name=t2",
      "POST /v2.0/tokens",
      "GET /servers?name=t2",
      `GET /servers/${SERVER}`,
    ]);
    expect(cloud.bodies[1]).toHaveProperty("auth.tenantId");
    expect(cloud.bodies[1]).not.toHaveProperty("auth.tenantName");
  });

  it("is not repeated a second time", () => {
    const cloud = new FakeCloud();
    cloud.rejecting = true;
    expect(cloud.run("nova list")).toEqual({
      stdout: "",
      stderr: "ERROR (Unauthorized): Unauthorized (HTTP 401)\n",
      exit: 1,
    });
    expect(cloud.requests.filter((line) => line.startsWith("POST"))).toHaveLength(2);
  });

  it("is spared by a token and an endpoint of one's own, until the token is refused", () => {
    const cloud = new FakeCloud();
    cloud.valid = "mine";
    const line = `nova --os-auth-token mine --bypass-url http://controller:8774/v2/${TENANT} list`;
    expect(cloud.run(line).exit).toBe(0);
    expect(cloud.requests).toEqual(["GET /servers/detail"]);
    cloud.valid = "another";
    expect(cloud.run(line).exit).toBe(0);
    expect(cloud.requests[2]).toBe("POST /v2.0/tokens");
  });

  it("that fails is told in novaclient's words", () => {
    const cloud = new FakeCloud();
    expect(cloud.run("nova --os-password wrong list")).toEqual({
      stdout: "",
      stderr: "ERROR (CommandError): Invalid OpenStack Nova credentials.\n",
      exit: 1,
    });
  });

  it("looks the endpoint up by region and refuses to guess among several", () => {
    const cloud = new FakeCloud();
    cloud.extraEndpoints = [{ region: "RegionTwo", publicURL: "http://elsewhere:8774/v2/x" }];
    expect(cloud.run("nova list").stdout).toBe(
      "Found more than one valid endpoint. Use a more restrictive filter\n",
    );
    expect(cloud.run("nova --os-region-name regionone list").exit).toBe(0);
    expect(cloud.run("OS_REGION_NAME=Mars nova list")).toEqual({
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
    const cloud = new FakeCloud();
    const { stderr, exit } = cloud.run(`${assignment} nova list`);
    expect(exit).toBe(1);
    expect(stderr.startsWith(`ERROR (CommandError): ${message}`)).toBe(true);
    expect(cloud.requests).toEqual([]);
  });
});

describe("a request", () => {
  it("carries the project and the client's name", () => {
    const cloud = new FakeCloud();
    cloud.run("OS_TENANT_NAME=demo nova list");
    expect(cloud.headers.at(-1)).toEqual({
      "x-auth-project-id": "demo",
      "x-auth-token": "token-1",
      "user-agent": "python-novaclient",
      accept: "application/json",
    });
    expect(cloud.bodies[0]).toHaveProperty("auth.tenantName", "demo");
  });

  it("to nobody fails as the requests library says", () => {
    const cloud = new FakeCloud();
    cloud.nova.stop();
    const { stderr, exit } = cloud.run("nova list");
    expect(exit).toBe(1);
    expect(stderr).toMatch(
      /^ERROR \(ConnectionError\): HTTPConnectionPool\(host='controller', port=8774\): Max retries exceeded with url: \/v2\/\w+\/servers\/detail \(Caused by <class 'socket\.error'>: \[Errno 111\] Connection refused\)\n$/,
    );
  });

  it("takes part in --timings", () => {
    const lines = new FakeCloud().run("nova --timings shelve t2").stdout.split("\n");
    expect(lines[3]).toMatch(/^\| POST http:\/\/controller:5000\/v2\.0\/tokens +\| 0\.0\d+ +\|$/);
    expect(lines.at(-3)).toMatch(/^\| Total +\| 0\.0\d+ +\|$/);
  });
});
