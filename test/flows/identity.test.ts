/**
 * With whose token each service asks another one, and what it asks of Keystone for that: the table of
 * other-services §10. Upstream: keystonemiddleware 1.2.0 auth_token.py; nova/network/neutronv2/__init__.py,
 * nova/image/glance.py, neutron/notifiers/nova.py at 2014.2; glance_store 0.1.8 _drivers/swift/store.py.
 */
import { describe, expect, it } from "vitest";
import { Cloud, type CloudSetup } from "../../src/cloud/cloud.js";
import type { AnyObservation } from "../../src/timeline/entry.js";
import { BOOT } from "./bed.js";

interface Login {
  readonly access?: { readonly token?: { readonly id: string } };
}
interface Credentials {
  readonly auth: { readonly passwordCredentials: { readonly username: string } };
}

const short = (actor: string): string => actor.replace(/@.*/, "");

/** A cloud of which every request is seen, also those that a timeline leaves out as routine. */
class Watched {
  readonly cloud: Cloud;
  readonly #seen: AnyObservation[] = [];

  constructor(setup: CloudSetup = {}) {
    this.cloud = new Cloud({
      ...setup,
      observer: { observe: (_, what) => this.#seen.push(what as AnyObservation) - 1 },
    });
    this.type(BOOT);
  }

  type(line: string): void {
    this.cloud.user("demo").command(line);
    this.cloud.settle();
    this.cloud.advance("10s");
  }

  get requests() {
    return this.#seen.filter((each) => each.kind === "rest.request");
  }

  /** `GET /`, what a process asked of Keystone, in order. */
  asked(process: string): string[] {
    return this.requests
      .filter(({ from, to }) => short(from) === process && short(to) === "keystone")
      .map(({ method, path }) => `${method} ${path}`);
  }

  /** Who has a token of Keystone's in hand, by token. */
  #holders(): Map<string, string> {
    const holders = new Map<string, string>();
    const logins = new Map(this.requests.map(({ id, body }) => [id, body as Credentials]));
    for (const each of this.#seen) {
      if (each.kind !== "rest.response" || each.status !== 200) continue;
      const token = (each.body as Login | null)?.access?.token?.id;
      const auth = logins.get(each.id)?.auth;
      if (token !== undefined && auth !== undefined) {
        holders.set(token, auth.passwordCredentials.username);
      }
    }
    return holders;
  }

  /** `nova-api -> glance-api HEAD demo`: each kind of request between services, with whose token. */
  hops(from: RegExp, to: RegExp): string[] {
    const holders = this.#holders();
    const lines = this.requests
      .filter((each) => from.test(short(each.from)) && to.test(short(each.to)))
      .map((each) => {
        const { path, method, headers } = each;
        const kind = path.split("?")[0]?.split("/").slice(0, 3).join("/") ?? "";
        const whose = holders.get(headers["x-auth-token"] ?? "") ?? "nobody";
        return `${short(each.from)} -> ${short(each.to)} ${method} ${kind} as ${whose}`;
      });
    return [...new Set(lines)].sort();
  }
}

const FIRST = ["GET /", "POST /v2.0/tokens", "GET /v3/auth/tokens"];

describe("other-services §10: what a boot asks of Keystone", () => {
  const watched = new Watched();

  it.each(["nova-api", "glance-api", "glance-registry"])(
    "row 1: %s asks for versions, for a token of its own, and about each token once",
    (process) => {
      const [look, login, ...checks] = watched.asked(process);
      expect([look, login, checks[0]]).toEqual(FIRST);
      expect(new Set(checks)).toEqual(new Set(["GET /v3/auth/tokens"]));
      const tokens = watched.requests
        .filter(({ from, path }) => short(from) === process && path === "/v3/auth/tokens")
        .map(({ headers }) => headers["x-subject-token"]);
      expect(new Set(tokens).size).toBe(tokens.length);
    },
  );

  it("rows 1 and 4: neutron-server does, and logs in a second time as its notifier of Nova", () => {
    const asked = watched.asked("neutron-server");
    expect(asked.filter((line) => line === "GET /")).toHaveLength(1);
    expect(asked.filter((line) => line === "POST /v2.0/tokens")).toHaveLength(2);
    expect(watched.hops(/^neutron-server$/, /^nova-api$/)).toEqual([
      "neutron-server -> nova-api POST /v2/" +
        String(watched.cloud.id("project", "service")) +
        " as nova",
    ]);
  });

  it("row 2: Nova's processes ask Glance as the user, with the token that came with the message", () => {
    expect(watched.hops(/^nova-(?!client)/, /^glance-api$/)).toEqual([
      "nova-api -> glance-api GET /v1/images as demo",
      "nova-api -> glance-api HEAD /v1/images as demo",
      "nova-compute -> glance-api GET /v1/images as demo",
    ]);
  });

  it("row 3: nova-compute makes and reads ports as Neutron's admin, and networks as the user", () => {
    expect(watched.asked("nova-compute")).toEqual(["POST /v2.0/tokens"]);
    expect(watched.hops(/^nova-compute$/, /^neutron-server$/)).toEqual([
      "nova-compute -> neutron-server GET /v2.0/extensions.json as demo",
      "nova-compute -> neutron-server GET /v2.0/floatingips.json as neutron",
      "nova-compute -> neutron-server GET /v2.0/networks.json as demo",
      "nova-compute -> neutron-server GET /v2.0/ports.json as demo",
      "nova-compute -> neutron-server GET /v2.0/ports.json as neutron",
      "nova-compute -> neutron-server GET /v2.0/security-groups.json as demo",
      "nova-compute -> neutron-server GET /v2.0/subnets.json as demo",
      "nova-compute -> neutron-server POST /v2.0/ports.json as neutron",
    ]);
  });

  it("nobody else asks Keystone anything: no conductor, scheduler or agent", () => {
    const askers = watched.requests
      .filter(({ to }) => short(to) === "keystone")
      .map(({ from }) => short(from));
    expect([...new Set(askers)].sort()).toEqual([
      ...["glance-api", "glance-registry", "neutron-server"],
      ...["nova-api", "nova-client", "nova-compute"],
    ]);
  });

  it("row 1: a second boot with the same processes has its own token looked at, and no more", () => {
    const before = ["nova-api", "glance-api", "neutron-server", "nova-compute"].map(
      (process) => watched.asked(process).length,
    );
    watched.type(BOOT.replace("t3", "t4"));
    const after = ["nova-api", "glance-api", "neutron-server", "nova-compute"].map((process) =>
      watched.asked(process),
    );
    expect(after.map((asked, at) => asked.slice(before[at]))).toEqual([
      ["GET /v3/auth/tokens"],
      ["GET /v3/auth/tokens"],
      ["GET /v3/auth/tokens"],
      [],
    ]);
  });
});

describe("other-services §10 row 2: an unshelve", () => {
  it("has nova-conductor ask Glance as the user, and has the image deleted so as well", () => {
    const watched = new Watched();
    watched.type("nova shelve t3");
    watched.type("nova unshelve t3");
    const hops = watched.hops(/^nova-co/, /^glance-api$/);
    expect(hops).toContain("nova-conductor -> glance-api HEAD /v1/images as demo");
    expect(hops).toContain("nova-compute -> glance-api PUT /v1/images as demo");
    expect(hops).toContain("nova-compute -> glance-api DELETE /v1/images as demo");
    expect(hops.filter((line) => !line.endsWith(" as demo"))).toEqual([]);
  });
});

describe("other-services §10 row 3: a login that is refused later", () => {
  it("is made again after a 401, and the port is made all the same", () => {
    const watched = new Watched();
    watched.cloud.inject({ answer: { status: 401, method: "POST", path: "/v2.0/ports" } });
    watched.type(BOOT.replace("t3", "t4"));
    expect(watched.asked("nova-compute")).toEqual(["POST /v2.0/tokens", "POST /v2.0/tokens"]);
    expect(watched.cloud.server("t4")?.status).toBe("ACTIVE");
  });
});

describe("other-services §10 row 4: a login of the notifier that is refused later", () => {
  it("is made again after a 401, and Nova hears of the port", () => {
    const watched = new Watched();
    const path = "/v2/*/os-server-external-events";
    watched.cloud.inject({ answer: { status: 401, path } });
    const before = watched.asked("neutron-server").length;
    watched.type(BOOT.replace("t3", "t4"));
    expect(watched.asked("neutron-server").slice(before)).toEqual([
      "GET /v3/auth/tokens",
      "POST /v2.0/tokens",
    ]);
    expect(watched.cloud.server("t4")?.status).toBe("ACTIVE");
  });
});

describe("other-services §10 row 5: images in Swift", () => {
  it("has glance-api log in for each connection, with the store's own credentials", () => {
    const watched = new Watched({
      services: ["swift"],
      flags: {
        stores: "file,swift",
        default_store: "swift",
        swift_store_create_container_on_put: true,
      },
    });
    const logins = () =>
      watched.asked("glance-api").filter((line) => line === "POST /v2.0/tokens").length;
    watched.type(BOOT.replace("t3", "t4"));
    const counts = ["t3", "t4"].map((name) => {
      const before = logins();
      watched.type(`nova shelve ${name}`);
      return logins() - before;
    });
    // One connection for each upload, and the token goes with it.
    expect(counts).toEqual([1, 1]);
    expect(
      watched
        .hops(/^glance-api$/, /^swift-proxy-server$/)
        .filter((line) => !line.endsWith("as glance")),
    ).toEqual([]);
  });
});
