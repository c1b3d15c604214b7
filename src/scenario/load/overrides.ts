/**
 * `--set cloud.computes=3`: values put into a scenario from outside. They are applied to the parsed
 * document, so one schema judges file and overrides alike.
 */
import { isMap, isSeq, parseDocument, type Document } from "yaml";
import { find, formatPath, type Path } from "./path.js";
import type { Problem } from "./problem.js";

/** An override that was applied: how it was written, and the part of the document it made. */
export interface Applied {
  readonly ok: true;
  readonly label: string;
  readonly path: Path;
}

export interface Override {
  /** How the user wrote it: `--set cloud.computes=3`. */
  readonly label: string;
  /** `cloud.computes=3`. */
  readonly text: string;
}

/** Put `override` into `document`. @returns where, or what is wrong with it */
export function applyOverride(
  file: string,
  document: Document,
  override: Override,
): Applied | { readonly ok: false; readonly problem: Problem } {
  const wrong = (message: string, hint: string): { ok: false; problem: Problem } => ({
    ok: false,
    problem: { severity: "error", message, hint, place: { file, override: override.label } },
  });
  const equals = override.text.indexOf("=");
  // Messages name a place as `steps[0].run`; what they say can be typed.
  const key = override.text.slice(0, Math.max(0, equals)).replaceAll(/\[(\d{1,6})\]/gu, ".$1");
  const keys = key.split(".");
  if (equals < 1 || keys.some((key) => !/^[A-Za-z0-9_][A-Za-z0-9_-]*$/u.test(key))) {
    return wrong("this is not key=value", "Write for example: --set cloud.computes=3");
  }
  if (keys.length > 12 || keys.includes("__proto__")) {
    return wrong("no scenario has such a key", "Write for example: --set cloud.computes=3");
  }
  const path: (string | number)[] = [];
  for (const key of keys) {
    const parent = find(document, path);
    if (!parent.whole || parent.value === undefined || isMap(parent.value)) path.push(key);
    else if (
      isSeq(parent.value) &&
      /^\d{1,6}$/u.test(key) &&
      Number(key) <= parent.value.items.length
    ) {
      path.push(Number(key));
    } else if (isSeq(parent.value)) {
      const last = String(parent.value.items.length - 1);
      return wrong(
        `${formatPath(path)} is a list without an entry ${key}`,
        `Its entries are 0 to ${last}.`,
      );
    } else {
      return wrong(
        `${formatPath(path)} is one value, it has no ${key}`,
        "Set the whole value instead.",
      );
    }
  }
  const value = parseDocument(override.text.slice(equals + 1), { prettyErrors: false });
  const [fault] = [...value.errors, ...value.warnings];
  if (fault !== undefined || override.text.length > 10_000) {
    return wrong(
      `the value is not YAML: ${fault?.message ?? "it is too long"}`,
      "Quote it for YAML as in a file.",
    );
  }
  try {
    document.setIn(path, document.createNode(value.toJS({ maxAliasCount: 0 })));
  } catch {
    return wrong("the value cannot be put there", "Set the whole section instead.");
  }
  return { ok: true, label: override.label, path };
}
