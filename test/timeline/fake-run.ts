/** Small timelines by hand: what a recorder would have written, without a run. */
import {
  MemoryTimeline,
  Recorder,
  type AnyObservation,
  type Header,
} from "../../src/timeline/index.js";
import { NO_CAUSE, type Cause, type Detail } from "../../src/kernel/index.js";

type HeaderFields = Omit<Header, "timeline" | "detail">;

export const HEADER: HeaderFields = {
  novasim: "0.1.0",
  scenario: "boot",
  title: "Boot an instance",
  seed: 7,
  epoch: "2014-09-18T04:03:09.000Z",
  actors: [
    "nova-api@c1",
    "nova-conductor@c1",
    "nova-scheduler@c1",
    "nova-compute@h1",
    "nova-compute@h2",
  ].map((name) => {
    const [service = "", host = ""] = name.split("@");
    return { name, service, project: "nova", host };
  }),
  source: { scenario: "boot" },
};

/** Records observations one millisecond apart unless told otherwise. */
export class Story {
  readonly timeline = new MemoryTimeline();
  readonly recorder: Recorder;
  at = 0;
  #id = 0;

  constructor(options: { detail?: Detail; header?: Partial<HeaderFields> } = {}) {
    this.recorder = new Recorder(this.timeline, options.detail ?? "flow");
    this.recorder.begin({ ...HEADER, ...options.header });
  }

  add(what: AnyObservation, cause: Cause = NO_CAUSE, detail: Detail = "flow"): Cause {
    this.at += 1_000;
    return this.recorder.observe(this.at, what, detail, cause);
  }

  step(text: string, note?: string): Cause {
    const index = this.timeline.entries.filter(({ kind }) => kind === "step").length;
    return this.add({ kind: "step", index, text, ...(note === undefined ? {} : { note }) });
  }

  /** A request and, if `status` is given, its response. `inside` runs in between. */
  rest(
    [from, to]: readonly [string, string],
    [method, path]: readonly [string, string],
    { status, body = null, answer = null, cause = NO_CAUSE, inside }: RestOptions = {},
  ): Cause {
    const id = ++this.#id;
    const sent = this.add(
      { kind: "rest.request", actor: from, id, from, to, method, path, headers: {}, body },
      cause,
    );
    inside?.(sent);
    if (status === undefined) return sent;
    return this.add(
      { kind: "rest.response", actor: from, id, status, headers: {}, body: answer },
      sent,
    );
  }

  /** A message, its delivery, and for a call its reply. `inside` runs when it has been taken. */
  rpc(
    kind: "rpc.call" | "rpc.cast" | "rpc.fanout",
    [from, to]: readonly [string, string],
    method: string,
    { args = {}, cause = NO_CAUSE, inside, fails }: RpcOptions = {},
  ): Cause {
    const id = ++this.#id;
    const topic = to.split("@")[0]?.replace(/^nova-/, "") ?? "";
    const sent = this.add(
      {
        kind,
        actor: from,
        id,
        from,
        exchange: "nova",
        topic,
        server: undefined,
        namespace: undefined,
        version: "1.0",
        method,
        args,
      },
      cause,
    );
    const taken = this.add({ kind: "rpc.delivered", actor: to, id, to, queue: topic }, sent);
    inside?.(taken);
    if (kind !== "rpc.call") return sent;
    if (fails === undefined) {
      return this.add(
        { kind: "rpc.reply", actor: from, id, from: to, to: from, result: null },
        taken,
      );
    }
    const failure = {
      class: fails,
      module: "nova.exception",
      message: `${fails} happened`,
      tb: [],
      args: [],
      kwargs: {},
    };
    return this.add({ kind: "rpc.failure", actor: from, id, from: to, to: from, failure }, taken);
  }

  server(
    actor: string,
    op: "insert" | "update",
    changes: Record<string, readonly [unknown, unknown]>,
    cause: Cause = NO_CAUSE,
  ): Cause {
    return this.add(
      { kind: "db", actor, project: "nova", op, table: "instances", key: SERVER, changes },
      cause,
    );
  }

  notify(actor: string, event_type: string, cause: Cause = NO_CAUSE): Cause {
    const publisher_id = actor.replace("nova-", "").replace("@", ".");
    const payload = { display_name: "t3" };
    const topic = "notifications.info";
    return this.add(
      { kind: "notification", actor, publisher_id, event_type, priority: "INFO", payload, topic },
      cause,
    );
  }
}

export const SERVER = "00be783d-bef5-46b1-bfdc-316618c76e92";
const TENANT = "d7beb7f28e0b4f41901215000339361d";

export interface RestOptions {
  status?: number;
  body?: unknown;
  answer?: unknown;
  cause?: Cause;
  inside?: (sent: Cause) => void;
}

export interface RpcOptions {
  args?: unknown;
  cause?: Cause;
  inside?: (taken: Cause) => void;
  fails?: string;
}

/** The way of a `nova boot`, in small. */
export function boot(options: { detail?: Detail; name?: string } = {}): Story {
  const story = new Story(options.detail === undefined ? {} : { detail: options.detail });
  const name = options.name ?? "t3";
  for (const { name: actor } of HEADER.actors)
    story.add({ kind: "service", actor, event: "started" });
  const step = story.step(
    `nova boot ${name} --flavor m1.nano --image cirros`,
    "The client asks Keystone for a token, then creates the server. nova-api answers at once; the work goes on without the client.",
  );
  story.rest(["nova-client", "keystone"], ["POST", "/v2.0/tokens"], { status: 200, cause: step });
  story.rest(["nova-client", "nova-api@c1"], ["GET", `/v2/${TENANT}/images/cirros`], {
    status: 404,
    answer: { itemNotFound: { message: "Image not found.", code: 404 } },
    cause: step,
  });
  story.rest(["nova-client", "nova-api@c1"], ["POST", `/v2/${TENANT}/servers`], {
    status: 202,
    body: { server: { name, flavorRef: "42", imageRef: SERVER } },
    cause: step,
    inside: (sent) => {
      const born = {
        uuid: [null, SERVER],
        display_name: [null, name],
        vm_state: [null, "building"],
        task_state: [null, "scheduling"],
      } as const;
      story.server("nova-api@c1", "insert", born, sent);
      story.rpc("rpc.cast", ["nova-api@c1", "nova-conductor@c1"], "build_instances", {
        args: {
          instances: [{ display_name: name, uuid: SERVER }],
          image: { name: "cirros" },
          admin_password: "s3cret",
        },
        cause: sent,
        inside: (taken) => build(story, name, taken),
      });
    },
  });
  const table = `+----+--------+\n| ID | ${name} |\n+----+--------+\n`;
  story.add({
    kind: "client",
    user: "demo",
    command: `nova boot ${name} --flavor m1.nano --image cirros`,
    stdout: table,
    stderr: "",
    exit: 0,
  });
  story.step("wait: t3 ACTIVE");
  story.add({
    kind: "check",
    what: `server ${name} is ACTIVE`,
    passed: true,
    expected: "ACTIVE",
    actual: "ACTIVE",
  });
  return story;
}

function build(story: Story, name: string, cause: Cause): void {
  const conductor = "nova-conductor@c1";
  story.rpc("rpc.call", [conductor, "nova-scheduler@c1"], "select_destinations", { cause });
  story.rpc("rpc.cast", [conductor, "nova-compute@h1"], "build_and_run_instance", {
    cause,
    args: {
      instance: { "nova_object.name": "Instance", "nova_object.data": { display_name: name } },
    },
    inside: (taken) => {
      const compute = "nova-compute@h1";
      story.notify(compute, "compute.instance.create.start", taken);
      for (const [before, after] of [
        ["scheduling", "networking"],
        ["networking", "spawning"],
      ] as const) {
        story.rpc("rpc.call", [compute, conductor], "object_action", {
          cause: taken,
          args: { objinst: { "nova_object.name": "Instance" }, objmethod: "save" },
          inside: (saving) =>
            void story.server(conductor, "update", { task_state: [before, after] }, saving),
        });
      }
      story.at += 2_400_000;
      story.server(
        conductor,
        "update",
        { vm_state: ["building", "active"], task_state: ["spawning", null] },
        taken,
      );
      story.notify(compute, "compute.instance.create.end", taken);
    },
  });
}
