/** What is said of the values of options before any command sees them. */
import { InvalidArgumentError } from "commander";
import { nearest } from "../text/nearest.js";
import { VIEWS } from "../views/index.js";

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d{1,10}$/u.test(text) && seed <= 4_294_967_295) return seed;
  throw new InvalidArgumentError("A seed is a whole number from 0 to 4294967295.");
}

export function parseChapter(text: string): number {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("A chapter is the number of a step: 1, 2, 3.");
}

export function parseName(file: string): string {
  if (file === "") throw new InvalidArgumentError("Name a file.");
  return file;
}

export function parseOut(file: string): string {
  if (file === "") throw new InvalidArgumentError("Name a file.");
  if (file !== "-") return file;
  throw new InvalidArgumentError("For standard output use --as jsonl; a file of this name is ./-.");
}

export function parseView(name: string): string {
  if (VIEWS.has(name)) return name;
  const close = nearest(name, VIEWS.keys());
  const known = `There is: ${[...VIEWS.keys()].join(", ")}.`;
  throw new InvalidArgumentError(close === undefined ? known : `Did you mean ${close}? ${known}`);
}
