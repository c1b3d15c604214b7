/**
 * Templates, types of resources, and what the services say of themselves. A template of Heat's own language is
 * printed as YAML. Upstream: heatclient/v1/shell.py, 0.2.12.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { indented, isObject, type Json } from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import { argument } from "../../openstack/options.js";
import {
  orMissing,
  short,
  STACK,
  stackMissing,
  templateFields,
  templateOptions,
} from "../arguments.js";
import type { HeatUser } from "../login.js";
import { asJson, printDict, printList } from "../print.js";
import { safeDump } from "../../../python/yaml-dump.js";

type HeatCommand = Command<HeatUser>;

const show: HeatCommand = {
  name: "template-show",
  about: "Show the template of a stack.",
  positionals: [STACK],
  *run({ heat }, args, console) {
    const template = yield* orMissing(
      heat.template(args.exactText("id") ?? ""),
      stackMissing(args),
    );
    const hot = isObject(template) && Object.hasOwn(template, "heat_template_version");
    console.print(hot ? safeDump(template) : asJson(template));
  },
};

const validate: HeatCommand = {
  name: "template-validate",
  about: "Judge a template.",
  options: templateOptions,
  *run({ heat, reader }, args, console) {
    console.print(asJson(yield* heat.validate(yield* templateFields(reader, args))));
  },
};

const TYPE = argument("resource_type", "<RESOURCE_TYPE>", "The type's name.");

const types: HeatCommand = {
  name: "resource-type-list",
  about: "List the types of resources.",
  *run({ heat }, _args, console) {
    const found = (yield* heat.resourceTypes()).map((resource_type) => ({ resource_type }));
    printList(console, found, ["resource_type"], 0);
  },
};

const type: HeatCommand = {
  name: "resource-type-show",
  about: "Show what a type of resources has.",
  positionals: [TYPE],
  *run({ heat }, args, console) {
    const name = args.exactText("resource_type") ?? "";
    const found = yield* orMissing(heat.resourceType(name), `Resource Type not found: ${name}`);
    console.print(indented(found, 2));
  },
};

const typeTemplate: HeatCommand = {
  name: "resource-type-template",
  about: "Write a template of one resource of a type.",
  options: [short("F", "format", "<FORMAT>", "yaml or json. Default: yaml.")],
  positionals: [TYPE],
  *run({ heat }, args, console) {
    const name = args.exactText("resource_type") ?? "";
    const found = yield* orMissing(heat.templateOf(name), `Resource Type ${name} not found.`);
    console.print(formatted(found, args.text("format") ?? "yaml"));
  },
};

/** `format_output`. @throws CommandError */
function formatted(value: Json, format: string): string {
  const wanted = format.toLowerCase();
  if (wanted === "json") return indented(value, 2);
  if (wanted === "yaml") return safeDump(value);
  throw new CommandError(`ERROR: The format(${wanted}) is unsupported.`);
}

const buildInfo: HeatCommand = {
  name: "build-info",
  about: "Show what the services say of themselves.",
  *run({ heat }, _args, console) {
    printDict(console, yield* heat.buildInfo(), { api: asJson, engine: asJson });
  },
};

export const templateCommands: readonly HeatCommand[] = [
  show,
  validate,
  types,
  type,
  typeTemplate,
  buildInfo,
];
