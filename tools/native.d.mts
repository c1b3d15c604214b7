/** What `native.mjs` has, for settings. */
import type { Plugin } from "vitest/config";

export const NATIVE: RegExp;
export function native(root: string): Plugin;
