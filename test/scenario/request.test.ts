/** `request:` one request as it is: who makes it, where it goes, what is looked at and kept. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { loadScenario, runScenario, type Result } from "../../src/scenario/index.js";
import { MemoryTimeline, type Entry } from "../../src/timeline/index.js";

function problems(steps: string): string[] {
  const loaded = loadScenario({ file: "x.yaml", text: `scenario: x\nsteps:\n${steps}` });
  return loaded.ok ? [] : loaded.problems.map(({ message }) => message);
}

function run(steps: string): Result & { readonly recorded: readonly Entry[] } {
  const loaded = loadScenario({ file: "x.yaml", text: `scenario: x\nsteps:\n${steps}` });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const sink = new MemoryTimeline();
  const makeWorld = (options: ConstructorParameters<typeof Cloud>[0]): Cloud => new Cloud(options);
  const result = runScenario({ loaded, makeWorld, version: "0", sink });
  return { ...result, recorded: sink.entries };
}

/** What one failing step says, with where it is written. */
function failure(steps: string): readonly string[] {
  const { failures } = run(steps);
  const [first] = failures;
  if (first === undefined) return [];
  const { place, what, details } = first;
  return [`${String(place?.line)}:${String(place?.column)}`, what, details[0] ?? ""];
}

const requests = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) =>
    entry.kind === "rest.request" && entry.actor === "nova-client@demo"
      ? [`${entry.to} ${entry.method} ${entry.path}`]
      : [],
  );

describe("a request", () => {
  it("fills in names and what was kept in the texts that are expected", () => {
    const steps = (id: string): string => `
  - request:
      to: network
      path: /v2.0/networks/{{network private}}
      expect: { text: { contains: ['"{{network private}}"'], lacks: "{{image cirros}}" } }
      keep: { id: network.id, name: network.name }
  - run: nova net-show {{name}}
    expect: { exit: 2 }
  - run: nova image-show cirros
    expect: { stdout: { contains: "${id}", lacks: "{{id}}" } }
`;
    expect(run(steps("{{image cirros}}")).failures).toEqual([]);
    expect(failure(steps("{{name}}"))[2]).toBe('stdout does not contain "private"');
    const [problem] = problems("  - request: { to: nova, path: /x, expect: { text: '{{nme}}' } }");
    expect(problem).toBe('there is no kept value "nme"');
  });

  it("fills in names and what was kept, in path, body, headers and command lines", () => {
    const { failures, recorded } = run(`
  - request:
      to: neutron
      method: POST
      path: /v2.0/ports
      body: { port: { network_id: "{{network private}}", name: p1 } }
      expect: { status: 201, body: { port: { name: p1, network_id: "{{network private}}" } } }
      keep: { port: port.id, address: port.fixed_ips.0.ip_address, up: port.admin_state_up }
  - request:
      to: neutron
      method: PUT
      path: "/v2.0/ports/{{port}}"
      body: { port: { admin_state_up: "{{up}}", name: "at {{address}}" } }
      expect: { body: { port: { id: "{{port}}", admin_state_up: true } } }
  - run: rpc cast q-plugin {{ port }} --version 1.0
  - request: { to: nova, path: "/images/{{image cirros}}", headers: { X-Own: "{{port}}" } }
`);
    expect(failures).toEqual([]);
    const [{ port } = { port: "" }] = recorded.flatMap((entry) => {
      const made = entry.kind === "rest.response" && entry.status === 201 ? entry.body : undefined;
      return made === undefined ? [] : [{ port: (made as { port: { id: string } }).port.id }];
    });
    const puts = recorded.filter((one) => one.kind === "rest.request" && one.method === "PUT");
    expect(puts).toMatchObject([
      {
        path: `/v2.0/ports/${port}`,
        body: {
          port: { admin_state_up: true, name: expect.stringMatching(/^at \d+\./u) as string },
        },
      },
    ]);
    const typed = recorded.flatMap((one) => (one.kind === "client" ? [one.command] : []));
    expect(typed[2]).toBe(`rpc cast q-plugin ${port} --version 1.0`);
    const last = recorded.findLast(
      (one) => one.kind === "rest.request" && one.to === "nova-api@controller",
    );
    expect(last).toMatchObject({ headers: { "x-own": port } });
  });

  it("goes to the root of the service with a version, and else to its URL in the catalog", () => {
    const { recorded, failures } = run(`
  - request: { to: nova, path: "/limits" }
  - request: { to: compute, path: "/v2/{{tenant demo}}/limits" }
  - request: { to: nova, path: "/", expect: { status: [200, 300] } }
  - request: { to: "http://controller:35357", path: /v2.0/tenants, as: admin }
`);
    expect(failures).toEqual([]);
    const [tenant] = /[0-9a-f]{32}/u.exec(requests(recorded)[1] ?? "") ?? [];
    expect(requests(recorded).filter((one) => !one.includes("POST /v2.0/tokens"))).toEqual([
      `nova-api@controller GET /v2/${String(tenant)}/limits`,
      `nova-api@controller GET /v2/${String(tenant)}/limits`,
      "nova-api@controller GET /",
    ]);
  });

  it("logs in as its user each time, and not at all as nobody", () => {
    const { recorded } = run(`
  - request: { to: glance, path: /v2/images }
  - request: { to: glance, path: /v2/images }
  - request: { as: none, to: glance, path: /v2/images, expect: { status: 401 } }
`);
    expect(requests(recorded)).toEqual([
      ...["keystone@controller POST /v2.0/tokens", "glance-api@controller GET /v2/images"],
      ...["keystone@controller POST /v2.0/tokens", "glance-api@controller GET /v2/images"],
      "glance-api@controller GET /v2/images",
    ]);
  });

  it("is told as what curl would send and print", () => {
    const { recorded } = run(`
  - request: { to: neutron, path: /v2.0/ports/00000000-0000-4000-8000-000000000000, expect: { status: 404 } }
  - crash: glance-api@controller
  - request: { to: glance, method: POST, path: /v2/images, body: { name: "it's" }, expect: { error: refused } }
`);
    const [first, second] = recorded.filter((one) => one.kind === "client");
    expect(first).toMatchObject({
      command:
        'curl -i http://controller:9696/v2.0/ports/00000000-0000-4000-8000-000000000000 -H "X-Auth-Token: $OS_TOKEN"',
      stdout: expect.stringMatching(
        /^HTTP\/1.1 404 Not Found\n[^]*\n\n\{"NeutronError":/u,
      ) as string,
      exit: 0,
    });
    expect(second).toMatchObject({
      command:
        `curl -i -X POST http://controller:9292/v2/images -H "X-Auth-Token: $OS_TOKEN" ` +
        `-H "Content-Type: application/json" -d '{"name":"it'\\''s"}'`,
      stdout: "",
      exit: 7,
    });
  });

  it("must be answered as expected, and a step says where it was not", () => {
    expect(failure("  - request: { to: neutron, path: /v2.0/ports/x }")).toEqual([
      "3:14",
      "`GET /v2.0/ports/x of neutron` was not answered as expected",
      "status 404 instead of one below 400",
    ]);
    const wrong = (expected: string): string =>
      failure(`  - request: { to: neutron, path: /v2.0/networks, expect: ${expected} }`)[2] ?? "";
    expect(wrong("{ status: 201 }")).toBe("status 200 instead of 201");
    expect(wrong("{ error: refused }")).toBe("there was an answer");
    expect(wrong("{ body: { networks: [] } }")).toMatch(/^body.networks has 1 items instead of 0/u);
    expect(wrong("{ body: { networks: [{ name: x }] } }")).toBe(
      'body.networks.0.name is "private" instead of "x"',
    );
    expect(wrong("{ body: { ports: [] } }")).toBe("body.ports is not there; there are networks");
    expect(wrong("{ headers: { Location: x } }")).toBe("header Location is not there");
    expect(wrong("{ text: { lacks: private } }")).toBe('the body contains "private"');
  });

  it("keeps only what the answer has", () => {
    const step = "  - request: { to: neutron, path: /v2.0/networks, keep: { net: networks.1.id } }";
    expect(failure(step)).toEqual([
      "3:64",
      "the answer has no networks.1.id that could be kept as net",
      expect.stringMatching(/^answered 200: /u) as string,
    ]);
  });

  it("can be one of several at one moment, and its failure stands at its own line", () => {
    const steps = `
  - together:
      - run: nova list
      - request: { to: nova, path: /servers }
      - request: { to: nova, path: /servers/x }`;
    expect(failure(steps)[0]).toBe("7:18");
    const { recorded } = run(steps);
    const typed = recorded.filter(
      (one) => one.kind === "rest.request" && one.path.endsWith("tokens"),
    );
    expect(new Set(typed.map(({ at }) => at))).toEqual(new Set([0]));
  });
});

describe("a request that cannot be right", () => {
  it.each([
    ["{ to: neutorn, path: / }", 'there is no service "neutorn"'],
    ["{ to: neutron, path: / , as: bob }", 'there is no user "bob"'],
    ['{ to: neutron, path: "/{{port}}" }', 'there is no kept value "port"'],
    ['{ to: neutron, path: /, body: ["{{network no}}"] }', 'there is no network "no"'],
    ["{ to: neutron, path: v2.0 }", /expected a path that begins with a slash/u],
    ["{ to: neutron, path: /, method: GOT }", /expected one of GET, HEAD/u],
    [
      "{ to: neutron, path: /, expect: { status: 42 } }",
      /expected a whole number from 100 to 599/u,
    ],
    ["{ to: neutron, path: /, expect: { status: 200, error: x } }", /expected error: alone/u],
    ["{ to: neutron, path: /, keep: { a b: x } }", /the key `a b` is not a name/u],
  ])("is refused before anything runs: %s", (written, said) => {
    expect(problems(`  - request: ${written}`)).toEqual([
      typeof said === "string" ? said : (expect.stringMatching(said) as string),
    ]);
  });

  it("is told of braces that YAML takes for its own, once", () => {
    expect(problems("  - request: { to: nova, path: /servers/{{server web}} }")).toEqual([
      "a brace inside a text",
    ]);
  });
});
