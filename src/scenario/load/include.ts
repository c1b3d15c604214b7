/**
 * Files that a scenario names: `flag_files: { nova.conf: { file: etc/nova.conf } }`, and those of users.
 * Their texts are put in their place before anything is judged, so that a recording holds all that it
 * needs. Opens no file itself.
 */
import { isMapping } from "../../python/index.js";
import type { Problem, Spot } from "./problem.js";

/** @returns the text at a path from the scenario's own folder, or why there is none */
export type ReadFile = (
  path: string,
) => { readonly text: string } | { readonly problem: string; readonly hint?: string | undefined };

/** The text of a file, and what it is called in messages. */
export interface IncludedText {
  readonly file: string;
  readonly text: string;
}

export interface Included {
  /** By the names that they have there. */
  readonly texts: ReadonlyMap<string, IncludedText>;
}

/** The sections of a cloud that name files. */
const SECTIONS = ["flag_files", "user_files"];

/** Put the texts of named files into `data`, a scenario as read. @returns them, or what is wrong */
export function includeFiles(data: unknown, read?: ReadFile): Included | Problem<Spot>[] {
  const texts = new Map<string, IncludedText>();
  const wrong: Problem<Spot>[] = [];
  for (const section of SECTIONS) {
    const files = member(member(data, "cloud"), section);
    if (!isMapping(files)) continue;
    for (const [name, value] of Object.entries(files)) {
      const file = member(value, "file");
      // Whatever else may be there, the schema refuses it.
      if (typeof file !== "string" || Object.keys(value as object).length > 1) continue;
      const outcome = open(file, read);
      if ("text" in outcome) {
        texts.set(name, { file, text: outcome.text });
        files[name] = outcome.text;
      } else {
        const { problem: message, hint } = outcome;
        const place = { path: ["cloud", section, name, "file"] };
        wrong.push({ severity: "error", message, hint, place });
      }
    }
  }
  return wrong.length > 0 ? wrong : { texts };
}

function member(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function open(path: string, read: ReadFile | undefined): ReturnType<ReadFile> {
  if (/^(?:[\\/]|[A-Za-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)/u.test(path)) {
    return {
      problem: `the file ${path} is outside of the folder of the scenario`,
      hint: "Put it beside the scenario or below.",
    };
  }
  if (read === undefined) {
    return {
      problem: `the file ${path} cannot be read here`,
      hint: "Give its text itself: `nova.conf: |`.",
    };
  }
  const outcome = read(path);
  if (!("text" in outcome)) return outcome;
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/u.test(outcome.text)) {
    return { problem: `the file ${path} is not text`, hint: "It must be in UTF-8." };
  }
  return outcome;
}
