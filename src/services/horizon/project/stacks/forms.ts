/**
 * A stack in two dialogues: a template, which Heat looks at, and what that asks for. The second one is the answer to the first. Files
 * and addresses of environments are not taken. Upstream: openstack_dashboard/dashboards/project/stacks/forms.py, views.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { heatClient } from "../../api/heat.js";
import { numberIn, textIn, type Cleaned, type Errors, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { required, succeeded } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { STACKS_URL } from "./addresses.js";

const PARAM = "__param_";

const NAME = {
  regex: /^[a-zA-Z][a-zA-Z0-9_.-]*$/u,
  text: "Name must start with a letter and may only contain letters, numbers, underscores, periods and hyphens.",
};

const choice = (
  name: string,
  label: string,
  words: readonly string[],
  required: boolean,
): Field => ({
  kind: "choice",
  name,
  label,
  required,
  choices: words.map((word) => [KEYS[word] ?? word, word] as const),
  initial: KEYS[words[0] ?? ""] ?? "",
});

const KEYS: Readonly<Record<string, string>> = { File: "file", "Direct Input": "raw", URL: "url" };

const TEMPLATE: readonly Field[] = [
  choice("template_source", "Template Source", ["File", "Direct Input", "URL"], true),
  { kind: "text", name: "template_url", label: "Template URL" },
  { kind: "text", name: "template_data", label: "Template Data" },
  choice("environment_source", "Environment Source", ["File", "Direct Input"], false),
  { kind: "text", name: "environment_data", label: "Environment Data" },
];

/** What of the template goes on to the next dialogue. */
interface Chosen {
  readonly template_data: string;
  readonly template_url: string;
  readonly environment_data: string;
  /** What Heat said of it. */
  readonly parameters: JsonObject;
}

const chosenIn = (cleaned: Cleaned, parameters: JsonObject): Chosen => ({
  template_data: textIn(cleaned, "template_data"),
  template_url: textIn(cleaned, "template_url"),
  environment_data: textIn(cleaned, "environment_data"),
  parameters,
});

/** What is sent of it. */
function templateOf({ template_data, template_url, environment_data }: Chosen): JsonObject {
  return {
    ...(template_data === "" ? { template_url } : { template: template_data }),
    ...(environment_data !== "" && { environment: environment_data }),
  };
}

/** The template, and whatever is wrong with it in Heat's own words. */
function selecting(
  of: (request: HorizonRequest) => Op<
    Pick<ModalForm, "title" | "submit"> & {
      readonly before: readonly Field[];
      readonly next: (chosen: Chosen) => ModalForm;
    }
  >,
): (request: HorizonRequest) => Op<ModalForm> {
  return function* (request) {
    const { before, next, ...words } = yield* of(request);
    let said: JsonObject = {};
    return {
      ...words,
      successUrl: STACKS_URL,
      *fields() {
        return [...before, ...TEMPLATE];
      },
      *clean(asker, cleaned, errors): Op<void> {
        if (errors.size > 0 || !hasOneSource(cleaned, errors)) return;
        try {
          const found = yield* heatClient(asker).validate(templateOf(chosenIn(cleaned, {})));
          said = isObject(found) ? found : {};
        } catch (thrown) {
          const error = yield* caught(thrown);
          errors.set("", [error.message]);
        }
      },
      *handle() {
        return true;
      },
      next: (cleaned) => next(chosenIn(cleaned, said)),
    };
  };
}

function hasOneSource(cleaned: Cleaned, errors: Errors): boolean {
  const [url, data] = [textIn(cleaned, "template_url"), textIn(cleaned, "template_data")];
  if (url !== "" && data !== "") {
    errors.set("", ["Please specify a template using only one source method."]);
  } else if (url === "" && data === "") {
    errors.set("", ["You must specify a template via one of the available sources."]);
  }
  return errors.size === 0;
}

export const selectTemplate = selecting(function* () {
  const words = { title: "Select Template", submit: "Next" };
  return { ...words, before: [], next: (chosen) => createStack(chosen) };
});

export const changeTemplate = (id: string) =>
  selecting(function* (request) {
    const stack = yield* required(request, "Unable to retrieve stack.", STACKS_URL, () =>
      heatClient(request).stack(id),
    );
    const name = textOf(stack, "stack_name");
    return {
      title: "Edit Template",
      submit: "Next",
      before: [
        { kind: "text", name: "stack_id", label: "Stack ID", hidden: true, initial: id },
        { kind: "text", name: "stack_name", label: "Stack Name", readonly: true, initial: name },
      ],
      next: (chosen) => editStack(chosen, id, name),
    };
  });

const hidden = (name: string, initial: string): Field => ({
  kind: "text",
  name,
  label: "",
  hidden: true,
  initial,
});

/** What the dialogue before this one was told, out of the form itself. */
export function chosenBefore({ post }: HorizonRequest): Chosen {
  const text = (name: string): string => post.get(name) ?? "";
  let parameters: Json = {};
  try {
    parameters = JSON.parse(text("parameters")) as Json;
  } catch {
    // Nobody but a forger sends anything else.
  }
  return {
    template_data: text("template_data"),
    template_url: text("template_url"),
    environment_data: text("environment_data"),
    parameters: isObject(parameters) ? parameters : {},
  };
}

export const createStack = (chosen: Chosen): ModalForm => ({
  title: "Launch Stack",
  submit: "Launch",
  action: `${STACKS_URL}launch`,
  successUrl: STACKS_URL,
  *fields(request) {
    return fieldsOf(request, chosen, {
      kind: "text",
      name: "stack_name",
      label: "Stack Name",
      required: true,
      longest: 255,
      pattern: NAME,
    });
  },
  handle: (request, cleaned) =>
    succeeded(request, undefined, function* () {
      const password = textIn(cleaned, "password");
      yield* heatClient(request, password).createStack(bodyOf(chosen, cleaned));
      request.message("success", "Stack creation started.");
    }),
});

/** The password is asked for and not sent. */
export const editStack = (chosen: Chosen, id: string, name: string): ModalForm => ({
  title: "Update Stack",
  submit: "Update",
  action: `${STACKS_URL}${id}/edit_stack`,
  successUrl: STACKS_URL,
  *fields(request) {
    return fieldsOf(request, chosen, {
      kind: "text",
      name: "stack_name",
      label: "Stack Name",
      required: true,
      readonly: true,
      initial: name,
    });
  },
  handle: (request, cleaned) =>
    succeeded(request, undefined, function* () {
      yield* heatClient(request).updateStack(id, false, bodyOf(chosen, cleaned));
      request.message("success", "Stack update started.");
    }),
});

function fieldsOf(request: HorizonRequest, chosen: Chosen, name: Field): readonly Field[] {
  const { parameters, ...rest } = chosen;
  const { Parameters: asked } = parameters;
  return [
    ...Object.entries(rest).map(([key, value]) => hidden(key, value)),
    hidden("parameters", JSON.stringify(parameters)),
    name,
    {
      kind: "integer",
      name: "timeout_mins",
      label: "Creation Timeout (minutes)",
      required: true,
      initial: "60",
    },
    { kind: "boolean", name: "enable_rollback", label: "Rollback On Failure" },
    {
      kind: "text",
      name: "password",
      label: `Password for user "${request.user.username}"`,
      required: true,
      secret: true,
    },
    ...Object.entries(isObject(asked) ? asked : {}).flatMap(([key, parameter]) =>
      isObject(parameter) ? [parameterField(key, parameter)] : [],
    ),
  ];
}

/** `_build_parameter_fields`. */
function parameterField(key: string, parameter: JsonObject): Field {
  const { Default: initial = null, AllowedValues: allowed, Type: type } = parameter;
  const hides = /^(?:true|1|yes|y|t|on)$/iu.test(str(parameter["NoEcho"] ?? "false"));
  const base = {
    name: `${PARAM}${key}`,
    label: textOf(parameter, "Label") === "" ? key : textOf(parameter, "Label"),
    required: initial === null,
    ...(initial !== null && { initial: str(initial) }),
  };
  if (Array.isArray(allowed)) {
    const choices = (allowed as readonly Json[]).map((one) => [str(one), str(one)] as const);
    return { ...base, kind: "choice", choices };
  }
  const number = (name: string): number | undefined =>
    parameter[name] === undefined ? undefined : Number(parameter[name]);
  if (type === "Number") {
    const [min, max] = [number("MinValue"), number("MaxValue")];
    return {
      ...base,
      kind: "integer",
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
    };
  }
  const longest = number("MaxLength");
  return {
    ...base,
    kind: "text",
    ...(longest !== undefined && { longest }),
    ...(hides && { secret: true }),
  };
}

function bodyOf(chosen: Chosen, cleaned: Cleaned): JsonObject {
  const written = Object.entries(cleaned).filter(([name]) => name.startsWith(PARAM));
  return {
    stack_name: textIn(cleaned, "stack_name"),
    timeout_mins: numberIn(cleaned, "timeout_mins"),
    disable_rollback: cleaned["enable_rollback"] !== true,
    parameters: Object.fromEntries(
      written.map(([name, value]) => [name.slice(PARAM.length), value as Json]),
    ),
    ...templateOf(chosen),
  };
}
