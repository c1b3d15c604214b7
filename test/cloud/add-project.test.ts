/** A project of somebody's own joins a cloud that runs, as those that ship with it are in it. */
import { HttpClient } from "../../src/http/index.js";
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { CloudError } from "../../src/cloud/errors.js";
import type { OwnProject } from "../../src/cloud/add.js";
import {
  defineProject,
  onController,
  process,
  store,
  type ProcessPlan,
} from "../../src/framework/project.js";
import {
  Table,
  authToken,
  authTokenFlags,
  identityContext,
  integer,
  noPolicy,
  routeMaker,
  webService,
  type Env,
  type RequestContext,
} from "../../src/framework/index.js";
import { respond } from "../../src/http/index.js";
import type { Op } from "../../src/kernel/index.js";
import { ValueError } from "../../src/python/index.js";
import { renderText } from "../../src/views/index.js";

interface Toy {
  readonly name: string;
  readonly owner: string | null;
}

const toyAuthFlags = authTokenFlags("toy", false);
const toyFlags = { toy_port: integer(9999, "Port of toy-api"), toy_most: integer(2, "How many") };

const toyDatabase = store((kernel) => new Table<Toy>(kernel, { project: "toy", name: "toys" }));

const route = routeMaker<{ toys: Table<Toy>; most: number }, RequestContext, never>();
const routes = [
  route("GET", "/v1/toys", null, function* ({ app }) {
    return respond(200, { toys: app.toys.find().map(({ name }) => name), most: app.most });
  }),
  route("POST", "/v1/toys", null, function* ({ app, ctxt }) {
    app.toys.insert({ name: "ball", owner: ctxt.user_name });
    return respond(201, {});
  }),
];

const toyApi = (env: Env, toys: Table<Toy>) =>
  webService(env, {
    port: env.flags.read(toyFlags).toy_port,
    app: { toys, most: env.flags.read(toyFlags).toy_most },
    layers: [authToken(env, toyAuthFlags)],
    context: identityContext(env),
    policy: noPolicy,
    routes,
    lost: (status) => respond(status),
  });

const api = process({
  binary: "toy-api",
  on: "controller",
  uses: { db: toyDatabase },
  flags: [toyAuthFlags, toyFlags],
  make: (env, { db }) => toyApi(env, db),
});

const toy = defineProject({
  name: "toy",
  processes: [api],
  stores: { db: toyDatabase },
  catalog: [{ type: "toy", url: onController(9999, "/v1") }],
  serviceUser: "toy",
  options: {},
  seed: ({ db }, _options, { operator }) => void db.insert({ name: "bear", owner: operator() }),
  resolve: ({ db }) => ({ toy: (name) => db.first({ name })?.id.toString() }),
});

/** Does nothing, wherever it runs. */
const idle = (binary: string, on: "controller" | "computes", start?: () => Op<void>): ProcessPlan =>
  process({
    binary,
    on,
    uses: {},
    flags: [],
    make: (env) => ({
      *start() {
        if (start !== undefined) yield* start();
        env.announce("started");
      },
      *stop() {
        env.bus.close();
      },
      crash: () => {
        env.bus.close();
      },
    }),
  });

function list(cloud: Cloud): unknown {
  return cloud.run(cloud.user("demo").request("toy", "GET", "/toys")).body;
}

function withToy(...options: [{ host?: string; flags?: Record<string, number> }?]): Cloud {
  const cloud = new Cloud({ seed: 1 });
  cloud.add(toy, ...options);
  return cloud;
}

describe("a project of one's own", () => {
  it("starts on the controller, and says where its processes are", () => {
    const cloud = new Cloud();
    const actor = { name: "toy-api@controller", service: "toy-api", project: "toy" };
    expect(cloud.add(toy)).toEqual([{ ...actor, host: "controller" }]);
    expect(cloud.actors.map(({ name }) => name)).toContain("toy-api@controller");
  });

  it("is found in Keystone's catalog, and knows who asks with a user of its own", () => {
    const cloud = withToy();
    expect(list(cloud)).toEqual({ toys: ["bear"], most: 2 });
    const stranger = new HttpClient(cloud.network, "curl@nowhere");
    const url = "http://controller:9999/v1/toys";
    expect(cloud.run(stranger.request("GET", url)).status).toBe(401);
    expect(cloud.id("user", "toy")).toMatch(/^[0-9a-f]{32}$/);
    expect(renderText(cloud.timeline)).toContain("toy-api");
  });

  it("is where its host is, in the catalog as well", () => {
    const cloud = withToy({ host: "shelf" });
    expect(list(cloud)).toMatchObject({ toys: ["bear"] });
    expect(cloud.network.at("shelf:9999")?.actor).toBe("toy-api@shelf");
  });

  it("runs on every compute host where it says so", () => {
    const cloud = new Cloud({ computes: 2 });
    const agents = { ...toy, processes: [api, idle("toy-agent", "computes")] };
    expect(cloud.add(agents).map(({ name }) => name)).toEqual([
      "toy-api@controller",
      "toy-agent@compute-1",
      "toy-agent@compute-2",
    ]);
    cloud.crash("compute-2");
    cloud.start("compute-2");
    expect(cloud.actors.map(({ name }) => name)).toContain("toy-agent@compute-2");
  });

  it("has its stores for as long as the cloud, through stops and crashes", () => {
    const cloud = withToy();
    cloud.run(cloud.user("demo").request("toy", "POST", "/toys", {}));
    cloud.stop("toy-api@controller");
    expect(() => list(cloud)).toThrow(/Connection refused/);
    cloud.start("toy-api@controller");
    cloud.crash("toy-api@controller");
    cloud.start("toy-api@controller");
    expect(list(cloud)).toMatchObject({ toys: ["bear", "ball"] });
    expect([cloud.id("toy", "ball"), cloud.id("toy", "kite")]).toEqual(["2", undefined]);
    expect(cloud.id("image", "cirros")).toBeDefined();
  });

  it("has stores of its own in each cloud", () => {
    const first = withToy();
    first.run(first.user("demo").request("toy", "POST", "/toys", {}));
    expect(list(withToy())).toMatchObject({ toys: ["bear"] });
  });

  it("reads the values of its flags, and refuses those that it does not read", () => {
    expect(list(withToy({ flags: { toy_most: 7 } }))).toMatchObject({ most: 7 });
    expect(() => withToy({ flags: { toy_mots: 7 } })).toThrow(
      'no flag "toy_mots" is read by toy. Did you mean "toy_most"?',
    );
  });

  it("gives the same run again from the same seed", () => {
    const run = (): readonly string[] => {
      const cloud = withToy();
      list(cloud);
      return cloud.timeline.lines;
    };
    expect(run()).toEqual(run());
  });
});

describe("what cannot be added", () => {
  const named: [string, OwnProject, string][] = [
    ["project", { ...toy, name: "nova" }, 'the project "nova" is there already'],
    [
      "process",
      { ...toy, processes: [{ ...api, binary: "nova-network" }] },
      'the process "nova-network" is nova\'s',
    ],
    [
      "type",
      { ...toy, catalog: [{ type: "image", url: onController(9999) }] },
      'the service type "image" is glance\'s',
    ],
    ["user", { ...toy, serviceUser: "neutron" }, 'the service user "neutron" is neutron\'s'],
    [
      "kind",
      { ...toy, resolve: () => ({ server: () => "1" }) },
      'the kind of thing "server" is nova\'s',
    ],
  ];

  it.each(named)("is a %s that another has", (_what, project, message) => {
    const refused = () => new Cloud({ observer: null }).add(project);
    expect(refused).toThrow(CloudError);
    expect(refused).toThrow(`cannot be added: ${message}. Choose another name.`);
  });

  it("is a service user that would be somebody's already, who would become an admin", () => {
    const refused = () => new Cloud({ observer: null }).add({ ...toy, serviceUser: "demo" });
    expect(refused).toThrow(
      new CloudError('project "toy" cannot be added: there is a user "demo". Choose another name.'),
    );
  });

  it("is one thing twice, and one project twice", () => {
    const cloud = withToy();
    expect(() => cloud.add(toy, { host: "shelf" })).toThrow('the project "toy" is there already');
    const twins = { ...toy, name: "twins", processes: [api, api] };
    expect(() => new Cloud({ observer: null }).add(twins)).toThrow(
      'project "twins" has the process "toy-api" twice',
    );
  });

  it("is a process at a port where another listens", () => {
    expect(() => withToy({ flags: { toy_port: 8774 } })).toThrow(
      new CloudError(
        "toy-api@controller cannot start: [Errno 98] Address already in use: controller:8774, " +
          "by nova-api@controller. Choose another port.",
      ),
    );
  });

  it("leaves nothing behind when it does not start, so that it can be added once it does", () => {
    const cloud = new Cloud({ seed: 1 });
    const before = { actors: cloud.actors, queues: cloud.bus.queues() };
    const broken = idle("toy-agent", "controller", function* () {
      throw new ValueError("no batteries");
    });
    expect(() => cloud.add({ ...toy, processes: [api, broken] })).toThrow(
      "toy-agent@controller cannot start: ValueError: no batteries",
    );
    expect({ actors: cloud.actors, queues: cloud.bus.queues() }).toEqual(before);
    expect(cloud.id("user", "toy")).toBeUndefined();
    expect(() => cloud.id("toy", "bear")).toThrow(/^there are no ids of "toy" in this cloud/);
    cloud.add(toy);
    expect(list(cloud)).toMatchObject({ toys: ["bear"] });
  });

  it("is a key among the options of a cloud (held by the compiler)", () => {
    const options = { toys: store };
    // @ts-expect-error: what a cloud's options are was said when it was made.
    const refused = (cloud: Cloud) => cloud.add({ ...toy, options });
    expect(refused).toBeTypeOf("function");
  });
});
