/**
 * The screen of an entry as the page draws it: whatever a recording has there, of this version or another, with nothing missing
 * and nothing that is no text. What cannot be read is left out.
 */
import type {
  Entry,
  Screen,
  ScreenAction,
  ScreenField,
  ScreenForm,
  ScreenMessage,
  ScreenPanel,
  ScreenPart,
  ScreenRow,
} from "../../timeline/index.js";

type Fields = Readonly<Record<string, unknown>>;

/** Undefined: the entry has none. */
export function screenOf(entry: Entry | undefined): Screen | undefined {
  if (entry?.kind !== "client" || !isFields(entry.screen)) return undefined;
  const screen: Fields = { ...entry.screen };
  const user = screen["user"];
  const over = screen["dialogue"];
  const sent = screen["sent"];
  return {
    url: text(screen["url"]),
    site: text(screen["site"]),
    title: text(screen["title"]),
    ...(isFields(user) && {
      user: {
        name: text(user["name"]),
        project: text(user["project"]),
        projects: texts(user["projects"]),
      },
    }),
    messages: all(screen["messages"]).map(messageOf),
    panels: all(screen["panels"]).map(panelOf),
    tabs: all(screen["tabs"]).map((tab) => ({ name: text(tab["name"]), ...current(tab) })),
    parts: partsOf(screen["parts"]),
    ...(isFields(over) && {
      dialogue: { title: text(over["title"]), parts: partsOf(over["parts"]) },
    }),
    ...(isFields(sent) && { sent: formOf(sent) }),
  };
}

const LEVELS: readonly ScreenMessage["level"][] = ["success", "info", "warning", "error", "danger"];
const STATUSES = ["up", "down", "unknown"] as const;
const KINDS: readonly ScreenField["kind"][] = ["text", "secret", "choice", "several", "check"];

const messageOf = (message: Fields): ScreenMessage => ({
  level: oneOf(LEVELS, message["level"]) ?? "info",
  text: text(message["text"]),
});

const panelOf = (panel: Fields): ScreenPanel => ({
  dashboard: text(panel["dashboard"]),
  group: text(panel["group"]),
  name: text(panel["name"]),
  ...current(panel),
});

const partsOf = (value: unknown): readonly ScreenPart[] =>
  all(value).flatMap((part): readonly ScreenPart[] => {
    const { kind } = part;
    if (kind === "table") return [tableOf(part)];
    if (kind === "form") return [formOf(part)];
    if (kind === "list") return [listOf(part)];
    if (kind === "text")
      return [{ kind: "text", title: text(part["title"]), text: text(part["text"]) }];
    return [];
  });

const tableOf = (part: Fields): ScreenPart => ({
  kind: "table",
  caption: text(part["caption"]),
  columns: texts(part["columns"]),
  rows: all(part["rows"]).map(rowOf),
  empty: text(part["empty"]),
  footer: text(part["footer"]),
  actions: all(part["actions"]).map(actionOf),
  statusColumns: list(part["statusColumns"]).map(Number),
});

function rowOf(row: Fields): ScreenRow {
  const status = oneOf(STATUSES, row["status"]);
  return {
    cells: texts(row["cells"]),
    ...(row["leads"] === true && { leads: true as const }),
    ...(status !== undefined && { status }),
    actions: all(row["actions"]).map(actionOf),
  };
}

const actionOf = (action: Fields): ScreenAction => ({
  text: text(action["text"]),
  ...(action["disabled"] === true && { disabled: true as const }),
  ...(action["danger"] === true && { danger: true as const }),
});

const listOf = (part: Fields): ScreenPart => ({
  kind: "list",
  title: text(part["title"]),
  items: all(part["items"]).map((item) => {
    const percent = item["percent"];
    const name = text(item["name"]);
    const value = text(item["value"]);
    return typeof percent === "number" ? { name, value, percent } : { name, value };
  }),
});

const formOf = (part: Fields): ScreenForm => ({
  kind: "form",
  title: text(part["title"]),
  fields: all(part["fields"]).map(fieldOf),
  errors: texts(part["errors"]),
  submit: text(part["submit"]),
});

function fieldOf(field: Fields): ScreenField {
  const value = field["value"];
  const step = text(field["step"]);
  const plain = typeof value === "boolean" || typeof value === "string";
  return {
    label: text(field["label"]),
    kind: oneOf(KINDS, field["kind"]) ?? "text",
    ...(field["required"] === true && { required: true as const }),
    ...(field["readonly"] === true && { readonly: true as const }),
    value: plain ? value : texts(value),
    ...(field["choices"] !== undefined && { choices: texts(field["choices"]) }),
    ...(step !== "" && { step }),
    errors: texts(field["errors"]),
  };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const all = (value: unknown): readonly Fields[] => list(value).filter(isFields);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): readonly string[] => list(value).map(text);

const current = (part: Fields) => (part["current"] === true ? { current: true as const } : {});

const oneOf = <T>(words: readonly T[], value: unknown): T | undefined =>
  words.find((word) => word === value);
