/** Signing in and out, against openstack_auth/backend.py, views.py, forms.py at 1.1.7 and horizon/middleware.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { DashboardBed } from "./bed.js";

describe("signing in", () => {
  it("asks for a token without a project, for the projects, and for a token of the last of them", () => {
    const bed = new DashboardBed();
    bed.act({ kind: "sign in" });
    expect(bed.calls().slice(0, 3)).toEqual([
      "keystone POST /v2.0/tokens",
      "keystone GET /v2.0/tenants",
      "keystone POST /v2.0/tokens",
    ]);
  });

  it("leads over the home page to the overview", () => {
    const bed = new DashboardBed();
    const { stdout, exit } = bed.act({ kind: "sign in" });
    expect(stdout).toContain("Instance Overview - OpenStack Dashboard");
    expect(exit).toBe(0);
    expect(bed.visits()).toEqual(["GET /", "POST /auth/login/", "GET /", "GET /project/"]);
  });

  it("sends the password of nobody back with the words for it, and asks nothing more", () => {
    const bed = new DashboardBed();
    const { stdout, exit } = bed.act({ kind: "sign in", password: "guess" });
    expect(stdout).toContain("! Invalid user name or password.");
    expect(exit).toBe(1);
    expect(bed.calls()).toEqual(["keystone POST /v2.0/tokens"]);
  });

  it("says that it cannot be done now while Keystone does not answer", () => {
    const bed = new DashboardBed();
    bed.cloud.stop("keystone@controller");
    const { stdout } = bed.act({ kind: "sign in" });
    expect(stdout).toContain("! An error occurred authenticating. Please try again later.");
    expect(bed.logged()).toContain('Login failed for user "demo".');
  });

  it("wants both fields filled in before Keystone is asked", () => {
    const bed = new DashboardBed();
    const { stdout } = bed.act({ kind: "sign in", password: "" });
    expect(stdout).toContain("! This field is required.");
    expect(bed.calls()).toEqual([]);
  });

  it("has the projects of the header asked for once for a token, whatever page is shown", () => {
    const bed = new DashboardBed();
    bed.signIn();
    bed.open("/project/");
    expect(bed.calls().filter((call) => call.startsWith("keystone"))).toEqual([]);
  });
});

describe("a session", () => {
  it("is needed for every panel, and the login leads on to the one that was asked for", () => {
    const bed = new DashboardBed();
    const { stdout, exit } = bed.open("/project/instances/");
    expect(stdout).toContain("Login - OpenStack Dashboard");
    expect(exit).toBe(1);
    expect(bed.visits()).toEqual([
      "GET /project/instances/",
      "GET /auth/login/?next=%2Fproject%2Finstances%2F",
    ]);
  });

  it("is over after half an hour without a page, by a token that is deleted, and says so", () => {
    const bed = new DashboardBed();
    bed.signIn();
    bed.cloud.advance("1801s");
    const { stdout } = bed.open("/project/instances/");
    expect(stdout).toContain("! Session timed out.");
    expect(bed.calls()).toEqual(["keystone DELETE /v2.0/tokens/{id}"]);
  });

  it("lives on in the browser when Horizon is restarted", () => {
    const bed = new DashboardBed();
    bed.signIn();
    bed.cloud.stop("horizon@controller");
    bed.cloud.start("horizon@controller");
    expect(bed.open("/project/instances/").stdout).toContain("Instances - OpenStack Dashboard");
  });

  it("ends with a token that Keystone lets nobody delete but an administrator", () => {
    const bed = new DashboardBed();
    bed.signIn();
    const { stdout, exit } = bed.act({ kind: "sign out" });
    expect(stdout).toContain("Login - OpenStack Dashboard");
    expect(exit).toBe(0);
    expect(bed.logged()).toContain("Could not delete token");
    expect(bed.open("/project/").stdout).toContain("Login - OpenStack Dashboard");
  });
});

describe("a form", () => {
  it("without the token that the site gave its browser is refused", () => {
    const bed = new DashboardBed();
    const body = "username=demo&password=secret";
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const request = { to: "http://controller:80", method: "POST", path: "/auth/login/" };
    const answer = bed.cloud.kernel.finish(
      bed.cloud.user("demo").beginRequest({ ...request, headers, body, anonymous: true }),
    );
    expect(answer).toMatchObject({ kind: "response", response: { status: 403 } });
    expect(bed.calls()).toEqual([]);
  });
});
