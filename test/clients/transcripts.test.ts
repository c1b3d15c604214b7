/** The console sessions of 2014, as the client prints them now. */
import { describe, expect, it } from "vitest";
import { Bed } from "./bed.js";

const HEADERS = `-H "Accept: application/json" -H "Content-Type: application/json" -H "User-Agent: python-novaclient"`;
const SERVER = "00be783d-bef5-46b1-bfdc-316618c76e92";
const REQUEST = "req-4be7dc9a-21da-4050-9310-3ee58ca93569";
const DATE = "Thu, 18 Sep 2014 04:03:09 GMT";

const novaAt = ({ tenant }: Bed): string => `http://controller:8774/v2/${tenant}`;

/** A session with `nova --debug boot`, by a user whose cloud has no server yet. */
function booted() {
  const bed = new Bed({ servers: [] });
  const nic = `--nic net-id=${bed.network}`;
  const result = bed.run(`nova --debug boot t3 --flavor m1.nano --image ${bed.image} ${nic}`);
  return { bed, ...result };
}

/** What differs from run to run by what was recorded. */
const asRecorded = (text: string): string =>
  text
    .replace(/\{SHA1\}[0-9a-f]{40}/g, "{SHA1}6d5f5c4a8a8e1b1f")
    .replace(/req-[0-9a-f-]{36}/g, REQUEST)
    .replace(/\w{3}, \d\d Sep 2014 \d\d:\d\d:\d\d GMT/g, DATE);

const TOKEN = "{SHA1}6d5f5c4a8a8e1b1f";

const traced = (stderr: string, what: string): string[] =>
  stderr.split("\n").filter((line) => line.startsWith(what));

describe("T1: nova --debug boot", () => {
  it("asks for a token, image, flavor and server, with the look-ups of a flavor by name", () => {
    const { bed } = booted();
    expect(bed.requests).toEqual([
      "POST /v2.0/tokens",
      `GET /images/${bed.image}`,
      "GET /flavors/m1.nano",
      "GET /flavors?is_public=None",
      "GET /flavors?is_public=None",
      "GET /flavors/42",
      "POST /servers",
      `GET /servers/${bed.id("server", "t3")}`,
      "GET /flavors/42",
      `GET /images/${bed.image}`,
    ]);
  });

  it("prints the create request with the recorded headers and order of keys", () => {
    const { bed, stderr } = booted();
    const [create = ""] = traced(stderr, "REQ").filter((line) =>
      line.includes("/servers' -X POST"),
    );
    expect(asRecorded(create)).toBe(
      `REQ: curl -i '${novaAt(bed)}/servers' -X POST ${HEADERS} -H "X-Auth-Project-Id: admin" -H "X-Auth-Token: ${TOKEN}" ` +
        `-d '{"server": {"name": "t3", "imageRef": "${bed.image}", "flavorRef": "42", "max_count": 1, "min_count": 1, "networks": [{"uuid": "${bed.network}"}]}}'`,
    );
  });

  it("shows neither password nor token, but their SHA-1", () => {
    const { bed, stderr } = booted();
    const { "x-auth-token": token = "" } = bed.headers.at(-1)!;
    expect(token).not.toBe("");
    expect(stderr).not.toContain(token);
    expect(stderr).not.toContain("secret");
    expect(traced(stderr, "REQ")[0]).toBe(
      `REQ: curl -i 'http://controller:5000/v2.0/tokens' -X POST ${HEADERS} ` +
        `-d '{"auth": {"tenantName": "admin", "passwordCredentials": {"username": "admin", "password": "{SHA1}e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4"}}}'`,
    );
    expect(traced(stderr, "RESP BODY")[0]).toMatch(/"id": "\{SHA1\}[0-9a-f]{40}"/);
  });

  it("prints the new server as a table of properties, password included", () => {
    const { bed, stdout, exit } = booted();
    expect(exit).toBe(0);
    expect(stdout).toMatch(/\| adminPass {28}\| \w{12} /);
    expect(stdout).toContain("| flavor                               | m1.nano (42) ");
    expect(stdout).toContain(`| image                                | cirros (${bed.image}) |`);
    expect(stdout).toContain("| security_groups                      | default ");
    expect(stdout).toContain("| status                               | BUILD ");
    expect(stdout).not.toMatch(/links|addresses/);
  });
});

describe("T2: nova list", () => {
  it("prints the recorded table", () => {
    const bed = new Bed();
    const stdout = bed.run("nova list").stdout.replace(bed.server, SERVER);
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
    const bed = new Bed();
    expect(bed.run("nova shelve t2")).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect(bed.requests).toEqual([
      "POST /v2.0/tokens",
      "GET /servers?name=t2",
      `GET /servers/${bed.server}`,
      `POST /servers/${bed.server}/action`,
    ]);
    expect(bed.bodies.at(-1)).toEqual({ shelve: null });
  });

  it("prints the action and its answer as recorded", () => {
    const bed = new Bed();
    const { stderr } = bed.run("nova --debug shelve t2");
    expect(asRecorded(stderr).split("\n").slice(-5)).toEqual([
      `REQ: curl -i '${novaAt(bed)}/servers/${bed.server}/action' -X POST ${HEADERS} -H "X-Auth-Project-Id: admin" -H "X-Auth-Token: ${TOKEN}" -d '{"shelve": null}'`,
      `RESP: [202] CaseInsensitiveDict({'date': '${DATE}', 'content-length': '0', 'content-type': 'text/html; charset=UTF-8', 'x-compute-request-id': '${REQUEST}'})`,
      "RESP BODY: null",
      "",
      "",
    ]);
  });

  it("has companions that ask for actions of their own", () => {
    const bed = new Bed({ flags: { shelved_offload_time: -1 } });
    for (const [command, action] of [
      ["shelve", "shelve"],
      ["shelve-offload", "shelveOffload"],
      ["unshelve", "unshelve"],
    ] as const) {
      bed.mark();
      const line = `nova ${command} ${bed.server}`;
      expect(bed.run(line), line).toEqual({ stdout: "", stderr: "", exit: 0 });
      expect(bed.bodies.at(-1)).toEqual({ [action]: null });
      expect(bed.requests[1]).toBe(`GET /servers/${bed.server}`);
      bed.cloud.settle();
    }
  });
});
