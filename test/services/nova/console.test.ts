/**
 * The consoles that nova-console makes. Upstream: nova/console/manager.py, nova/console/api.py, nova/console/xvp.py,
 * nova/api/openstack/compute/consoles.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/python/index.js";
import { WholeCloud } from "../../flows/bed.js";

const FAKE = "nova.console.fake.FakeConsoleProxy";

function booted(flags: Record<string, string> = {}): WholeCloud {
  const whole = new WholeCloud({
    services: ["nova-console"],
    flags: { console_host: "controller", ...flags },
  });
  whole.boot();
  return whole;
}

const ask = (whole: WholeCloud, method: string, item = "", body?: Json) => {
  const at = `8774/v2/{tenant}/servers/${whole.server.id}/consoles${item}`;
  const { status, body: answer } = whole.http("demo", method, at, body);
  return [status, answer];
};

const said = (whole: WholeCloud): string[] =>
  whole.texts().filter((text) => / (?:call|cast) /u.test(text));

const errors = (whole: WholeCloud): string[] =>
  whole.recent.flatMap((one) => (one.kind === "log" && one.level === "error" ? [one.message] : []));

describe("a console", () => {
  const whole = booted({ console_driver: FAKE });

  it("api.py:48, manager.py:69: is asked for behind the topic that the host says, and made when that host has said how to log in", () => {
    expect(ask(whole, "POST", "", {})).toEqual([200, null]);
    whole.rest();
    expect(said(whole)).toEqual([
      "nova-api -> nova-compute@compute-1 call get_console_topic",
      "nova-api -> nova-console cast add_console",
      "nova-console -> nova-compute@compute-1 call get_console_pool_info",
    ]);
  });

  it("consoles.py:25, :33: is listed by its type, and shown with its password and where it is", () => {
    expect(ask(whole, "GET")).toEqual([
      200,
      { consoles: [{ console: { id: 1, console_type: "fake" } }] },
    ]);
    const [status, body] = ask(whole, "GET", "/1");
    expect(status).toBe(200);
    expect(body).toEqual({
      console: {
        id: 1,
        console_type: "fake",
        password: expect.stringMatching(/^[2-9a-zA-Z]{8}$/u) as string,
        instance_name: "instance-00000001",
        port: 5999,
        host: "controller",
      },
    });
  });

  it("manager.py:75: is made once, and the host is asked once", () => {
    whole.mark();
    ask(whole, "POST");
    whole.rest();
    expect(said(whole).filter((text) => text.includes("get_console_pool_info"))).toEqual([]);
    expect(ask(whole, "GET")).toEqual([
      200,
      { consoles: [{ console: { id: 1, console_type: "fake" } }] },
    ]);
  });

  it("manager.py:93: is deleted by a cast, once", () => {
    expect(ask(whole, "DELETE", "/1")).toEqual([202, null]);
    whole.rest();
    expect(ask(whole, "GET")).toEqual([200, { consoles: [] }]);
    expect(ask(whole, "DELETE", "/1")[0]).toBe(404);
    expect(ask(whole, "GET", "/1")[0]).toBe(404);
    // consoles.py:109: int(id)
    expect(ask(whole, "GET", "/x")[0]).toBe(500);
  });

  it("nova/db/sqlalchemy/api.py:4295: is none of a server that is not there, and cannot be made for it", () => {
    const at = "8774/v2/{tenant}/servers/moon/consoles";
    expect(whole.http("demo", "GET", at).body).toEqual({ consoles: [] });
    expect(whole.http("demo", "POST", at, {}).status).toBe(404);
  });
});

describe("without what it takes", () => {
  it("xvp.py:201: the program of Xen's, there is no console, and whoever asked does not know", () => {
    const whole = booted();
    expect(ask(whole, "POST", "", {})).toEqual([200, null]);
    whole.rest();
    expect(errors(whole)).toEqual([
      expect.stringContaining("OSError: [Errno 2] No such file or directory"),
    ]);
    expect(ask(whole, "GET")).toEqual([200, { consoles: [] }]);
  });

  it("nova/compute/manager.py:1169: a nova-console on the host itself, nobody reads the message", () => {
    const whole = new WholeCloud();
    whole.boot();
    expect(ask(whole, "POST", "", {})).toEqual([200, null]);
    whole.rest();
    expect(ask(whole, "GET")).toEqual([200, { consoles: [] }]);
  });
});
