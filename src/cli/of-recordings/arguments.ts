/** What is said of the values of options that only these commands have. */
import { InvalidArgumentError } from "commander";

export function parseChapter(text: string): number {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("A chapter is the number of a step: 1, 2, 3.");
}

export function parseName(file: string): string {
  if (file === "") throw new InvalidArgumentError("Name a file.");
  return file;
}
