/** The console sessions of 2014, as the client prints them now. */
import { describe, expect, it } from "vitest";
import { FakeCloud, IMAGE, NETWORK, NEW_SERVER, REQUEST, SERVER, TENANT } from "./fake-cloud.js";

const NOVA = `http://controller:8774/v2/${TENANT}`;
const HEADERS = `-H "Accept: application/json" -H "Content-Type: application/json" -H "User-Agent: python-novaclient"`;
const BOOT = `nova --debug boot t3 --flavor m1.nano --image ${IMAGE} --nic net-id=${NETWORK}`;

/** The SHA-1 of "token-1". */
const TOKEN = "{SHA1}6d5f5c4a8a8e1b1f";

const traced = (stderr: string, what: string): string[] =>
  stderr.split("\n").filter((line) => line.startsWith(what));

describe("T1: nova --debug boot", () => {
  it("asks for a token, image, flavor and server, with the look-ups of a flavor by name", () => {
    const cloud = new FakeCloud();
    cloud.run(BOOT);
    expect(cloud.requests).toEqual([
      "POST /v2.0/tokens",
      `GET /images/${IMAGE}`,
      "GET /flavors/m1.nano",
      "GET /flavors?is_public=None",
      "GET /flavors?is_public=None",
      "GET /flavors/42",
      "POST /servers",
      `GET /servers/${NEW_SERVER}`,
      "GET /flavors/42",
      `GET /images/${IMAGE}`,
    ]);
  });

  it("prints the create request with the recorded headers and order of keys", () => {
    const cloud = new FakeCloud();
    const { stderr } = cloud.run(BOOT);
    const [create = ""] = traced(stderr, "REQ").filter((line) =>
      line.includes("/servers' -X POST"),
    );
    const shown = create.replace(/\{SHA1\}[0-9a-f]{40}/, TOKEN);
    expect(shown).toBe(
      `REQ: curl -i '${NOVA}/servers' -X POST ${HEADERS} -H "X-Auth-Project-Id: admin" -H "X-Auth-Token: ${TOKEN}" ` +
        `-d '{"server": {"name": "t3", "imageRef": "${IMAGE}", "flavorRef": "42", "max_count": 1, "min_count": 1, "networks": [{"uuid": "${NETWORK}"}]}}'`,
    );
  });

  it("shows neither password nor token, but their SHA-1", () => {
    const { stderr } = new FakeCloud().run(BOOT);
    expect(stderr).not.toMatch(/secret|token-1/);
    expect(traced(stderr, "REQ")[0]).toBe(
      `REQ: curl -i 'http://controller:5000/v2.0/tokens' -X POST ${HEADERS} ` +
        `-d '{"auth": {"tenantName": "admin", "passwordCredentials": {"username": "admin", "password": "{SHA1}e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4"}}}'`,
    );
    expect(traced(stderr, "RESP BODY")[0]).toMatch(/"id": "\{SHA1\}[0-9a-f]{40}"/);
  });

  it("prints the new server as a table of properties, password included", () => {
    const { stdout, exit } = new FakeCloud().run(BOOT);
    expect(exit).toBe(0);
    expect(stdout).toContain("| adminPass                            | pOGK5Pz5Yasd ");
    expect(stdout).toContain("| flavor                               | m1.nano (42) ");
    expect(stdout).toContain(`| image                                | cirros (${IMAGE}) |`);
    expect(stdout).toContain("| private network                      | 192.168.1.82 ");
    expect(stdout).toContain("| security_groups                      | default ");
    expect(stdout).not.toMatch(/links|addresses/);
  });
});

describe("T2: nova list", () => {
  it("prints the recorded table", () => {
    const { stdout } = new FakeCloud().run("nova list");
    const line =
      "+--------------------------------------+------+--------+------------+-------------+----------------------+";
    expect(stdout.split("\n")).toEqual([
      line,
      "| ID                                   | Name | Status | Task State | Power State | Networks             |",
      line,
      "| 00be783d-bef5-46b1-bfdc-316618c76e92 | t2   | ACTIVE | -          | Running     | private=192.168.1.82 |",
      line,
      "",
    ]);
  });
});

describe("T3: nova --debug shelve", () => {
  it("asks for a token, the servers of that name, that server and the action", () => {
    const cloud = new FakeCloud();
    const result = cloud.run("nova shelve t2");
    expect(result).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect(cloud.requests).toEqual([
      "POST /v2.0/tokens",
      "GET /servers?name=t2",
      `GET /servers/${SERVER}`,
      `POST /servers/${SERVER}/action`,
    ]);
    expect(cloud.bodies.at(-1)).toEqual({ shelve: null });
  });

  it("prints the action and its answer as recorded", () => {
    const { stderr } = new FakeCloud().run("nova --debug shelve t2");
    const lines = stderr.replace(/\{SHA1\}[0-9a-f]{40}/g, TOKEN).split("\n");
    const date = "Thu, 18 Sep 2014 04:03:09 GMT";
    expect(lines.slice(-5)).toEqual([
      `REQ: curl -i '${NOVA}/servers/${SERVER}/action' -X POST ${HEADERS} -H "X-Auth-Project-Id: admin" -H "X-Auth-Token: ${TOKEN}" -d '{"shelve": null}'`,
      `RESP: [202] CaseInsensitiveDict({'date': '${date}', 'content-length': '0', 'content-type': 'text/html; charset=UTF-8', 'x-compute-request-id': '${REQUEST}'})`,
      "RESP BODY: null",
      "",
      "",
    ]);
  });

  it.each([
    ["unshelve", "unshelve"],
    ["shelve-offload", "shelveOffload"],
  ])("%s asks for the action %s", (command, action) => {
    const cloud = new FakeCloud();
    expect(cloud.run(`nova ${command} ${SERVER}`)).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect(cloud.bodies.at(-1)).toEqual({ [action]: null });
    expect(cloud.requests[1]).toBe(`GET /servers/${SERVER}`);
  });
});
