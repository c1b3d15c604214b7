/** What is done in the panel Stacks. */
import {
  called,
  flag,
  formAct,
  later,
  number,
  openAct,
  page,
  rowAct,
  pairs,
  text,
  type Written,
} from "./form-act.js";

const PATH = "/project/stacks/";
const STACKS = { path: PATH, table: "stacks" } as const;

/** `size=2`, by the names that the template gives them. */
function parameters({ parameters: pairs }: Written): Readonly<Record<string, string>> {
  if (typeof pairs !== "object") return {};
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [`__param_${name}`, value.join("=")];
    }),
  );
}

const TEMPLATE = {
  template: page("Template Data.", "template_data"),
  environment: text("Environment Data.", "environment_data"),
  parameters: pairs("Values of the template's parameters: [flavor=m1.tiny]."),
  password: later(
    called("Password of whoever is signed in, for what Heat does later.", "password"),
  ),
  "timeout mins": later(number("Creation Timeout (minutes). Default 60.", "timeout_mins")),
  rollback: later(flag("Rollback On Failure.", "enable_rollback")),
};

export const launchStack = formAct("launch stack", {
  ...STACKS,
  about: "Launch Stack: Select Template, and then what the template asks for.",
  action: "Launch Stack",
  fillLater: parameters,
  labels: { name: later(called("Stack Name.", "stack_name")), ...TEMPLATE },
});

export const changeTemplate = formAct("change stack template", {
  ...STACKS,
  row: "stack",
  about: "Change Stack Template, and then what the template asks for.",
  action: "Change Stack Template",
  fillLater: parameters,
  labels: { stack: called("The stack, by name."), ...TEMPLATE },
});

export const openStack = openAct("open stack", {
  ...STACKS,
  about: "The page of a stack: its name is clicked.",
});

export const stackResources = openAct("stack resources", {
  ...STACKS,
  tab: "Resources",
  about: "Resources, of the page of a stack.",
});

export const stackEvents = openAct("stack events", {
  ...STACKS,
  tab: "Events",
  about: "Events, of the page of a stack.",
});

export const deleteStack = rowAct("delete stack", {
  ...STACKS,
  action: "Delete Stack",
  about: "Delete Stack: of one or several.",
});
