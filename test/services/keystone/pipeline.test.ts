/**
 * Laws of what stands in front of Keystone's controllers, and of how a body becomes arguments:
 * etc/keystone-paste.ini, keystone/middleware/core.py, keystone/common/wsgi.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../src/kernel/index.js";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

const MALFORMED =
  " - the server could not comply with the request since it is either malformed or otherwise " +
  "incorrect. The client is assumed to be in error.";

const error = (body: unknown) => (body as { error: { message: string } }).error;

describe("build_auth_context: middleware/core.py, AuthContextMiddleware", () => {
  const login = { auth: { passwordCredentials: { username: "demo", password: "secret" } } };

  it.each([
    ["POST", "/v2.0/tokens", login],
    ["POST", "/v3/auth/tokens", {}],
    ["GET", "/v2.0", undefined],
    ["GET", "/v3/no/such/path", undefined],
  ])("%s %s with a dead token is a 401, with a challenge", (method, path, body) => {
    const answer = new IdentityBed().ask(method, MAIN + path, body, { "x-auth-token": "dead" });
    expect([answer.status, error(answer.body).message, answer.headers]).toMatchObject([
      401,
      "The request you have made requires authentication.",
      { "www-authenticate": `Keystone uri="${MAIN}"`, vary: "X-Auth-Token" },
    ]);
  });

  it("takes an empty token for a dead one, and an expired one too", () => {
    const bed = new IdentityBed();
    const token = bed.login("demo");
    bed.wait(seconds(3601));
    const statuses = ["", token, "ADMIN", undefined].map((id) => {
      const headers = id === undefined ? {} : { "x-auth-token": id };
      return bed.ask("POST", `${MAIN}/v2.0/tokens`, login, headers).status;
    });
    expect(statuses).toEqual([401, 401, 200, 200]);
  });

  it("does not stand before the list of versions, which asks for no token", () => {
    const { status } = new IdentityBed().ask("GET", MAIN, undefined, { "x-auth-token": "dead" });
    expect(status).toBe(300);
  });
});

describe("json_body: middleware/core.py, JsonBodyMiddleware", () => {
  const POST = `${MAIN}/v2.0/tokens`;

  it.each([
    ["a list", [1], {}, `Expecting to find valid JSON object in request body${MALFORMED}`],
    ["no JSON", "{", {}, `Expecting to find valid JSON in request body${MALFORMED}`],
    [
      "a form",
      "a=b",
      { "content-type": "application/x-www-form-urlencoded" },
      `Expecting to find application/json in Content-Type header${MALFORMED}`,
    ],
    ["what is false", [], {}, `Expecting to find auth in request body${MALFORMED}`],
    ["another name", { foo: 1 }, {}, "authenticate() got an unexpected keyword argument 'foo'"],
    [
      "a name of Python's",
      { self: 1, _a: 2 },
      {},
      `Expecting to find auth in request body${MALFORMED}`,
    ],
  ])("%s is answered with 400 and its text", (_what, body, headers, message) => {
    const answer = new IdentityBed().ask("POST", POST, body, headers);
    expect([answer.status, error(answer.body)]).toMatchObject([
      400,
      { message, title: "Bad Request" },
    ]);
  });

  it("a body beyond max_request_body_size is a bare 500, for nobody turns it into a body", () => {
    const answer = new IdentityBed().ask("POST", POST, { auth: "x".repeat(114_689) });
    expect([answer.status, typeof answer.body]).toEqual([500, "string"]);
  });

  it("a slash at the end of the path does not count (url_normalize)", () => {
    const answers = ["/v2.0/", "/v3/"].map((path) => new IdentityBed().ask("GET", MAIN + path));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe("common/wsgi.py: Python's errors", () => {
  it.each([
    ["POST", `${MAIN}/v3/projects`, {}, "create_project() takes exactly 3 arguments (2 given)"],
    [
      "POST",
      `${MAIN}/v3/users`,
      { person: {} },
      "create_user() got an unexpected keyword argument 'person'",
    ],
    ["GET", `${MAIN}/v3/users`, { a: 1 }, "list_users() got an unexpected keyword argument 'a'"],
    ["POST", `${ADMIN}/v2.0/tenants`, {}, "create_project() takes exactly 3 arguments (2 given)"],
    ["POST", `${MAIN}/v3/auth/tokens`, { auth: 5 }, "argument of type 'int' is not iterable"],
    // A method is looked for among the members of `identity` (get_method_names).
    [
      "POST",
      `${MAIN}/v3/auth/tokens`,
      { auth: { identity: { methods: [{}] } } },
      "unhashable type: 'dict'",
    ],
  ])("%s %s: a TypeError is a 400 with its text", (method, url, body, message) => {
    const bed = new IdentityBed();
    const answer = bed.ask(method, url, body, { "x-auth-token": bed.login("admin") });
    expect([answer.status, error(answer.body).message]).toEqual([400, message]);
  });

  it("an AttributeError is a 500 that says nothing", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("admin") };
    const answer = bed.ask("POST", `${MAIN}/v3/users`, { user: "eve" }, headers);
    expect([answer.status, error(answer.body)]).toMatchObject([
      500,
      { message: "An unexpected error prevented the server from fulfilling your request." },
    ]);
  });

  it("the rule of policy.json comes before the arguments, in v3", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("demo") };
    const answer = bed.ask("POST", `${MAIN}/v3/projects`, {}, headers);
    expect([answer.status, error(answer.body).message]).toEqual([
      403,
      "You are not authorized to perform the requested action: identity:create_project",
    ]);
  });

  it("what a rule is about is loaded before it: 404 for anybody, but not for regions", () => {
    const bed = new IdentityBed();
    const headers = { "x-auth-token": bed.login("demo") };
    const statuses = ["users", "projects", "domains", "roles", "services", "endpoints"].map(
      (members) => bed.ask("GET", `${MAIN}/v3/${members}/nothing`, undefined, headers).status,
    );
    const region = bed.ask("DELETE", `${MAIN}/v3/regions/nothing`, undefined, headers).status;
    expect([...statuses, region]).toEqual([404, 404, 404, 404, 404, 404, 403]);
  });
});
