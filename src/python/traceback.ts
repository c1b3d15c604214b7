/**
 * Tracebacks as Python 2.7 prints them. What runs here is no Python, so a traceback has the frames
 * that are known: those of upstream's code at the place where an error was caught. Upstream:
 * format_exception and format_tb of traceback, Python 2.7.
 */

import type { Exception } from "./exception.js";
import { backslashed } from "./text/ascii.js";

/** A line of upstream's code that was being run. */
export interface Frame {
  /** Below the packages of the distribution. */
  readonly file: string;
  readonly line: number;
  /** The function that it is in. */
  readonly name: string;
  readonly code: string;
}

/** Where Ubuntu's packages of OpenStack have their code. */
const PACKAGES = "/usr/lib/python2.7/dist-packages";

const formatFrame = ({ file, line, name, code }: Frame): string =>
  `  File "${PACKAGES}/${file}", line ${String(line)}, in ${name}\n    ${code}\n`;

/** `traceback.format_exception`: a heading, the frames, and the error, each a text that ends a line. */
export const formatException = (error: Exception, frames: readonly Frame[]): string[] => [
  "Traceback (most recent call last):\n",
  ...frames.map(formatFrame),
  finalLine(error),
];

/** `''.join(traceback.format_tb(tb))`: the frames alone, neither a heading nor the error. */
export const formatTb = (frames: readonly Frame[]): string => frames.map(formatFrame).join("");

/** `traceback.format_exception_only`: neither heading nor frames. */
export const formatExceptionOnly = (error: Exception): string[] => [finalLine(error)];

/** `_format_final_exc_line`: of a text that is not ASCII the signs that are not are written as escapes. */
const finalLine = ({ name, message }: Exception): string =>
  message === "" ? `${name}\n` : `${name}: ${backslashed(message)}\n`;
