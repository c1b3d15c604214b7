/** A REST service made of data: layers in their order, routes under the rules of a policy. */
import { describe, expect, it } from "vitest";
import {
  faults,
  policyMaker,
  requestId,
  routeMaker,
  rulesOf,
  shortcut,
  webService,
  type Layer,
  type WebApplication,
} from "../../src/framework/index.js";
import type { LogLine } from "../../src/framework/observations.js";
import { HttpFault, respond, type HttpResponse } from "../../src/http/index.js";
import { done } from "../../src/kernel/index.js";
import { TestBed } from "../services/bed.js";

interface Shelf {
  readonly books: ReadonlyMap<string, { readonly owner: string }>;
}

interface Reader {
  readonly name: string;
  readonly librarian: boolean;
}

const LIBRARIAN = "rule:librarian";
const OWNER = "rule:owner";

const policy = policyMaker<Reader, { readonly owner: string }>()({
  checks: {
    [LIBRARIAN]: ({ librarian }) => librarian,
    [OWNER]: ({ name, librarian }, target) => librarian || target?.owner === name,
  },
  rules: { "book:get": OWNER, "book:burn": LIBRARIAN, "shelf:list": LIBRARIAN },
  refusal: (rule) => new HttpFault(403, `not ${rule}`),
});

const route = routeMaker<Shelf, Reader, keyof typeof policy.rules, { readonly owner: string }>();

const routes = [
  route("GET", "/books", "shelf:list", ({ app }) => done(respond(200, [...app.books.keys()]))),
  route("GET", "/books/{id}", { inside: "book:get" }, ({ app, params: { id }, enforce }) => {
    const book = app.books.get(id);
    if (book === undefined) throw new HttpFault(404, `no book ${id}`);
    enforce(book);
    return done(respond(200, { id, ...book }));
  }),
  route("POST", "/books/{id}/action", { inside: ["book:get", "book:burn"] }, (call) => {
    const { app, params, request, enforce } = call;
    const book = app.books.get(params.id) ?? { owner: "" };
    enforce(book, request.body === "burn" ? "book:burn" : "book:get");
    return done(respond(202));
  }),
  route("GET", "/hours", null, () => done(respond(200, "nine to five"))),
  route("GET", "/careless", { inside: "book:get" }, () => done(respond(200))),
  route("GET", "/wrong", { inside: "book:get" }, ({ enforce }) => {
    enforce({ owner: "" }, "book:burn");
    return done(respond(200));
  }),
  route("GET", "/unclear", { inside: ["book:get", "book:burn"] }, ({ enforce }) => {
    enforce({ owner: "" });
    return done(respond(200));
  }),
];

const shelf: Shelf = { books: new Map([["b1", { owner: "ann" }]]) };

type Library = WebApplication<Shelf, Reader, keyof typeof policy.rules, { readonly owner: string }>;

interface Asking {
  readonly as?: string;
  readonly body?: unknown;
}

/** A running library. */
function library(extra: Partial<Library> = {}) {
  const bed = new TestBed();
  const env = bed.env("library-api");
  const order: string[] = [];
  const noted =
    (name: string): Layer =>
    (next) =>
    (request) => {
      order.push(name);
      return next(request);
    };
  bed.start(
    webService(env, {
      port: 80,
      app: shelf,
      layers: [
        noted("outermost"),
        shortcut(({ path }) => (path === "/" ? respond(300, "v1") : undefined)),
        requestId(env, "x-request-id"),
        faults((error) => {
          if (!(error instanceof HttpFault)) return undefined;
          return respond(error.status, error.message);
        }),
        noted("innermost"),
      ],
      context: ({ headers }) => {
        order.push("context");
        env.log("info", "somebody asks");
        const name = headers["x-name"] ?? "nobody";
        return { name, librarian: name === "lib" };
      },
      policy,
      routes,
      lost: (status, { path }) => respond(404, `${String(status)} ${path}`),
      ...extra,
    }),
  );
  const ask = (
    method: string,
    path: string,
    { as = "nobody", body }: Asking = {},
  ): HttpResponse => {
    const headers = { "x-name": as };
    return bed.run(bed.http.request(method, `http://controller:80${path}`, { headers, body }));
  };
  return { bed, ask, order };
}

describe("a web service", () => {
  it("asks a route's rule before its handler", () => {
    const { ask } = library();
    expect(ask("GET", "/books", { as: "lib" })).toMatchObject({ status: 200, body: ["b1"] });
    expect(ask("GET", "/books")).toMatchObject({ status: 403, body: "not shelf:list" });
    expect(ask("GET", "/hours")).toMatchObject({ status: 200, body: "nine to five" });
  });

  it("lets a handler ask about what it has found", () => {
    const { ask } = library();
    expect(ask("GET", "/books/b1", { as: "ann" }).status).toBe(200);
    expect(ask("GET", "/books/b1", { as: "bob" })).toMatchObject({
      status: 403,
      body: "not book:get",
    });
    // What is not there is nobody's.
    expect(ask("GET", "/books/b2", { as: "bob" }).status).toBe(404);
  });

  it("lets a handler choose among the rules of its route", () => {
    const { ask } = library();
    const burn = { body: "burn" };
    expect(ask("POST", "/books/b1/action", { as: "ann" }).status).toBe(202);
    expect(ask("POST", "/books/b1/action", { as: "ann", ...burn }).body).toBe("not book:burn");
    expect(ask("POST", "/books/b1/action", { as: "lib", ...burn }).status).toBe(202);
  });

  it.each([
    ["never asked its rule", "/careless", "GET /careless never asked its rule book:get"],
    ["asks another rule", "/wrong", "GET /wrong has no rule book:burn"],
    ["does not say which", "/unclear", "GET /unclear has several rules: name one"],
  ])("ends the run where a handler %s", (_, path, message) => {
    const { ask } = library();
    expect(() => ask("GET", path)).toThrow(message);
  });

  it("passes the layers from the outside in, then makes the context", () => {
    const { ask, order } = library();
    expect(ask("GET", "/").status).toBe(300);
    expect(order.splice(0)).toEqual(["outermost"]);
    ask("GET", "/hours");
    expect(order).toEqual(["outermost", "innermost", "context"]);
  });

  it("tells the client the id of its request, and every part of the service bears it", () => {
    const { ask, bed } = library();
    const ids = ["/nowhere", "/hours"].map((path) => ask("GET", path).headers["x-request-id"]);
    expect(ids[0]).toMatch(/^req-/);
    expect(ids[1]).not.toBe(ids[0]);
    expect(bed.of<LogLine>("log").map(({ request }) => request)).toEqual(ids);
  });

  it("says where no route leads, and whether another method would lead there", () => {
    const { ask } = library();
    expect(ask("GET", "/nowhere")).toMatchObject({ status: 404, body: "404 /nowhere" });
    expect(ask("DELETE", "/books")).toMatchObject({ status: 404, body: "405 /books" });
  });

  it("may refuse a request to a route before its rule is asked", () => {
    const admit = ({ name }: Reader, params: Readonly<Record<string, string>>): void => {
      if (params["id"] === "b1" && name !== "ann") throw new HttpFault(400, "not yours");
    };
    const { ask } = library({ admit });
    expect(ask("GET", "/books/b1", { as: "lib" })).toMatchObject({
      status: 400,
      body: "not yours",
    });
    expect(ask("GET", "/books/b1", { as: "ann" }).status).toBe(200);
  });
});

describe("routes as data", () => {
  it("say what they are under without a service that runs", () => {
    const lines = routes.map(({ method, path, policy: rule }) => [method, path, rulesOf(rule)]);
    expect(lines.slice(0, 4)).toEqual([
      ["GET", "/books", ["shelf:list"]],
      ["GET", "/books/{id}", ["book:get"]],
      ["POST", "/books/{id}/action", ["book:get", "book:burn"]],
      ["GET", "/hours", []],
    ]);
  });

  it("cannot be wrong in what the compiler knows", () => {
    // Each line below is refused by the compiler; the test itself has no more to say.
    const refused = [
      // @ts-expect-error: a rule that is not in the project's table
      () => route("GET", "/books", "book:gett", () => done(respond(200))),
      // @ts-expect-error: the same, inside
      () => route("GET", "/books", { inside: "book:gett" }, () => done(respond(200))),
      () =>
        // @ts-expect-error: a parameter that the path does not have
        route("GET", "/books/{id}", null, ({ params: { name } }) =>
          done(respond(200, String(name))),
        ),
      () =>
        policyMaker<Reader>()({
          checks: { [LIBRARIAN]: ({ librarian }) => librarian },
          // @ts-expect-error: a check that the policy does not have
          rules: { "book:get": "rule:librarien" },
          refusal: (rule) => new HttpFault(403, rule),
        }),
      // @ts-expect-error: a context that the routes do not know
      () => library({ context: () => ({ owner: "" }) }),
    ];
    expect(refused).toHaveLength(5);
  });
});
