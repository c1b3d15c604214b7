/**
 * What a bundle brings in late: the processes of projects that a small cloud does not start, and the
 * programs that few type. Each of these modules exports functions alone, and becomes a file of its own;
 * whoever imports it gets functions of the same names, which load the file at their first call.
 * Nothing in `src` knows of it: there, and in the tests, these are modules like all others.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

const LATE = [
  "clients/ceilometer/program.ts",
  "clients/cinder/program.ts",
  "clients/glance/program.ts",
  "clients/glance-cache-manage/program.ts",
  "clients/heat/program.ts",
  "clients/keystone/program.ts",
  "clients/neutron/program.ts",
  "clients/nova/program.ts",
  "clients/openstackclient/program.ts",
  "clients/rabbitmqctl/program.ts",
  "clients/rpc/program.ts",
  "clients/swift/program.ts",
  "clients/trove/program.ts",
  "cloud/flags/juno-names.ts",
  "scenario/horizon/acts.ts",
  "scenario/load/load.ts",
  "scenario/run-scenario.ts",
  "scenario/schema/json-schema.ts",
  "services/ceilometer/api/index.ts",
  "services/ceilometer/central/index.ts",
  "services/ceilometer/collector/index.ts",
  "services/ceilometer/compute/index.ts",
  "services/ceilometer/evaluator/index.ts",
  "services/ceilometer/event/config.ts",
  "services/ceilometer/notification/agent.ts",
  "services/ceilometer/notifier/index.ts",
  "services/ceilometer/pipeline/config.ts",
  "services/cinder/api/index.ts",
  "services/cinder/scheduler/index.ts",
  "services/cinder/volume/index.ts",
  "services/glance/image-cache/cleaner.ts",
  "services/glance/image-cache/prefetcher.ts",
  "services/glance/image-cache/pruner.ts",
  "services/heat/api/index.ts",
  "services/heat/api-cfn/index.ts",
  "services/heat/engine/index.ts",
  "services/horizon/index.ts",
  "services/neutron/l3/agent.ts",
  "services/neutron/lbaas/agent.ts",
  "services/nova/console/index.ts",
  "services/nova/consoleauth/index.ts",
  "services/nova/network/index.ts",
  "services/swift/account/server.ts",
  "services/swift/container/server.ts",
  "services/swift/container/updater.ts",
  "services/swift/db/replicator.ts",
  "services/swift/object/replicator.ts",
  "services/swift/object/server.ts",
  "services/swift/object/updater.ts",
  "services/swift/proxy/expirer/expirer.ts",
  "services/swift/proxy/server.ts",
  "services/trove/api/index.ts",
  "services/trove/conductor/index.ts",
  "services/trove/guestagent/index.ts",
  "services/trove/taskmanager/index.ts",
  "text/pattern.ts",
];

const VIRTUAL = "\0late:";
const EXPORT = /^export (?!type |interface )(.*)$/gmu;
const FUNCTION = /^(?:function |const )(\w+)(?: = )?\(/u;

/**
 * @param {string} root of the project
 * @param {"cjs" | "esm"} format of the bundle
 */
export function late(root, format) {
  const files = new Set(LATE.map((file) => path.join(root, "src", file)));
  const endings = new Set(LATE.map((file) => path.basename(file, ".ts")));
  return {
    name: "late",
    resolveId: {
      // Asking about every import of every module would take as long as the rest of the bundle.
      filter: { id: new RegExp(`^\\..*/(?:${[...endings].join("|")})\\.js$`, "u") },
      handler(source, importer = VIRTUAL) {
        if (importer.startsWith(VIRTUAL)) return null;
        const file = path.resolve(path.dirname(importer), source.replace(/\.js$/u, ".ts"));
        return files.has(file) ? { id: `${VIRTUAL}${file}`, moduleSideEffects: false } : null;
      },
    },
    load(id) {
      if (!id.startsWith(VIRTUAL)) return null;
      const file = id.slice(VIRTUAL.length);
      const chunk = this.emitFile({ type: "chunk", id: file, name: nameOf(root, file) });
      const exported = functionsOf(file).map(
        (name) => `export const ${name} = (...given) => it().${name}(...given);`,
      );
      return [
        `import { createRequire } from "node:module";`,
        `import { fileURLToPath } from "node:url";`,
        `const file = fileURLToPath(import.meta.ROLLUP_FILE_URL_${chunk});`,
        format === "cjs"
          ? "const it = () => require(file);"
          : "const it = () => createRequire(import.meta.url)(file);",
        ...exported,
      ].join("\n");
    },
  };
}

/** @throws Error if a module exports anything but functions: that could not wait for a call */
function functionsOf(file) {
  return [...readFileSync(file, "utf8").matchAll(EXPORT)].map(([, what]) => {
    const [, name] = FUNCTION.exec(what) ?? [];
    if (name === undefined) throw new Error(`${file} cannot be late: it has "export ${what}"`);
    return name;
  });
}

/** `services/heat/api/index.ts` becomes `heat-api`. */
const nameOf = (root, file) =>
  path
    .relative(path.join(root, "src"), file)
    .split(path.sep)
    .slice(1)
    .join("-")
    .replace(/(?:-index)?\.ts$/u, "");
