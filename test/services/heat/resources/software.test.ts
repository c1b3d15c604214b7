/**
 * Configurations of software, and servers that apply them: heat/api/openstack/v1/software_configs.py,
 * software_deployments.py, heat/engine/service.py, heat/engine/resources/software_config, server.py
 * (_populate_deployments_metadata), heat/api/cfn/v1/stacks.py (describe_stack_resource) at 2014.2
 * (test_software_deployment.py, test_structured_config.py, test_multi_part.py).
 */
import { describe, expect, it } from "vitest";
import { HttpClient, type HttpResponse } from "../../../../src/http/index.js";
import {
  isObject,
  str,
  textOf,
  urlencode,
  type Json,
  type JsonObject,
} from "../../../../src/python/index.js";
import { ec2Signature } from "../../../../src/services/keystone/client/index.js";
import { messageOf, StackBed } from "../cloud-bed.js";

const hot = (resources: JsonObject, outputs: JsonObject = {}): JsonObject => ({
  heat_template_version: "2014-10-16",
  resources,
  outputs,
});

const CONFIG: JsonObject = {
  type: "OS::Heat::SoftwareConfig",
  properties: {
    group: "script",
    config: "#!/bin/sh\necho $foo > $heat_outputs_path.result\n",
    inputs: [{ name: "foo" }, { name: "bar", default: "b" }],
    outputs: [{ name: "result" }, { name: "trouble", error_output: true }],
  },
};

const server = (properties: JsonObject = {}): JsonObject => ({
  type: "OS::Nova::Server",
  properties: {
    image: "cirros",
    flavor: "m1.nano",
    user_data_format: "SOFTWARE_CONFIG",
    ...properties,
  },
});

const deployment = (properties: JsonObject = {}): JsonObject => ({
  type: "OS::Heat::SoftwareDeployment",
  properties: {
    config: { get_resource: "config" },
    server: { get_resource: "server" },
    input_values: { foo: "f", extra: "e" },
    ...properties,
  },
});

const DEPLOYED = hot(
  { config: CONFIG, server: server(), deployment: deployment() },
  {
    result: { value: { get_attr: ["deployment", "result"] } },
    stdout: { value: { get_attr: ["deployment", "deploy_stdout"] } },
    nothing: { value: { get_attr: ["deployment", "no_such_output"] } },
  },
);

const metadataOf = (bed: StackBed, path: string, resource: string): JsonObject => {
  const { body } = bed.ask("GET", `${path}/resources/${resource}/metadata`);
  const metadata = isObject(body) ? body["metadata"] : undefined;
  return isObject(metadata) ? metadata : {};
};

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];

/** What a program in the server knows: its key, and what it has been told to do. */
class Guest {
  readonly #bed: StackBed;
  readonly #http: HttpClient;

  constructor(bed: StackBed) {
    this.#bed = bed;
    this.#http = new HttpClient(bed.cloud.network, "guest");
  }

  send(method: string, url: string, options: Parameters<HttpClient["request"]>[2] = {}) {
    return this.#bed.cloud.run(this.#http.request(method, url, options));
  }

  /** As os-collect-config asks heat-api-cfn, with a key of the server's own. */
  describes(collect: JsonObject, resource = "server"): HttpResponse {
    const params: Record<string, string> = {
      Action: "DescribeStackResource",
      StackName: textOf(collect, "stack_name"),
      LogicalResourceId: resource,
      AWSAccessKeyId: textOf(collect, "access_key_id"),
      SignatureMethod: "HmacSHA256",
      SignatureVersion: "2",
      Timestamp: "2014-09-18T04:03:09Z",
    };
    const request = { host: "controller:8000", verb: "GET", path: "/v1/", params };
    const secret = textOf(collect, "secret_access_key");
    const query = { ...params, Signature: ec2Signature(secret, request) };
    return this.send(
      "GET",
      `http://controller:8000/v1/?${urlencode(new Map(Object.entries(query)))}`,
    );
  }
}

/** Begun, with the server there and the deployment waiting. */
function deploying(template: JsonObject) {
  const bed = new StackBed();
  bed.create("s", template);
  bed.cloud.advance("40s");
  const path = bed.path("s");
  const metadata = metadataOf(bed, path, "server");
  const [config = {}] = objects(metadata["deployments"]);
  const inputs = new Map(objects(config["inputs"]).map((one) => [textOf(one, "name"), one]));
  const input = (name: string): Json => inputs.get(name)?.["value"] ?? null;
  return { bed, path, metadata, config, input, names: [...inputs.keys()], guest: new Guest(bed) };
}

describe("a deployment whose server signals by a URL", () => {
  it("waits in the server's metadata, with all that the server needs, until that has signalled", () => {
    const { bed, path, metadata, config, input, names, guest } = deploying(DEPLOYED);
    expect(bed.resources(path)).toEqual([
      "config CREATE_COMPLETE",
      "deployment CREATE_IN_PROGRESS",
      "server CREATE_COMPLETE",
    ]);
    expect(config).toMatchObject({
      group: "script",
      config: CONFIG["properties"]?.["config" as never],
    });
    expect(names.sort()).toEqual([
      ...["bar", "deploy_action", "deploy_resource_name", "deploy_server_id"],
      ...["deploy_signal_id", "deploy_stack_id", "extra", "foo"],
    ]);
    expect([input("foo"), input("bar"), input("extra"), input("deploy_action")]).toEqual([
      ...["f", "b", "e", "CREATE"],
    ]);

    // The server asks for it with a key of its own, which opens nothing else.
    const collect = metadata["os-collect-config"];
    const cfn = isObject(collect) && isObject(collect["cfn"]) ? collect["cfn"] : {};
    expect(cfn["path"]).toBe("server.Metadata");
    const seen = guest.describes(cfn);
    expect([seen.status, seen.headers["content-type"]]).toEqual([200, "application/xml"]);
    expect(seen.body).toContain("<ResourceStatus>CREATE_COMPLETE</ResourceStatus>");
    expect(seen.body).toContain("deploy_signal_id");
    expect(guest.describes(cfn, "config").status).toBe(403);

    const signal = {
      deploy_stdout: "done",
      deploy_stderr: "",
      deploy_status_code: 0,
      result: "f it is",
    };
    expect(guest.send("POST", str(input("deploy_signal_id")), { body: signal }).status).toBe(200);
    bed.cloud.settle();
    expect(bed.state(path)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    expect(bed.outputs(path)).toEqual({
      result: "f it is",
      stdout: "done",
      nothing: "The Referenced Attribute (deployment no_such_output) is incorrect.",
    });
    const { body } = bed.ask("GET", `${path}/resources/deployment/events`);
    expect(objects(isObject(body) ? body["events"] : null)[1]?.["resource_status_reason"]).toBe(
      "Signal: deployment succeeded",
    );

    // An update deploys anew, and forgets what was derived before.
    const changed = {
      ...DEPLOYED,
      resources: {
        config: CONFIG,
        server: server(),
        deployment: deployment({ input_values: { foo: "g" } }),
      },
    };
    bed.ask("PUT", path, { template: changed });
    bed.cloud.advance("20s");
    const [second = {}] = objects(metadataOf(bed, path, "server")["deployments"]);
    expect(second["id"]).not.toBe(config["id"]);
    expect(bed.ask("GET", `/software_configs/${textOf(config, "id")}`).status).toBe(404);
    guest.send("POST", str(input("deploy_signal_id")), { body: signal });
    bed.cloud.settle();
    expect(bed.state(path)).toBe("UPDATE_COMPLETE: Stack successfully updated");

    bed.ask("DELETE", path);
    bed.cloud.settle();
    expect(bed.state(path)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
    expect(bed.ask("GET", "/software_deployments").body).toEqual({ software_deployments: [] });
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it.each([
    [
      { deploy_status_code: 3 },
      "deploy_status_code : Deployment exited with non-zero status code: 3",
    ],
    [{ deploy_status_code: "0", trouble: "disk full" }, "trouble : disk full"],
  ])("fails by what that says: %j (test_handle_signal_failed)", (signal, reason) => {
    const { bed, path, input, guest } = deploying(DEPLOYED);
    guest.send("POST", str(input("deploy_signal_id")), { body: signal });
    bed.cloud.settle();
    expect(bed.state(path)).toBe(
      `CREATE_FAILED: Resource CREATE failed: Error: Deployment to server failed: ${reason}`,
    );
  });
});

describe("a deployment that has failed", () => {
  it("is made anew by an update, which fails at the old one's user: a backup knows no project of users (_backup_stack)", () => {
    const { bed, path, input, guest } = deploying(DEPLOYED);
    const at = str(input("deploy_signal_id"));
    guest.send("POST", at, { body: { deploy_status_code: 1 } });
    bed.cloud.settle();
    bed.ask("PUT", path, { template: DEPLOYED });
    bed.cloud.advance("30s");
    guest.send("POST", bed.signedUrl(), { body: { deploy_status_code: 0 } });
    bed.cloud.settle();
    expect(bed.resources(path)).toContain("deployment CREATE_COMPLETE");
    expect(bed.state(path)).toBe(
      "UPDATE_FAILED: Forbidden: You are not authorized to perform the requested action: identity:delete_user (HTTP 403)",
    );
  });
});

describe("other ways to tell and to be told", () => {
  it("HEAT_SIGNAL and POLL_SERVER_HEAT: users of the stack's, who may do that and nothing else", () => {
    const { bed, path, metadata, input, guest } = deploying(
      hot({
        config: CONFIG,
        server: server({ software_config_transport: "POLL_SERVER_HEAT" }),
        deployment: deployment({ signal_transport: "HEAT_SIGNAL" }),
      }),
    );
    const collect = metadata["os-collect-config"];
    const heat = isObject(collect) && isObject(collect["heat"]) ? collect["heat"] : {};
    const login = (user: JsonObject, project: Json) => {
      const identity = { methods: ["password"], password: { user } };
      const auth = { auth: { identity, scope: { project: { id: project } } } };
      const { headers } = guest.send("POST", "http://controller:5000/v3/auth/tokens", {
        body: auth,
      });
      return headers["x-subject-token"] ?? "";
    };
    const token = login(
      { id: heat["user_id"] ?? null, password: heat["password"] ?? null },
      heat["project_id"] ?? null,
    );
    const at = `http://controller:8004/v1/${textOf(heat, "project_id")}`;
    const asServer = { headers: { "x-auth-token": token } };
    const own = `${at}${path}/resources/server`;
    expect(guest.send("GET", `${own}/metadata`, asServer).status).toBe(200);
    expect(guest.send("GET", own, asServer).status).toBe(403);
    const told = guest.send(
      "GET",
      `${at}/software_deployments/metadata/${str(input("deploy_server_id"))}`,
      asServer,
    );
    expect(objects(isObject(told.body) ? told.body["metadata"] : null)).toHaveLength(1);
    expect(guest.send("GET", `${at}/software_deployments`, asServer).status).toBe(403);

    const deployer = login(
      { id: input("deploy_user_id"), password: input("deploy_password") },
      input("deploy_project_id"),
    );
    const { status } = guest.send("POST", `${at}${path}/resources/deployment/signal`, {
      headers: { "x-auth-token": deployer },
      body: { deploy_status_code: 0 },
    });
    expect(status).toBe(200);
    bed.cloud.settle();
    expect(bed.state(path)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
  });

  it("NO_SIGNAL: nobody waits, for one server or for several; get_input is filled in", () => {
    const bed = new StackBed();
    const path = bed.build(
      "s",
      hot({
        config: {
          type: "OS::Heat::StructuredConfig",
          properties: { config: { a: { get_input: "foo" }, b: [{ get_input: "deploy_action" }] } },
        },
        server: server(),
        all: {
          type: "OS::Heat::StructuredDeployments",
          properties: {
            servers: { one: { get_resource: "server" } },
            config: { get_resource: "config" },
            input_values: { foo: "f" },
            signal_transport: "NO_SIGNAL",
          },
        },
      }),
    );
    expect(bed.state(path)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    const [config] = objects(metadataOf(bed, path, "server")["deployments"]);
    expect(config?.["config"]).toEqual({ a: "f", b: ["CREATE"] });
  });

  it("is refused for a server of the stack that does not look (test_validate_failed)", () => {
    const plain = server({ user_data_format: "RAW" });
    expect(
      new StackBed().build("s", hot({ config: CONFIG, server: plain, deployment: deployment() })),
    ).toBe(
      "Resource server's property user_data_format should be set to SOFTWARE_CONFIG since there are software deployments on it.",
    );
  });
});

describe("configurations", () => {
  const bed = new StackBed();
  const config = (id: string): JsonObject => {
    const { body } = bed.ask("GET", `/software_configs/${id}`);
    const found = isObject(body) ? body["software_config"] : undefined;
    return isObject(found) ? found : {};
  };

  it("for cloud-init are texts: YAML, and a message of parts, of which one may be another configuration", () => {
    const path = bed.build(
      "boot",
      hot(
        {
          cloud: {
            type: "OS::Heat::CloudConfig",
            properties: { cloud_config: { users: ["demo"], write_files: [{ path: "/etc/x" }] } },
          },
          parts: {
            type: "OS::Heat::MultipartMime",
            properties: {
              parts: [
                { config: { get_resource: "cloud" } },
                { config: "#!/bin/sh", filename: "go.sh", subtype: "x-shellscript" },
              ],
            },
          },
        },
        {
          id: { value: { get_resource: "parts" } },
          cloud: { value: { get_attr: ["cloud", "config"] } },
        },
      ),
    );
    const { id, cloud } = bed.outputs(path);
    expect(cloud).toBe("#cloud-config\nusers: [demo]\nwrite_files:\n- {path: /etc/x}\n");
    const message = textOf(config(str(id ?? null)), "config");
    expect(message).toMatch(
      /^Content-Type: multipart\/mixed; boundary="=+\d+=="\nMIME-Version: 1\.0\n\n/u,
    );
    expect(message).toContain('Content-Type: text/plain; charset="us-ascii"');
    expect(message).toContain("#cloud-config\nusers: [demo]");
    expect(message).toContain('Content-Disposition: attachment; filename="go.sh"');
  });

  it("for each action are one component, in which no action has two", () => {
    const component = (second: string): JsonObject =>
      hot({
        component: {
          type: "OS::Heat::SoftwareComponent",
          properties: {
            configs: [
              { actions: ["CREATE"], config: "a", tool: "script" },
              { actions: [second], config: "b", tool: "script" },
            ],
          },
        },
      });
    expect(bed.build("twice", component("CREATE"))).toBe(
      'Defining more than one configuration for the same action in SoftwareComponent "component" is not allowed.',
    );
    expect(bed.state(bed.build("once", component("DELETE")))).toContain("CREATE_COMPLETE");
  });

  it("over REST are made, shown and deleted, but not while they are deployed", () => {
    const made = bed.ask("POST", "/software_configs", { name: "c", group: "g", config: "text" });
    const body = isObject(made.body) ? made.body["software_config"] : undefined;
    const id = textOf(isObject(body) ? body : {}, "id");
    expect([made.status, body]).toEqual([
      200,
      { id, name: "c", group: "g", config: "text", inputs: [], outputs: [], options: {} },
    ]);
    const deployed = bed.ask("POST", "/software_deployments", { config_id: id, server_id: "s" });
    const of = isObject(deployed.body) ? deployed.body["software_deployment"] : undefined;
    expect(of).toMatchObject({ config_id: id, server_id: "s", input_values: {}, status: null });
    expect(bed.ask("DELETE", `/software_configs/${id}`).status).toBe(500);
    const one = `/software_deployments/${textOf(isObject(of) ? of : {}, "id")}`;
    const put = bed.ask("PUT", one, { status: "COMPLETE", output_values: { a: 1 } });
    expect(put.body).toMatchObject({
      software_deployment: { status: "COMPLETE", output_values: { a: 1 }, config_id: id },
    });
    expect(bed.ask("GET", "/software_deployments?server_id=t").body).toEqual({
      software_deployments: [],
    });
    expect(bed.ask("DELETE", one).status).toBe(204);
    expect(bed.ask("DELETE", `/software_configs/${id}`).status).toBe(204);
    const gone = bed.ask("GET", `/software_configs/${id}`);
    // The words of an exception without a name are lost on the way.
    expect([gone.status, messageOf(gone.body)]).toEqual([404, "Not found"]);
    expect(bed.ask("POST", "/software_deployments", { config_id: id, server_id: "s" }).status).toBe(
      500,
    );
  });
});
