/** A cloud with Cinder, and an administrator who types `cinder`. */
import { expect } from "vitest";
import type { CloudSetup } from "../../../src/cloud/cloud.js";
import { Bed } from "../bed.js";

export class CinderBed extends Bed {
  constructor(setup: CloudSetup = {}) {
    super({ seed: 5, servers: [], services: ["cinder"], ...setup });
  }

  /** Without the login that every command begins with, and the tenant in the path. */
  asked(): readonly string[] {
    const path = new RegExp(`(/v[12])?/${this.tenant}(?=/(?!os-quota))`);
    return this.requests.slice(2).map((line) => line.replace(path, ""));
  }

  /** What a command prints that ends well. */
  lines(command: string): string[] {
    this.mark();
    const { stdout, stderr, exit } = this.run(command);
    expect({ command, stderr, exit }).toEqual({ command, stderr: "", exit: 0 });
    return stdout.replace(/\n$/u, "").split("\n");
  }

  /** The same, and the cloud comes to rest. */
  done(command: string): string[] {
    const printed = this.lines(command);
    this.cloud.settle();
    return printed;
  }

  silent(command: string): void {
    expect(this.done(command)).toEqual([""]);
  }

  /** What it ends in; ids of requests are nobody's concern. */
  failure(command: string): { stdout: string; stderr: string } {
    this.mark();
    const { stdout, stderr, exit } = this.run(command);
    expect({ command, exit }).toEqual({ command, exit: 1 });
    const named = (text: string) => text.replace(/req-[0-9a-f-]{36}/gu, "req-x");
    return { stdout: named(stdout), stderr: named(stderr) };
  }

  /** The columns of a table, and its rows without the frame. */
  cells(command: string): string[][] {
    return this.done(command)
      .filter((line) => line.startsWith("|"))
      .map((line) =>
        line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim()),
      );
  }

  /** A table of properties. */
  properties(command: string): Record<string, string> {
    return Object.fromEntries(
      this.cells(command)
        .slice(1)
        .map(([key = "", value = ""]) => [key, value]),
    );
  }
}
