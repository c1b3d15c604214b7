/**
 * Fence 2: what the language itself offers and simulated code must not use, because it would make
 * a run depend on the machine, the clock or the host's scheduler. Each message names the
 * replacement. A later block of a flat config replaces a rule's options, so the lists are here,
 * to be composed.
 */

const NOW = "Ask the kernel for the time: `kernel.now`, `calendar.stamp(now)`.";
const TASKS =
  "Simulated code is generators: write `function*`, annotate `: Op<T>`, wait with `yield*`.";
const LOCALE = "Bytes must not depend on the machine's locale: compare with `<`, format by hand.";
const INEXACT = "Its last bits differ between machines: use whole numbers, or a table.";

/** Maths whose result ECMAScript leaves to the implementation. */
const TRANSCENDENTAL = [
  ...["acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp"],
  ...["expm1", "hypot", "log", "log10", "log1p", "log2", "pow", "sin", "sinh", "tan", "tanh"],
];

const LOCALE_METHODS = [
  ...["localeCompare", "toLocaleString", "toLocaleDateString", "toLocaleTimeString"],
  ...["toLocaleLowerCase", "toLocaleUpperCase"],
];

export const properties = [
  { object: "Date", property: "now", message: NOW },
  { object: "Math", property: "random", message: "Draw from a stream: `kernel.stream(...)`." },
  ...TRANSCENDENTAL.map((property) => ({ object: "Math", property, message: INEXACT })),
  ...LOCALE_METHODS.map((property) => ({ property, message: LOCALE })),
];

export const globals = [
  ...["Promise", "queueMicrotask", "Atomics", "SharedArrayBuffer"].map((name) => ({
    name,
    message: TASKS,
  })),
  ...["WeakRef", "FinalizationRegistry"].map((name) => ({
    name,
    message: "When it is collected is up to the host: end things explicitly.",
  })),
  { name: "Intl", message: LOCALE },
  { name: "globalThis", message: "Nothing is ambient: take it as an argument." },
];

/** For all simulated code, the kernel included. */
export const syntax = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: NOW },
  { selector: "CallExpression[callee.name='Date']", message: NOW },
  { selector: ":function[async=true]", message: TASKS },
  { selector: "AwaitExpression", message: TASKS },
  { selector: "ForOfStatement[await=true]", message: TASKS },
  {
    selector: "ImportExpression",
    message: "Import at the top of the file: loading takes host time.",
  },
  {
    selector: "BinaryExpression[operator='**'], AssignmentExpression[operator='**=']",
    message: INEXACT,
  },
  {
    selector:
      "Program > VariableDeclaration[kind='let'], Program > ExportNamedDeclaration > VariableDeclaration[kind='let']",
    message: "Nothing is module state: two clouds live in one process. Hang it from an object.",
  },
  {
    selector: "CallExpression > FunctionExpression.callee[generator=true]",
    message:
      "A generator function costs thirty calls to make, and what it sees outlives it: declare it beside, with what it sees as arguments.",
  },
];

const COUNT =
  "A busy machine is no law: count work (events, visits), or wait for what is to happen itself.";

/** What no test may look at, or wait by: the clock of the machine. */
export const clocks = {
  properties: [
    { object: "performance", message: COUNT },
    { object: "Date", property: "now", message: COUNT },
    { object: "process", property: "hrtime", message: COUNT },
    { object: "process", property: "uptime", message: COUNT },
  ],
  globals: ["performance", "setTimeout", "setInterval"].map((name) => ({ name, message: COUNT })),
  syntax: [
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: COUNT },
    { selector: "CallExpression[callee.name='Date']", message: COUNT },
  ],
  imports: ["timers", "timers/promises", "perf_hooks"].flatMap((name) =>
    [name, `node:${name}`].map((path) => ({ name: path, message: COUNT })),
  ),
};

/** Dates are made and read in kernel/time.ts alone, bare `yield` is written in kernel alone. */
export const dates = {
  selector:
    "NewExpression[callee.name='Date'][arguments.length>0], MemberExpression[object.name='Date'][property.name='parse']",
  message: "A date is made and read in kernel/time.ts alone: `calendar.iso`, `calendar.parse`.",
};
export const bareYield = {
  selector: "YieldExpression[delegate=false]",
  message: "Use `yield*`: bare `yield` belongs in src/kernel.",
};

/** A surface that nobody listed grows by itself, and its names hide one another. */
export const wholesale = {
  selector: "ExportAllDeclaration",
  message: "Export by name: what is public is a list.",
};
