/**
 * `stack-create`, `-update`, `-list`, `-show`, `-delete` and their like, most of which print the list of stacks in
 * the end. Upstream:
 * heatclient/v1/shell.py, 0.2.12.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import { indented, strictBoolean, type Json, type JsonObject } from "../../../python/index.js";
import { isMissing, type HeatClient } from "../../../services/heat/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import type { Console } from "../../shell/console.js";
import {
  filtersOption,
  flag,
  orMissing,
  pairsIn,
  parametersOption,
  rollbackOption,
  short,
  STACK,
  stackMissing,
  templateFields,
  templateOptions,
  NAME,
  timeoutIn,
  timeoutOfOld,
  timeoutOption,
} from "../arguments.js";
import type { HeatUser } from "../login.js";
import { asJson, asLinks, asText, printDict, printList } from "../print.js";

type HeatCommand = Command<HeatUser>;

const FIELDS = ["id", "stack_name", "stack_status", "creation_time"];

/** `do_stack_list(hc)`. */
export function* listStacks(heat: HeatClient, console: Console): Op<void> {
  printList(console, yield* heat.stacks(), FIELDS, 3);
}

const list: HeatCommand = {
  name: "stack-list",
  about: "List your stacks.",
  options: [
    flag("s", "show-deleted", "Those that are deleted as well."),
    flag("n", "show-nested", "Nested ones as well."),
    filtersOption,
    short("l", "limit", "<LIMIT>", "So many at most."),
    short("m", "marker", "<ID>", "Only those that come after the stack of this ID."),
    flag("g", "global-tenant", "Those of all projects, if you may."),
    flag("o", "show-owner", "Who has made each."),
  ],
  *run({ heat }, args, console) {
    const global = args.flag("global_tenant");
    const fields = [
      ...["id", "stack_name"],
      ...(global ? ["project"] : []),
      ...(global || args.flag("show_owner") ? ["stack_owner"] : []),
      ...["stack_status", "creation_time"],
      ...(args.flag("show_nested") ? ["parent"] : []),
    ];
    const stacks = yield* heat.stacks({
      ...pairsIn(args.texts("filters")),
      limit: args.text("limit"),
      marker: args.text("marker"),
      ...yes("global_tenant", global),
      ...yes("show_deleted", args.flag("show_deleted")),
      ...yes("show_nested", args.flag("show_nested")),
    });
    printList(console, stacks, fields, 3);
  },
};

/** As `urlencode` writes it. */
const yes = (name: string, value: boolean): JsonObject => (value ? { [name]: "True" } : {});

function* newStack({ reader }: HeatUser, args: Arguments, timeout: JsonObject): Op<JsonObject> {
  const fields = yield* templateFields(reader, args);
  return {
    stack_name: args.exactText("name") ?? "",
    disable_rollback: !args.flag("enable_rollback"),
    parameters: pairsIn(args.texts("parameters")),
    ...fields,
    ...timeout,
  };
}

const create: HeatCommand = {
  name: "stack-create",
  about: "Make a stack.",
  options: [...templateOptions, timeoutOfOld, timeoutOption, rollbackOption, parametersOption],
  positionals: [NAME],
  *run(user, args, console) {
    warnOfTimeout(args, console);
    yield* user.heat.createStack(yield* newStack(user, args, timeoutIn(args)));
    yield* listStacks(user.heat, console);
  },
};

export function warnOfTimeout(args: Arguments, console: Console): void {
  if (args.number("create_timeout") === undefined) return;
  warn(console, "-c/--create-timeout is deprecated, please use -t/--timeout instead");
}

/** `logger.warning`, as `logging.basicConfig` has it. */
export function warn(console: Console, words: string): void {
  console.error(`WARNING (shell) ${words}\n`);
}

const SHOWN = {
  description: asText,
  template_description: asText,
  stack_status_reason: asText,
  parameters: asJson,
  outputs: asJson,
  links: asLinks,
};

const preview: HeatCommand = {
  name: "stack-preview",
  about: "Show what a stack would be.",
  options: [...templateOptions, timeoutOption, rollbackOption, parametersOption],
  positionals: [NAME],
  *run(user, args, console) {
    const timeout = { timeout_mins: args.number("timeout") ?? null };
    const stack = yield* user.heat.previewStack(yield* newStack(user, args, timeout));
    printDict(console, stack, { ...SHOWN, resources: asJson });
  },
};

const update: HeatCommand = {
  name: "stack-update",
  about: "Change a stack to what a template says.",
  options: [
    ...templateOptions,
    timeoutOption,
    flag("r", "enable-rollback", "Of old, --rollback True."),
    valueOption("--rollback", "<VALUE>", "Whether all is undone if it fails; else as before."),
    parametersOption,
    flag("x", "existing", "Keep the parameters that are not given."),
    short("c", "clear-parameter", "<PARAMETER>", "With -x, a parameter not to keep.", {
      many: true,
    }),
  ],
  positionals: [STACK],
  *run({ heat, reader }, args, console) {
    const fields = yield* templateFields(reader, args);
    const timeout = args.number("timeout") ?? 0;
    const cleared = args.texts("clear_parameter");
    const rollback = rollbackIn(args);
    yield* heat.updateStack(args.exactText("id") ?? "", args.flag("existing"), {
      parameters: pairsIn(args.texts("parameters")),
      ...fields,
      ...(timeout !== 0 && { timeout_mins: timeout }),
      ...(cleared.length > 0 && { clear_parameters: cleared }),
      ...(rollback !== undefined && { disable_rollback: !rollback }),
    });
    yield* listStacks(heat, console);
  },
};

/** @throws CommandError */
function rollbackIn(args: Arguments): boolean | undefined {
  const word = args.exactText("rollback");
  if (word === undefined) return args.flag("enable_rollback") ? true : undefined;
  const rollback = strictBoolean(word);
  if (rollback !== undefined) return rollback;
  const accepted = "'0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'";
  throw new CommandError(`Unrecognized value '${word}', acceptable values are: ${accepted}`);
}

const show: HeatCommand = {
  name: "stack-show",
  about: "Show a stack in full.",
  positionals: [STACK],
  *run({ heat }, args, console) {
    const stack = yield* orMissing(heat.stack(args.exactText("id") ?? ""), stackMissing(args));
    printDict(console, stack, SHOWN);
  },
};

const remove: HeatCommand = {
  name: "stack-delete",
  about: "Delete stacks.",
  positionals: [{ ...STACK, count: "some" }],
  *run({ heat }, args, console) {
    const ids = args.texts("id");
    let failures = 0;
    for (const id of ids) {
      try {
        yield* heat.deleteStack(id);
      } catch (error) {
        if (!isMissing(error)) throw error;
        failures++;
        console.print((error as Error).message);
      }
    }
    if (failures === ids.length) {
      throw new CommandError("Unable to delete any of the specified stacks.");
    }
    yield* listStacks(heat, console);
  },
};

const abandon: HeatCommand = {
  name: "stack-abandon",
  about: "Forget a stack, and leave all that it has made.",
  options: [
    short("O", "output-file", "<FILE>", "Where to write what was known of it; no disk here."),
  ],
  positionals: [STACK],
  check(args) {
    const file = args.text("output_file");
    if (file === undefined) return;
    throw new CommandError(`[Errno 30] Read-only file system: '${file}'`);
  },
  *run({ heat }, args, console) {
    abandon.check?.(args);
    const left = yield* orMissing(
      heat.abandonStack(args.exactText("id") ?? ""),
      stackMissing(args),
    );
    console.print(indented(left, 2));
  },
};

/** A command that has something done with all of a stack's resources. */
const acting = (name: string, action: string, about: string): HeatCommand => ({
  name,
  about,
  positionals: [STACK],
  *run({ heat }, args, console) {
    yield* orMissing(heat.act(args.exactText("id") ?? "", action), stackMissing(args));
    yield* listStacks(heat, console);
  },
});

const outputsOf = (stack: JsonObject): readonly JsonObject[] =>
  Array.isArray(stack["outputs"]) ? (stack["outputs"] as readonly JsonObject[]) : [];

const outputList: HeatCommand = {
  name: "output-list",
  about: "List the outputs of a stack.",
  positionals: [STACK],
  *run({ heat }, args, console) {
    const stack = yield* orMissing(heat.stack(args.exactText("id") ?? ""), stackMissing(args));
    // A stack that is at work shows none, and the program looks for them all the same.
    if (stack["outputs"] === undefined) throw new CommandError("'outputs'");
    printList(console, outputsOf(stack), ["output_key", "description"], 0);
  },
};

const outputShow: HeatCommand = {
  name: "output-show",
  about: "Show an output of a stack.",
  positionals: [STACK, argument("output", "<OUTPUT NAME>", "The output's name.")],
  *run({ heat }, args, console) {
    const stack = yield* orMissing(heat.stack(args.exactText("id") ?? ""), stackMissing(args));
    const wanted = args.exactText("output");
    const output = outputsOf(stack).find(({ output_key }) => output_key === wanted);
    if (output === undefined) return;
    const value: Json = output["output_value"] ?? null;
    console.print(asJson(value));
  },
};

/** `DEPRECATED! Use stack-create instead.` */
const formerly = (name: string, command: HeatCommand): HeatCommand => ({
  ...command,
  name,
  about: `Of old, ${command.name}.`,
  *run(user, args, console) {
    warn(console, `DEPRECATED! Use ${command.name} instead.`);
    yield* command.run(user, args, console);
  },
});

export const stackCommands: readonly HeatCommand[] = [
  create,
  update,
  preview,
  list,
  show,
  remove,
  abandon,
  acting("action-suspend", "suspend", "Suspend a stack."),
  acting("action-resume", "resume", "Resume a stack that is suspended."),
  acting("action-check", "check", "Look whether resources are as they should be."),
  acting("stack-cancel-update", "cancel_update", "End an update, and undo it."),
  outputList,
  outputShow,
  formerly("create", create),
  formerly("update", update),
  formerly("list", list),
  formerly("describe", show),
  formerly("delete", remove),
];
