/** Faults of REST: what a server does, and what its callers of 2014 make of it. */
import { describe, expect, it } from "vitest";
import { Cloud, seconds, type FaultSpec } from "../../src/index.js";

const BOOT = "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";

function cloudWith(...faults: readonly FaultSpec[]): Cloud {
  const cloud = new Cloud({ seed: 1 });
  for (const fault of faults) cloud.inject(fault);
  return cloud;
}

/** Type a command line; what it printed. */
const type = (cloud: Cloud, line: string, user = "demo") => cloud.user(user).command(line);

/** Lines of the log of `actor`, with their levels. */
const logged = (cloud: Cloud, actor: string): string[] =>
  cloud.timeline.entries.flatMap((entry) =>
    entry.kind === "log" && entry.actor === actor ? [`${entry.level} ${entry.message}`] : [],
  );

/** Requests that reached `to`, `METHOD /path`. */
const asked = (cloud: Cloud, to: string): string[] =>
  cloud.timeline.entries.flatMap((entry) =>
    entry.kind === "rest.request" && entry.to === to ? [`${entry.method} ${entry.path}`] : [],
  );

/** The ports of the network that instances have. */
const ports = (cloud: Cloud): readonly object[] => {
  const { body } = cloud.run(cloud.user("admin").request("network", "GET", "/v2.0/ports"));
  const { ports: all } = body as unknown as { ports: readonly { device_owner: string }[] };
  return all.filter(({ device_owner }) => device_owner.startsWith("compute:"));
};

describe("a Glance that is unavailable", () => {
  const downloads = { path: "/v1/images/*", method: "GET", from: "compute-1" } as const;
  const RETRY = { "glance.num_retries": 1 };

  it("once, under a retry: the download is tried again a second later (nova/image/glance.py:203)", () => {
    const cloud = new Cloud({ seed: 1, flags: RETRY });
    cloud.inject({ answer: { status: 503, ...downloads } });
    expect(type(cloud, BOOT).exit).toBe(0);
    cloud.settle();
    expect(cloud.server("t1")?.status).toBe("ACTIVE");
    expect(logged(cloud, "nova-compute@compute-1")).toContain(
      "error Error contacting glance server 'controller:9292' for 'data', retrying.",
    );
  });

  it("as often as it is asked: the build fails, and there is no other host", () => {
    const cloud = new Cloud({ seed: 1, flags: RETRY });
    cloud.inject({ answer: { status: 503, times: 3, ...downloads } });
    type(cloud, BOOT);
    cloud.settle();
    const server = cloud.server("t1");
    expect(server?.status).toBe("ERROR");
    const words = logged(cloud, "nova-compute@compute-1").join("\n");
    expect(words).toContain("for 'data', done trying.");
    expect(type(cloud, "nova show t1").stdout).toContain("No valid host was found");
  });

  it("to nova-api: 500 for who boots, without a retry", () => {
    const cloud = cloudWith({
      answer: { status: 503, path: "/v1/images/*", from: "nova-api@controller", times: 9 },
    });
    const { exit, stderr } = type(cloud, BOOT);
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^ERROR \((ClientException|HTTPInternalServerError|NotFound)\)/);
  });
});

describe("a Neutron whose connection is reset", () => {
  const create = { method: "POST", path: "/v2.0/ports" } as const;
  const words =
    "Connection to neutron failed: ('Connection aborted.', error(104, 'Connection reset by peer'))";

  it("after the work: the port is there, nobody knows it, and a second host makes another", () => {
    const cloud = new Cloud({ seed: 1, computes: 2 });
    cloud.inject({ reset: { ...create, when: "after" } });
    type(cloud, BOOT);
    cloud.settle();
    expect(
      asked(cloud, "neutron-server@controller").filter((one) => one === "POST /v2.0/ports.json"),
    ).toHaveLength(2);
    expect(cloud.timeline.entries).toContainEqual(
      expect.objectContaining({
        kind: "rest.response",
        status: 0,
        error: words.replace(/^.*?: /, ""),
      }),
    );
    expect(ports(cloud)).toHaveLength(2);
  });

  it("before the work: no port is left", () => {
    const cloud = new Cloud({ seed: 1, computes: 2 });
    cloud.inject({ reset: create });
    type(cloud, BOOT);
    cloud.settle();
    expect(ports(cloud)).toHaveLength(1);
  });
});

describe("a Keystone that fails", () => {
  it("while a token is validated: 401, and the token is bad for five minutes", () => {
    // The command logs in once more when it is refused.
    const cloud = cloudWith({ answer: { status: 500, path: "/v3/auth/tokens", times: 2 } });
    const { exit, stderr } = type(cloud, "nova list");
    expect([exit, stderr]).toEqual([1, expect.stringContaining("ERROR (Unauthorized)") as string]);
  });

  it("by a reset: tried again after 0.5 s, and nobody sees it", () => {
    const cloud = cloudWith({ reset: { path: "/v3/auth/tokens" } });
    expect(type(cloud, "nova list").exit).toBe(0);
    expect(cloud.now).toBeGreaterThan(seconds(0.5));
  });

  it("at the login: the client prints its words", () => {
    const cloud = cloudWith({ answer: { status: 503, path: "/v2.0/tokens" } });
    const { exit, stderr } = type(cloud, "nova list");
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/503/) as string]);
  });
});

describe("a server's own form of an error", () => {
  it.each([
    ["compute", "/servers", { serviceUnavailable: { code: 503 } }],
    ["network", "/v2.0/networks", { NeutronError: {} }],
    ["identity", "/tenants", { error: { code: 503, title: "Service Unavailable" } }],
    ["image", "/v1/images/detail", "503 Service Unavailable"],
  ])("is what %s answers %s with", (service, path, form) => {
    const cloud = cloudWith({ answer: { status: 503, path: `*${path}`, from: "admin" } });
    const outcome = (): unknown => {
      try {
        return cloud.run(cloud.user("admin").request(service, "GET", path)).body;
      } catch (error) {
        return error;
      }
    };
    outcome();
    const struck = cloud.timeline.entries.find(
      (entry) => entry.kind === "rest.response" && entry.status === 503,
    );
    const body = struck?.kind === "rest.response" ? struck.body : undefined;
    if (typeof form === "string") expect(body).toMatch(form);
    else expect(body).toMatchObject(form);
  });

  it("may be another: a proxy's page, or JSON", () => {
    const page = "<html><body><h1>504 Gateway Time-out</h1></body></html>\n";
    const cloud = cloudWith({ answer: { status: 504, body: page, path: "*/servers/detail" } });
    const { stderr } = type(cloud, "nova list");
    expect(stderr).toContain("(HTTP 504)");
  });
});

describe("a server that is slow", () => {
  it("before its work does it later; who has stopped waiting does not learn of it", () => {
    const cloud = new Cloud({ seed: 1, flags: { "neutron.url_timeout": 5 } });
    cloud.inject({ slow: { path: "/v2.0/ports", method: "POST", by: seconds(10) } });
    type(cloud, BOOT);
    cloud.settle();
    const words =
      "HTTPConnectionPool(host='controller', port=9696): Read timed out. (read timeout=5)";
    expect(cloud.timeline.entries).toContainEqual(
      expect.objectContaining({ kind: "rest.response", status: 0, error: words }),
    );
    expect(ports(cloud)).toHaveLength(1);
  });

  it("after its work answers later", () => {
    const cloud = cloudWith({ slow: { path: "*/servers/detail", by: seconds(3), when: "after" } });
    expect(type(cloud, "nova list").exit).toBe(0);
    expect(cloud.now).toBeGreaterThan(seconds(3));
  });
});

describe("two parties that are cut off from each other", () => {
  it("do not reach each other by REST, and everybody else does", () => {
    const cloud = cloudWith({
      cut_off: { host: "nova-api@controller", peer: "glance-api@controller" },
    });
    expect(type(cloud, "nova list").exit).toBe(0);
    expect(type(cloud, "nova image-list").exit).toBe(1);
    expect(cloud.run(cloud.user("demo").request("image", "GET", "/v2/images")).status).toBe(200);
  });

  it.each(["in", "out", "both"] as const)(
    "on the bus %s: what one way stops waits there",
    (direction) => {
      const cloud = new Cloud({ seed: 1 });
      const host = "nova-conductor@controller";
      cloud.inject({
        cut_off: { host, peer: "nova-scheduler@controller", direction, for: seconds(20) },
      });
      expect(type(cloud, BOOT).exit).toBe(0);
      cloud.settle();
      expect(cloud.server("t1")?.status).toBe("ACTIVE");
      expect(cloud.now).toBeGreaterThan(seconds(20));
      const struck = cloud.timeline.entries.flatMap((entry) =>
        entry.kind === "fault" && entry.event === "struck" ? [entry.entry] : [],
      );
      expect(struck).toHaveLength(1);
    },
  );

  it("may be a process and the broker: REST goes on", () => {
    const cloud = cloudWith({
      cut_off: { host: "nova-api@controller", peer: "broker", for: seconds(30) },
    });
    expect(type(cloud, "nova list").exit).toBe(0);
    expect(cloud.now).toBeLessThan(seconds(5));
    type(cloud, BOOT);
    cloud.settle();
    expect(cloud.now).toBeGreaterThan(seconds(30));
    expect(cloud.server("t1")?.status).toBe("ACTIVE");
  });

  it("is what happens to a process that is cut off from everybody, by REST too", () => {
    const cloud = cloudWith({ cut_off: { host: "glance-api@controller" } });
    expect(type(cloud, "nova list").exit).toBe(0);
    expect(type(cloud, "nova image-list").exit).toBe(1);
  });
});

describe("a connection to the broker that is reset", () => {
  const RESET = "[Errno 104] Connection reset by peer";

  it("is noticed at once by who reads from it, and by who publishes when it does", () => {
    const cloud = cloudWith({ break_connection: { host: "nova-conductor@controller" } });
    cloud.advance(seconds(2));
    expect(logged(cloud, "nova-conductor@controller")).toEqual([
      `error Failed to consume message from queue: ${RESET}`,
      "info Delaying reconnect for 1.0 seconds...",
      "info Connecting to AMQP server on controller:5672",
      "info Connected to AMQP server on controller:5672",
    ]);
    expect(logged(cloud, "nova-scheduler@controller")).toEqual([]);
    type(cloud, BOOT);
    cloud.settle();
    expect(cloud.server("t1")?.status).toBe("ACTIVE");
    expect(logged(cloud, "nova-conductor@controller")).toContain(
      `error Failed to publish message to topic 'scheduler': ${RESET}`,
    );
  });

  it("keeps what waits in queues of a topic, and loses a fanout of that second", () => {
    const cloud = new Cloud({ seed: 1, services: ["nova-exampleservice"] });
    cloud.inject({ break_connection: { host: "nova-exampleservice@controller" } });
    type(cloud, "rpc cast exampleservice write_note text=kept");
    type(cloud, "rpc fanout exampleservice write_note text=lost");
    cloud.advance(seconds(2));
    const { stdout } = type(cloud, "rpc call exampleservice get_notes");
    expect(stdout).toContain("kept");
    expect(stdout).not.toContain("lost");
  });
});

describe("what cannot be", () => {
  it.each<[FaultSpec, string]>([
    [{ answer: { status: 99 } }, "a server answers a status from 200 to 599, not 99"],
    [{ reset: { host: "nova-apy@controller" } }, 'Did you mean "nova-api@controller"?'],
    [{ cut_off: { host: "controller", peer: "compute-9" } }, 'Did you mean "compute-1"?'],
    [{ break_connection: { host: "__proto__" } }, 'there is no process or host "__proto__"'],
  ])("%j is refused", (fault, words) => {
    expect(() => cloudWith(fault)).toThrow(words);
  });
});
