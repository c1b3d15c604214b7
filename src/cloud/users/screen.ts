/**
 * What somebody saw in their browser, as it is recorded: words in their places. Addresses behind links, ids of rows and tokens
 * of forms stay out, and so does what was written as a password.
 */
import type { Seen } from "../../clients/index.js";
import {
  SITE_BRANDING,
  type Page,
  type PageAction,
  type PageField,
  type PagePart,
  type PageRow,
  type PageTabs,
} from "../../services/horizon/client/index.js";
import type {
  Screen,
  ScreenAction,
  ScreenField,
  ScreenPart,
  ScreenRow,
} from "../../timeline/index.js";

export function screenOf({ url, page, over, sent }: Seen): Screen {
  const { title, user, projects = [], panels = [], tabs } = page;
  const messages = [...page.messages, ...(over?.messages ?? [])];
  return {
    url,
    site: SITE_BRANDING,
    title,
    ...(user !== undefined && { user: { name: user[0], project: user[1], projects } }),
    messages: messages.map(([level, text]) => ({ level, text })),
    panels: panels.map(({ dashboard, group, name, current }) => ({
      dashboard,
      group,
      name,
      ...(current === true && { current }),
    })),
    tabs: tabsOf(tabs),
    parts: partsOf(page),
    ...(over !== undefined && { dialogue: { title: over.title, parts: partsOf(over) } }),
    ...(sent !== undefined && { sent: formOf(sent) }),
  };
}

const tabsOf = (tabs: PageTabs | undefined): Screen["tabs"] =>
  tabs === undefined || tabs.list.length < 2
    ? []
    : tabs.list.map(({ id, name }) => ({
        name,
        ...(id === tabs.active && { current: true as const }),
      }));

/** Those of the tab that is shown. */
const partsOf = ({ parts, tabs }: Page): readonly ScreenPart[] =>
  parts.filter(({ tab }) => tab === undefined || tab === tabs?.active).map(partOf);

function partOf(part: PagePart): ScreenPart {
  switch (part.kind) {
    case "table": {
      const { title: caption, columns, rows, empty, footer, actions, statusColumns = [] } = part;
      return {
        kind: "table",
        caption,
        columns,
        rows: rows.map((row) => rowOf(row, part.polled)),
        empty,
        footer,
        actions: actions.map(actionOf),
        statusColumns,
      };
    }
    case "form":
      return formOf(part);
    case "list":
      return {
        kind: "list",
        title: part.title,
        items: part.items.map(([name, value, percent]) => ({
          name,
          value,
          ...(percent !== undefined && { percent }),
        })),
      };
    case "text":
      return { kind: "text", title: part.title, text: part.text };
    default:
      return part satisfies never;
  }
}

const rowOf = ({ cells, href, status, actions }: PageRow, polled: boolean): ScreenRow => ({
  cells,
  ...(href !== undefined && { leads: true as const }),
  ...(status !== undefined && polled && { status }),
  actions: actions.map(actionOf),
});

const actionOf = ({ text, disabled, danger }: PageAction): ScreenAction => ({
  text,
  ...(disabled === true && { disabled }),
  ...(danger === true && { danger }),
});

function formOf({ title, fields, errors, submit }: Extract<PagePart, { kind: "form" }>) {
  const shown = fields.filter((field) => field.hidden !== true || field.errors !== undefined);
  return { kind: "form" as const, title, fields: shown.map(fieldOf), errors, submit };
}

function fieldOf(field: PageField): ScreenField {
  const { name, label, required, choices, step, errors = [] } = field;
  return {
    label: label === "" ? name : label,
    ...valueOf(field),
    ...(required && { required: true as const }),
    ...(field.readonly === true && { readonly: true as const }),
    ...(choices !== undefined && { choices: choices.map(([, text]) => text) }),
    ...(step !== undefined && { step }),
    errors,
  };
}

function valueOf({ initial, choices, secret, multiple }: PageField) {
  if (secret === true) return { kind: "secret" as const, value: "" };
  const words = (value: string): string => choices?.find(([one]) => one === value)?.[1] ?? value;
  if (multiple === true) return { kind: "several" as const, value: [initial].flat().map(words) };
  // What is ticked is sent, and what is not, is not: the field of a list without choices.
  if (typeof initial !== "string") return { kind: "check" as const, value: initial.length > 0 };
  const first = choices?.[0]?.[1] ?? "";
  if (choices === undefined) return { kind: "text" as const, value: initial };
  return { kind: "choice" as const, value: initial === "" ? first : words(initial) };
}
