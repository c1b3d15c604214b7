/**
 * How options are called. In files a group is a section; wherever a name stands alone the group is
 * written before a dot: `glance.num_retries`. Upstream: `OptGroup`, `deprecated_name` and
 * `_normalize_group_name` in oslo.config 1.4.
 */
import type { Flag, FlagValue } from "./types.js";

/** The section of options that are in no group. */
export const DEFAULT = "DEFAULT";

export interface OptionName {
  readonly group: string;
  readonly name: string;
}

/** `glance.num_retries`, or `host` for what is in no group. */
export function parseName(text: string): OptionName {
  const dot = text.indexOf(".");
  if (dot < 0) return { group: DEFAULT, name: text };
  return { group: normalGroup(text.slice(0, dot)), name: text.slice(dot + 1) };
}

export function formatName({ group, name }: OptionName): string {
  return group === DEFAULT ? name : `${group}.${name}`;
}

/** Groups are the same in any case; only DEFAULT is what it is (CFG-31). */
export function normalGroup(group: string): string {
  return group === DEFAULT ? DEFAULT : group.toLowerCase();
}

/** The names of the flag under `key` of a set, as flat text, the present one first. */
export function namesOf(key: string, flag: Flag<FlagValue>): readonly string[] {
  const { name, deprecated } = flag;
  if (name === undefined && deprecated === undefined) return [key];
  const names = [name ?? key, key, ...(deprecated ?? [])].map((one) => formatName(parseName(one)));
  return [...new Set(names)];
}
