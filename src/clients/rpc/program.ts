/**
 * The program `rpc`: a message typed by an operator, and its result as JSON. Like `rpc.call(context,
 * topic, {"method": ..., "args": ...})` of 2011, with what the bus of Juno takes beside that.
 * Upstream: none; Nova's developers did it from `nova-manage shell`.
 */
import type { LooseMessage, LooseRpc } from "../../vintage/rpc/index.js";
import { adminContext, type RequestContext } from "../../framework/index.js";
import { caught, seconds, type Duration, type Op } from "../../kernel/index.js";
import { type Json } from "../../python/index.js";
import type { Console } from "../shell/console.js";
import {
  Exit,
  help,
  parse,
  positiveFloat,
  usage,
  type Environment,
  type Parsed,
  type ParserSpec,
} from "../shell/parser/index.js";
import { InvalidArgument, type OptionSpec, type PositionalSpec } from "../shell/parser/spec.js";
import type { ParsedCommand, Program } from "../shell/program.js";
import { messageArguments } from "./arguments.js";
import { NOVA_EXCHANGE, operatorRpc } from "./operator.js";

const HELP: OptionSpec = {
  names: ["-h", "--help"],
  dest: "help",
  takes: "nothing",
  about: "Show this and stop.",
  ends: "help",
};

const value = (name: string, metavar: string, about: string): OptionSpec => ({
  ...{ names: [`--${name}`], dest: name, takes: "value", metavar, about },
});

const OPTIONS: readonly OptionSpec[] = [
  HELP,
  value("version", "<version>", "The version that the method needs. A message without one is 1.0."),
  value("namespace", "<namespace>", "The namespace of the method, such as compute_task."),
  {
    ...value("exchange", "<exchange>", "The exchange of the services. Default: nova."),
    otherwise: NOVA_EXCHANGE,
  },
];

const TIMEOUT: OptionSpec = {
  ...value("timeout", "<seconds>", "How long to wait for a reply. Default: 60."),
  type: positiveFloat,
};

const POSITIONALS: readonly PositionalSpec[] = [
  {
    dest: "topic",
    metavar: "<topic>",
    count: "one",
    about: "Whom to send it to: network, or network.net-1 for one host.",
  },
  { dest: "method", metavar: "<method>", count: "one", about: "What is to be done." },
];

const EPILOG = "Arguments of the method follow as name=text, or as name:=json for what is no text.";

/** What each way of sending is for. */
const VERBS: ReadonlyMap<string, string> = new Map([
  ["call", "Send to one server of the topic and print its result."],
  ["cast", "Send to one server of the topic and wait for nothing."],
  ["fanout", "Send to every server of the topic and wait for nothing."],
  ["multicall", "Send to one server of the topic and print each of its results."],
]);

function verbSpec(verb: string, about: string): ParserSpec {
  const waits = verb === "call" || verb === "multicall";
  const options = waits ? [...OPTIONS, TIMEOUT] : OPTIONS;
  return { prog: `rpc ${verb}`, about, options, positionals: POSITIONALS, epilog: EPILOG };
}

const RPC: ParserSpec = {
  prog: "rpc",
  about: "Send a message to a service over the bus.",
  options: [HELP],
  positionals: [],
  commands: new Map([...VERBS].map(([verb, about]) => [verb, verbSpec(verb, about)])),
};

const PROGRAM: Program = {
  name: "rpc",

  read(words, variables): ParsedCommand {
    const { verb, parsed } = sendingOf(words, variables);
    const { options, positionals } = parsed;
    return { program: "rpc", subcommand: verb, options, positionals, names: [] };
  },

  *run(env, words, variables, console): Op<number> {
    const { verb, topic, message, timeout, exchange } = sendingOf(words, variables);
    const rpc = operatorRpc(env, exchange);
    const ctxt = adminContext(env);
    try {
      if (verb === "cast") yield* rpc.cast(ctxt, topic, message);
      else if (verb === "fanout") yield* rpc.fanout_cast(ctxt, topic, message);
      else if (verb === "call") show(console, yield* rpc.call(ctxt, topic, message, timeout));
      else yield* showEach(console, rpc, ctxt, topic, message, timeout);
      return 0;
    } catch (thrown) {
      const error = yield* caught(thrown);
      for (const line of `${error.name}: ${error.message}`.split("\n")) console.error(`${line}\n`);
      return 1;
    }
  },
};

export const rpcProgram = (): Program => PROGRAM;

interface Sending {
  readonly verb: string;
  readonly parsed: Parsed;
  readonly topic: string;
  readonly message: LooseMessage;
  readonly timeout: Duration | undefined;
  readonly exchange: string;
}

/** @throws Exit for help and for wrong use */
function sendingOf(words: readonly string[], variables: Environment): Sending {
  const [first, topic] = words;
  if (first === undefined || first === "help") {
    throw new Exit(0, help(RPC.commands?.get(topic ?? "") ?? RPC), "");
  }
  // What is sent may stand anywhere behind its method, as options may.
  const options = words.filter((word) => !isArgument(word));
  const { command } = parse(RPC, options, variables);
  // The parser refuses a line without a sub-command.
  if (command === undefined) throw new Exit(0, help(RPC), "");
  const { name: verb, parsed, spec } = command;
  const text = (dest: string): string | undefined => {
    const found = parsed.values.get(dest);
    return typeof found === "string" ? found : undefined;
  };
  const timeout = parsed.values.get("timeout");
  return {
    ...{ verb, parsed },
    topic: text("topic") ?? "",
    message: {
      method: text("method") ?? "",
      args: argumentsOf(words.filter(isArgument), spec),
      version: text("version"),
      namespace: text("namespace"),
    },
    timeout: typeof timeout === "number" ? seconds(timeout) : undefined,
    exchange: text("exchange") ?? NOVA_EXCHANGE,
  };
}

const isArgument = (word: string): boolean => !word.startsWith("-") && word.includes("=");

/** @throws Exit for what is no argument */
function argumentsOf(words: readonly string[], spec: ParserSpec): Record<string, unknown> {
  try {
    return messageArguments(words);
  } catch (error) {
    if (!(error instanceof InvalidArgument)) throw error;
    const { message, word } = error;
    const advice = word === undefined ? {} : { word };
    throw new Exit(2, "", `${usage(spec)}error: ${message}\n`, message, advice);
  }
}

function show(console: Console, result: Json): void {
  for (const line of JSON.stringify(result, null, 2).split("\n")) console.print(line);
}

/** One line for each value. */
function* showEach(
  console: Console,
  rpc: LooseRpc<RequestContext>,
  ctxt: RequestContext,
  topic: string,
  message: LooseMessage,
  timeout: Duration | undefined,
): Op<void> {
  const values = yield* rpc.multicall(ctxt, topic, message, timeout);
  for (let next = yield* values.next(); !next.done; next = yield* values.next()) {
    console.print(JSON.stringify(next.value));
  }
}
