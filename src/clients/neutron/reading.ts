/**
 * A line of `neutron` taken apart: the program's own options from wherever they stand, the command, its
 * options, and what nobody knows, which the command may send on. Upstream: neutronclient/shell.py (run,
 * run_command), 2.3.9; cliff 1.7.0, commandmanager.py (find_command) and help.py.
 */
import { Exception, repr, type JsonObject } from "../../python/index.js";
import { Arguments } from "../openstack/arguments.js";
import {
  Exit,
  help,
  notSimulated,
  parseKnown,
  type ArgumentValue,
  type Environment,
  type OptionSpec,
  type Parsed,
  type ParserSpec,
} from "../shell/parser/index.js";
import type { NeutronCommand } from "./command.js";

const HELP: OptionSpec = {
  names: ["-h", "--help"],
  dest: "help",
  takes: "nothing",
  about: "",
  ends: "help",
};

export class Reader {
  readonly #name: string;
  readonly #commands: ReadonlyMap<string, NeutronCommand>;
  readonly #global: ParserSpec;
  readonly #whole: ParserSpec;

  /** `upstream`: the names of all commands of the real program. */
  constructor(
    global: ParserSpec,
    commands: ReadonlyMap<string, NeutronCommand>,
    upstream: readonly string[],
  ) {
    this.#name = global.prog;
    this.#commands = commands;
    this.#global = global;
    this.#whole = {
      ...global,
      commands: new Map(
        [...commands.values()].map((command) => [command.name, this.#spec(command)]),
      ),
      unmodelled: new Set(upstream.filter((name) => !commands.has(name))),
    };
  }

  /** The program's own options, and the rest. @throws Exit for help and for a wrong use */
  options(
    words: readonly string[],
    variables: Environment,
  ): { own: Parsed; rest: readonly string[] } {
    const own = parseKnown(this.#global, this.#asked(words), variables);
    if (own.values.get("help") === true) throw new Exit(0, help(this.#whole), "");
    if (own.extras.length === 0) {
      const message = `${this.#name} without a command, a shell of its own, is not simulated`;
      throw new Exit(1, "", `${message}. \`${this.#name} help\` lists the commands.\n`, message);
    }
    return { own, rest: own.extras };
  }

  /** A plea for help is the same wherever it stands. */
  #asked(words: readonly string[]): readonly string[] {
    const at = words.findIndex((word) => this.#known(word));
    const plea = words.findIndex((word) => word === "-h" || word === "--help");
    if (at >= 0 && plea > at) return ["help", words[at] ?? ""];
    const page = words.indexOf("help");
    return at < 0 && page >= 0 ? words.map((word, i) => (i === page ? "--help" : word)) : words;
  }

  #known(word: string): boolean {
    return this.#commands.has(word) || this.#whole.unmodelled?.has(word) === true;
  }

  /** The command and what stands behind it. @throws Exception if there is none, Exit for help */
  command(words: readonly string[]): { command: NeutronCommand; behind: readonly string[] } {
    const [first = "", ...behind] = words;
    if (first === "help") throw new Exit(0, this.#page(behind), "");
    const command = this.#commands.get(first);
    if (command !== undefined) return { command, behind };
    const names = [...this.#commands.keys()];
    if (this.#known(first)) throw notSimulated(this.#whole, first, names);
    const option = words.find((word) => word.startsWith("-"));
    throw new UnknownCommand(
      option === undefined
        ? `Unknown command ${repr([...words])}`
        : `Invalid command ${repr(option)}`,
      { word: option ?? first, known: names },
    );
  }

  #page(words: readonly string[]): string {
    const [name = ""] = words;
    const spec = this.#whole.commands?.get(name);
    return help(spec ?? this.#spec(this.command(words).command));
  }

  /** What `words` say to `command`. @throws Exit for a wrong use */
  line(
    command: NeutronCommand,
    words: readonly string[],
    variables: Environment,
  ): { parsed: Parsed; extra: readonly string[] } {
    const mark = words.indexOf("--");
    const parsed = parseKnown(
      this.#spec(command),
      mark < 0 ? words : words.slice(0, mark),
      variables,
    );
    return { parsed, extra: mark < 0 ? parsed.extras : words.slice(mark) };
  }

  #spec({ name, about, options, positionals }: NeutronCommand): ParserSpec {
    const prog = `${this.#name} ${name}`;
    return { prog, about, positionals, options: [HELP, ...options], argparse: {} };
  }
}

/** `message` as upstream has it, and what could have been meant. */
export class UnknownCommand extends Exception {
  override readonly name: string = "ValueError";
  readonly advice: { readonly word: string; readonly known: readonly string[] };

  constructor(message: string, advice: UnknownCommand["advice"]) {
    super(message);
    this.advice = advice;
  }
}

/**
 * The options with the values of `extra` behind their own, where both are lists; and what is left of
 * `extra`. Upstream: neutronclient/neutron/v2_0/__init__.py (_merge_args).
 */
export function merged(parsed: Parsed, extra: JsonObject): { args: Arguments; extra: JsonObject } {
  const values = new Map<string, ArgumentValue>(parsed.values);
  const left = Object.entries(extra).filter(([key, value]) => {
    const own = values.get(key);
    if (!Array.isArray(own) || !isTexts(value) || value.length === 0) return true;
    values.set(key, [...(own as readonly ArgumentValue[]), ...value]);
    return false;
  });
  return { args: new Arguments(values), extra: Object.fromEntries(left) };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
