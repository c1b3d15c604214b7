/** A request and what can become of it: an answer, an error, or nothing in time. */
import { describe, expect, it } from "vitest";
import {
  AddressInUse,
  HttpServer,
  InvalidUrl,
  respond,
  type HttpRequest,
  type HttpResponse,
} from "../../src/http/index.js";
import {
  microseconds,
  milliseconds,
  quietly,
  seconds,
  sleep,
  type Op,
} from "../../src/kernel/index.js";
import { Exception, type Json } from "../../src/python/index.js";
import { Web } from "./bed.js";

/** Answers with what it was asked, after `took`. */
const echo = (took = 0) =>
  function* (request: HttpRequest): Op<HttpResponse> {
    yield* sleep(microseconds(took));
    const { method, path, headers, body, from } = request;
    return respond(200, { method, path, query: request.query.toString(), headers, body, from });
  };

describe("a request", () => {
  it("arrives as it was sent, and so does the response", () => {
    const web = new Web();
    web.serve(echo());
    const options = {
      body: { a: [1, null] },
      headers: { "X-Auth-Token": "t" },
      query: { limit: 1 },
    };
    const { status, body } = web.run(web.client.request("POST", "http://api/v2/x?all=1", options));
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        method: "POST",
        path: "/v2/x",
        query: "?all=1&limit=1",
        headers: { "x-auth-token": "t" },
        body: { a: [1, null] },
        from: "client@h",
      },
    });
    expect(web.kernel.now).toBe(milliseconds(2));
  });

  it("has headers whose names mean the same in any case, both ways", () => {
    const web = new Web();
    web.serve(function* () {
      yield* [];
      return respond(204, null, { Location: "http://x", "X-OpenStack-Request-ID": "req-1" });
    });
    const { headers } = web.run(web.client.request("GET", "http://api/"));
    expect(headers).toEqual({ location: "http://x", "x-openstack-request-id": "req-1" });
  });

  it("shares nothing with the server, nor the response with it", () => {
    const web = new Web();
    const kept: string[][] = [];
    web.serve(function* ({ body }) {
      yield* [];
      const list = body as unknown as string[];
      list.push("server");
      kept.push(list);
      return respond(200, body);
    });
    const sent = ["client"];
    const { body } = web.run(web.client.request("POST", "http://api/", { body: sent }));
    kept[0]?.push("later");
    expect({ sent, body }).toEqual({ sent: ["client"], body: ["client", "server"] });
  });

  it("carries hostile keys as keys like any other, in bodies and headers", () => {
    const web = new Web();
    web.serve(echo());
    const hostile = '{"__proto__":{"polluted":1},"constructor":2}';
    const headers = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    const body = JSON.parse(hostile) as Json;
    const response = web.run(web.client.request("POST", "http://api/", { body, headers }));
    const got = response.body as Record<string, Json>;
    expect(JSON.stringify(got["body"])).toBe(hostile);
    expect(JSON.stringify(got["headers"])).toBe(JSON.stringify(headers));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each(["", "api/v2", "https://api/", "http://", "ftp://api/", "/v2"])(
    "to %j goes nowhere: it is no URL of this network",
    (url) => {
      const web = new Web();
      expect(() => web.run(web.client.request("GET", url))).toThrow(InvalidUrl);
      expect(web.entries).toEqual([]);
    },
  );

  it("goes to port 80 of a URL without one, and to the root without a path", () => {
    const web = new Web();
    web.serve(echo());
    expect(web.run(web.client.request("GET", "http://api?x=1")).body).toMatchObject({
      path: "/",
      query: "?x=1",
    });
  });
});

describe("what is observed", () => {
  it("is each request and its response, one following from the other", () => {
    const web = new Web();
    web.serve(echo());
    web.run(
      (function* () {
        yield* web.client.request("GET", "http://api/a");
        yield* web.client.request("GET", "http://api/b");
      })(),
    );
    expect(web.kinds()).toEqual([
      "rest.request <- nothing",
      "rest.response <- rest.request",
      "rest.request <- rest.response",
      "rest.response <- rest.request",
    ]);
    expect(web.entries[0]?.what).toMatchObject({ from: "client@h", to: "api@h", path: "/a" });
  });

  it("is told with the time at which it was taken: when there was a place for it", () => {
    const web = new Web();
    web.serve(echo(seconds(1)), 1);
    web.outcomes([1, 2].map(() => web.client.request("GET", "http://api/")));
    web.kernel.settle();
    const [first = NaN, second = NaN] = web.entries.flatMap(({ what }) =>
      what.kind === "rest.response" ? [Number(what["taken"])] : [],
    );
    // The second begins when the first has ended.
    expect([first > 0, second - first]).toEqual([true, seconds(1)]);
  });

  it("that nobody takes has no such time", () => {
    const web = new Web();
    web.outcomes([web.client.request("GET", "http://nobody/")]);
    web.kernel.settle();
    expect(web.entries.at(-1)?.what).not.toHaveProperty("taken");
  });

  it("stays routine for a routine request, also when it fails", () => {
    const web = new Web();
    const server = web.serve(echo(seconds(1)));
    web.run(quietly(web.client.request("GET", "http://api/")));
    const refused = web.client.request("GET", "http://nobody/");
    const cut = web.client.request("GET", "http://api/");
    const late = web.client.request("GET", "http://api/", { timeout: microseconds(1) });
    const outcomes = web.outcomes([refused, cut, late].map((op) => quietly(op)));
    web.kernel.run(web.kernel.now + milliseconds(5));
    server.crash();
    web.kernel.settle();
    expect(outcomes()).toEqual(["ConnectionRefused", "ConnectionClosed", "ReadTimeout"]);
    expect(new Set(web.entries.map(({ detail }) => detail))).toEqual(new Set(["full"]));
  });
});

describe("a server", () => {
  it("that is not there refuses the connection", () => {
    const web = new Web();
    const [outcome] = [web.outcomes([web.client.request("GET", "http://api:8774/v2")])];
    web.kernel.settle();
    expect(outcome()).toEqual(["ConnectionRefused"]);
    expect(web.entries.at(-1)?.what).toMatchObject({
      kind: "rest.response",
      status: 0,
      error:
        "HTTPConnectionPool(host='api', port=8774): Max retries exceeded with url: /v2 " +
        "(Caused by <class 'socket.error'>: [Errno 111] ECONNREFUSED)",
    });
  });

  it("that goes before the request arrives refuses it as well", () => {
    const web = new Web();
    const server = web.serve(echo());
    const outcome = web.outcomes([web.client.request("GET", "http://api/")]);
    web.kernel.run(500);
    server.stop();
    web.kernel.settle();
    expect(outcome()).toEqual(["ConnectionRefused"]);
  });

  it("that is too slow is given up; it finishes, and its late answer is nobody's", () => {
    const web = new Web();
    const server = web.serve(echo(seconds(10)));
    const timeout = seconds(5);
    const outcome = web.outcomes([web.client.request("GET", "http://api/", { timeout })]);
    web.kernel.run(seconds(5));
    expect(outcome()).toEqual(["ReadTimeout"]);
    expect(server.running).toBe(1);
    web.kernel.settle();
    expect(server.running).toBe(0);
    expect(web.kinds()).toEqual(["rest.request <- nothing", "rest.response <- rest.request"]);
  });

  it("that answers in time leaves no timer behind", () => {
    const web = new Web();
    web.serve(echo());
    web.run(web.client.request("GET", "http://api/", { timeout: seconds(60) }));
    expect(web.kernel.pending).toBe(0);
  });

  it("answers 500 for an exception of the simulation, and ends the run for our own mistakes", () => {
    const web = new Web();
    web.serve(function* () {
      yield* sleep(microseconds(1));
      throw new Exception("boom");
    });
    expect(web.run(web.client.request("GET", "http://api/"))).toMatchObject({
      status: 500,
      body: "",
    });
    const broken = new Web();
    broken.serve(function* () {
      yield* sleep(microseconds(1));
      throw new TypeError("x is undefined");
    });
    expect(() => broken.run(broken.client.request("GET", "http://api/x"))).toThrow(
      /x is undefined\n {2}in api@h GET \/x/,
    );
  });

  it("serves no more at once than its pool holds, and the others in the order of arrival", () => {
    const web = new Web();
    const order: string[] = [];
    let most = 0;
    const server = web.serve(function* ({ path }) {
      order.push(path);
      most = Math.max(most, server.running);
      yield* sleep(seconds(1));
      return respond(200);
    }, 2);
    const paths = ["/1", "/2", "/3", "/4", "/5"];
    // One client's requests may overtake each other; a second apart, they do not.
    const outcome = web.outcomes(
      paths.map((path, i) =>
        (function* () {
          yield* sleep(milliseconds(i));
          return yield* web.client.request("GET", `http://api${path}`);
        })(),
      ),
    );
    web.kernel.settle();
    expect({ order, most, outcome: outcome() }).toEqual({
      order: paths,
      most: 2,
      outcome: [200, 200, 200, 200, 200],
    });
  });

  it("that stops serves all that it accepted, and its wait ends with the last", () => {
    const web = new Web();
    const server = web.serve(echo(seconds(1)), 1);
    const outcome = web.outcomes([1, 2, 3].map(() => web.client.request("GET", "http://api/")));
    web.kernel.run(milliseconds(500));
    server.stop();
    const late = web.outcomes([web.client.request("GET", "http://api/")]);
    web.run(server.wait());
    expect(web.kernel.now).toBe(milliseconds(3001));
    web.run(server.wait());
    web.kernel.settle();
    expect([outcome(), late()]).toEqual([[200, 200, 200], ["ConnectionRefused"]]);
  });

  it("that crashes resets all connections, those in its backlog too, and runs nothing more", () => {
    const web = new Web();
    const paths: string[] = [];
    const server = web.serve(function* ({ path }) {
      paths.push(path);
      yield* sleep(seconds(1));
      return respond(200);
    }, 1);
    const outcome = web.outcomes(
      [1, 2, 3].map((n) => web.client.request("GET", `http://api/${n}`)),
    );
    web.kernel.run(milliseconds(500));
    server.crash();
    web.kernel.haltAll("api@h");
    web.kernel.settle();
    expect(outcome()).toEqual(Array(3).fill("ConnectionClosed"));
    expect(paths).toEqual(["/1"]);
    expect(web.kernel.now).toBe(milliseconds(500));
  });

  it("whose greenthread is halted resets the connection instead of leaving it open", () => {
    const web = new Web();
    web.serve(echo(seconds(1)));
    const outcome = web.outcomes([web.client.request("GET", "http://api/")]);
    web.kernel.run(milliseconds(500));
    web.kernel.haltAll("api@h");
    web.kernel.settle();
    expect(outcome()).toEqual(["ConnectionClosed"]);
  });

  it("cannot take an address that is taken, and gives back only its own", () => {
    const web = new Web();
    const first = web.serve(echo());
    const second = new HttpServer(web.network, {
      actor: "other@h",
      address: "api:80",
      application: echo(),
    });
    expect(() => {
      second.start();
    }).toThrow(AddressInUse);
    second.stop();
    expect(web.network.at("api:80")).toBe(first);
    first.stop();
    second.start();
    expect(web.network.at("api:80")).toBe(second);
  });
});

describe("a run", () => {
  it("does not wait for what a daemon asked", () => {
    const web = new Web();
    web.serve(echo(seconds(10)));
    function* poll(): Op<void> {
      yield* web.client.request("GET", "http://api/");
    }
    web.kernel.spawn(poll(), { name: "poll", daemon: true });
    web.kernel.spawn(sleep(seconds(1)), { name: "boot" });
    web.kernel.settle();
    expect(web.kernel.now).toBe(seconds(1));
  });
});
