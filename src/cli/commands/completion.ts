/** `novasim completion bash`: a script for the shell, which then completes commands, options, names and files. */
import type { Command } from "commander";
import { bashScript } from "../completion/bash.js";
import { fishScript } from "../completion/fish.js";
import { completionTable } from "../completion/table.js";
import { zshScript } from "../completion/zsh.js";
import { EXIT, type ExitCode } from "../exit.js";
import { shippedScenarios } from "../files/catalogue.js";
import type { Session } from "../globals.js";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

export type Shell = keyof typeof SCRIPTS;

export function completion(session: Session, program: Command, shell: Shell): ExitCode {
  const shipped = shippedScenarios(session.io.cwd).map(({ name }) => name);
  session.io.stdout.write(SCRIPTS[shell](completionTable(program, shipped)));
  return EXIT.ok;
}
