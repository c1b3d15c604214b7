/**
 * The walls between the folders of `src`: who may import whom. Each refusal says what to do
 * instead. Paths decide, not types, so the rule works on any file, saved or not.
 */
import path from "node:path";

const BOTTOM = ["python", "text"];
const CORE = [...BOTTOM, "kernel"];
const WIRES = [...CORE, "bus", "http"];
const FRAMEWORK = [...WIRES, "framework"];
const SERVICES = [...FRAMEWORK, "hardware", "services"];
const CLIENTS = [...SERVICES, "vintage", "clients"];
const CLOUD = [...CLIENTS, "faults", "cloud", "timeline"];

/** For each layer, the layers below it that it may import. */
const LAYERS = new Map(
  Object.entries({
    python: [],
    text: [],
    kernel: BOTTOM,
    bus: CORE,
    http: CORE,
    hardware: CORE,
    faults: [...WIRES, "hardware"],
    framework: WIRES,
    vintage: FRAMEWORK,
    services: [...FRAMEWORK, "hardware"],
    clients: [...FRAMEWORK, "services", "vintage"],
    timeline: FRAMEWORK,
    cloud: [...CLIENTS, "faults", "timeline"],
    scenario: CLOUD,
    views: [...BOTTOM, "timeline", "kernel"],
    page: [...BOTTOM, "timeline", "kernel", "views"],
    serve: [...CLOUD, "scenario"],
    // A test that fails leaves a page, as the command writes it.
    testing: [...CLOUD, "scenario", "views", "cli"],
    entries: [...CLOUD, "views", "scenario", "testing"],
    index: [...CLOUD, "views", "scenario", "testing"],
  }),
);

const UPWARD = "Pass what is needed in through a constructor or an argument, or move it down.";
const INSTEAD = new Map(
  Object.entries({
    python: "Python's values and words know nothing of novasim. " + UPWARD,
    text: "Text for people knows nothing of novasim. " + UPWARD,
    vintage: "The verbs and flags of 2011 stand on today's, and know no service. " + UPWARD,
    kernel: "The kernel knows nothing of messages or services. " + UPWARD,
    bus:
      "The bus knows only the kernel; what faults do to it, they do as its tap (`bus/tap.ts`). " +
      UPWARD,
    http:
      "HTTP knows only the kernel; what faults do to it, they do as its tap (`http/tap.ts`). " +
      UPWARD,
    hardware:
      "Hypervisors and switches belong to hosts and know no service: services come to them. " +
      UPWARD,
    faults: "A fault is an act on the world below services, which know nothing of it. " + UPWARD,
    framework: "The framework knows no particular service. " + UPWARD,
    services: "A service is told its environment (`Env`) by its constructor. " + UPWARD,
    clients: "A client speaks to services over HTTP. " + UPWARD,
    timeline:
      "The timeline knows the observations of kernel, bus, http and framework, nothing else.",
    views: "A view is made from a timeline alone: record what it needs as an observation.",
    page: "The page is thin over views, which are made from a timeline alone.",
    cloud: "The cloud knows nothing of scenario files. " + UPWARD,
    scenario: "Only `src/cli` may touch files and the terminal. " + UPWARD,
    serve:
      "The door knows no service: a real request becomes a simulated one, and is answered in there.",
    testing: "Fixtures drive a cloud from outside, as a user does.",
    entries: "The library must not depend on the command.",
    index: "The library must not depend on the command.",
  }),
);

/** What the record of a run may use of the kernel at run time: the words for time and cause. */
const WORDS_OF_TIME = new Set([
  "NO_CAUSE",
  "Calendar",
  "DEFAULT_EPOCH",
  "microseconds",
  "milliseconds",
  "seconds",
  "minutes",
  "hours",
  "parseDuration",
]);

/**
 * The processes of each project, by the folders that make them up. Any other folder, and the files
 * of the project itself, are library code that all its processes may load: objects, db, image.
 */
const PROCESSES = new Map(
  Object.entries({
    // The hypervisor driver runs inside nova-compute, as in Juno.
    nova: [
      ["api"],
      ["conductor"],
      ["scheduler"],
      ["compute", "virt"],
      ["network"],
      ["console"],
      ["consoleauth"],
      ["cert"],
    ],
    glance: [["api"], ["registry"], ["scrubber"], ["mirror"]],
    neutron: [
      ["api", "plugin", "notifiers", "rpc"],
      ["dhcp"],
      ["ovs"],
      ["l3"],
      ["lbaas"],
      ["metadata"],
    ],
    cinder: [["api"], ["scheduler"], ["volume"], ["backup"]],
    swift: [["proxy"], ["account"], ["container"], ["object"]],
    heat: [["api"], ["api-cfn"], ["engine"]],
    ceilometer: [
      ["api"],
      ["collector"],
      ["notification"],
      ["central"],
      ["compute"],
      ["evaluator"],
      ["notifier"],
    ],
    trove: [["api"], ["taskmanager"], ["conductor"], ["guestagent"]],
  }),
);

/** Who wants to know what a project consists of: nobody but the cloud. */
const DESCRIPTOR =
  "What a project consists of, only the cloud wants to know; import the shared file itself.";

/** Whether `to` is the descriptor of a project: `services/nova/project`. */
const isDescriptor = (to) => to[0] === "services" && to.length === 3 && to[2] === "project";

/** The folder of `file` that says which process it is part of; undefined for a file of the project. */
const folderOf = (file) => (file.length < 2 ? undefined : file[0]);

/** The process that `folder` belongs to, by its first folder; undefined for library code. */
function processOf(project, folder) {
  return PROCESSES.get(project)?.find((folders) => folders.includes(folder))?.[0];
}

/** The path below `src`, as segments without the extension; undefined outside. */
function inside(file) {
  const segments = file.split(/[\\/]/);
  const src = segments.lastIndexOf("src");
  if (src < 0) return undefined;
  return segments.slice(src + 1).map((segment) => segment.replace(/\.[jt]s$/, ""));
}

/** Whether every name of the import is one that the record of a run may use. */
function onlyWordsOfTime(node) {
  return (
    node.specifiers?.length > 0 &&
    node.specifiers.every(
      ({ importKind, imported }) => importKind === "type" || WORDS_OF_TIME.has(imported?.name),
    )
  );
}

/** Whether the file `to` of a project is a contract: its REST library, or an RPC contract. */
const isContract = (to) => to.at(-1) === "rpcapi" || to[0] === "client";

/** What a project is called through. */
const contractsOf = (project) =>
  `services/${project}/client.ts or client/ (REST) or a services/${project}/<service>/rpcapi.ts`;

/** Why `from` may not import `to`, both below `src/services`; undefined if it may. */
function betweenServices([, project, ...from], [, toProject, ...to]) {
  // Files of src/services itself belong to nobody and know nobody, but for its catalogue.
  if (project === "index" || toProject === undefined || to.length === 0) return undefined;
  if (to.length === 1 && to[0] === "project") return DESCRIPTOR;
  if (isContract(to)) return undefined;
  if (project !== toProject) {
    return `${project} knows ${toProject} only by its contracts: call it through ${contractsOf(toProject)}.`;
  }
  // A project's descriptor puts its processes together, so none of them may import it; so does the
  // index of a project of one process.
  if (from.length === 1 && (from[0] === "project" || from[0] === "index")) return undefined;
  if (to.length === 1 && to[0] === "index") {
    return "A project's index puts its processes together; import the shared file itself.";
  }
  const here = folderOf(from);
  const there = folderOf(to);
  if (project === "nova" && processOf(project, here) === "compute" && there === "db") {
    return "nova-compute has no database: it reaches it through the conductor, with objects over the remote store (services/nova/objects).";
  }
  const other = processOf(project, there);
  if (other === undefined || other === processOf(project, here)) return undefined;
  return `services/${project}/${there} is another process: import its contract, services/${project}/${there}/rpcapi.ts, or move what both need to services/${project}/.`;
}

export const walls = {
  meta: {
    type: "problem",
    docs: { description: "Imports between the folders of src point one way." },
    schema: [],
    messages: { wall: "{{ from }} must not import {{ to }}. {{ instead }}" },
  },

  create(context) {
    const from = inside(context.filename);
    const layer = from?.[0];
    if (layer === undefined || !LAYERS.has(layer)) return {};

    function check(node, source) {
      if (typeof source?.value !== "string" || !source.value.startsWith(".")) return;
      const to = inside(path.resolve(path.dirname(context.filename), source.value));
      const target = to?.[0];
      if (target === undefined) return;
      const refuse = (instead) => {
        const data = { from: `src/${from.join("/")}`, to: `src/${to.join("/")}`, instead };
        context.report({ node: source, messageId: "wall", data });
      };
      if (layer === target) {
        const reason = layer === "services" ? betweenServices(from, to) : undefined;
        if (reason !== undefined) refuse(reason);
      } else if (!LAYERS.get(layer).includes(target)) {
        refuse(INSTEAD.get(layer));
      } else if (layer !== "cloud" && isDescriptor(to)) {
        refuse(DESCRIPTOR);
      } else if (layer === "clients" && target === "services" && !isContract(to.slice(2))) {
        refuse(`What a user types knows a project only by ${contractsOf(to[1])}.`);
      } else if (layer === "timeline" || (layer === "views" && target === "kernel")) {
        const types = node.importKind === "type" || node.exportKind === "type";
        const words = target === "text" || (target === "kernel" && onlyWordsOfTime(node));
        if (!types && !words) {
          refuse(`Use \`import type\`. ${INSTEAD.get(layer)}`);
        }
      }
    }

    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      TSImportType: (node) => check({ ...node, importKind: "type" }, node.source),
    };
  },
};
