/** `novasim teach [LESSON]`: the scenarios that ship as lessons, with pauses, each question before its answer. */
import { renderHandout, HANDOUT } from "../../views/handout.js";
import { safe } from "../../views/words.js";
import { CliError, EXIT, type ExitCode } from "../exit.js";
import { lessonNamed, lessons, type Lesson } from "../files/lessons.js";
import { writeOut } from "../files/out-file.js";
import { printJson, type Session, type SimulatorSession } from "../globals.js";
import { pageOf, writePage } from "../page/page-file.js";
import { LessonLoop } from "../play/lesson-loop.js";
import { obtain, type Obtained } from "../recording/obtained.js";

export interface TeachCommandOptions {
  readonly list?: boolean;
  readonly handout?: string;
}

export async function teach(
  session: Session,
  simulating: () => Promise<SimulatorSession>,
  word: string | undefined,
  options: TeachCommandOptions,
): Promise<ExitCode> {
  if (options.list === true && options.handout !== undefined) {
    throw new CliError("--list prints and --handout writes", "Use one of them.");
  }
  const all = lessons(session.io.cwd);
  const chosen = word === undefined ? undefined : lessonNamed(all, word);
  if (options.list === true) return list(session, chosen === undefined ? all : [chosen]);
  const read = (lesson: Lesson): Promise<Obtained> =>
    obtain(session, simulating, lesson.file, { set: [] });
  if (options.handout !== undefined) {
    return handOut(session, options.handout, chosen, all, read);
  }
  if (session.options.json === true) {
    throw new CliError("teach is for people", "`novasim teach --list --json` lists the lessons.");
  }
  const loop = new LessonLoop(session);
  try {
    for (const lesson of chosen === undefined ? all : [chosen]) {
      const obtained = await read(lesson);
      if (obtained.timeline === undefined) return obtained.code;
      const next = chosen === undefined ? all[lesson.number] : undefined;
      if (!(await loop.play(lesson, obtained.timeline, next))) break;
    }
    return loop.code;
  } finally {
    await loop.end();
  }
}

function list(session: Session, all: readonly Lesson[]): ExitCode {
  const { io, options, version } = session;
  if (options.json === true) {
    printJson(session, { novasim: version, command: "teach", lessons: all });
    return EXIT.ok;
  }
  const wide = Math.max(...all.map(({ name }) => name.length));
  let part = "";
  for (const lesson of all) {
    if (lesson.part !== part) io.stdout.write(`${part === "" ? "" : "\n"}${lesson.part}\n`);
    ({ part } = lesson);
    const { number, name, about, questions } = lesson;
    const asks = questions === 0 ? "   " : `${String(questions).padStart(2)}?`;
    io.stdout.write(
      `${String(number).padStart(4)}  ${name.padEnd(wide)}  ${asks}  ${safe(about)}\n`,
    );
  }
  return EXIT.ok;
}

async function handOut(
  session: Session,
  file: string,
  chosen: Lesson | undefined,
  all: readonly Lesson[],
  read: (lesson: Lesson) => Promise<Obtained>,
): Promise<ExitCode> {
  const { io, talk } = session;
  const page = /\.html?$/iu.test(file);
  if (!page && !/\.(md|markdown)$/iu.test(file)) {
    throw new CliError(`--handout ${file}: expected a name that ends in .md or .html`);
  }
  if (page && chosen === undefined) {
    throw new CliError(
      "a page is of one lesson",
      "Name it: novasim teach boot --handout boot.html",
    );
  }
  const wanted = chosen === undefined ? all.filter(({ questions }) => questions > 0) : [chosen];
  const obtained: (Obtained & { readonly timeline: object })[] = [];
  for (const lesson of wanted) {
    const one = await read(lesson);
    if (one.timeline === undefined) return one.code;
    obtained.push(one);
  }
  const [first] = obtained;
  if (page && first !== undefined) {
    const { timeline, lines } = first;
    writePage(io.cwd, file, pageOf(safe(timeline.header.title), lines), "--handout");
  } else {
    const text = renderHandout(obtained.map(({ timeline }) => timeline));
    const kind = { name: "not a handout of novasim", beginning: HANDOUT, option: "--handout" };
    writeOut(io.cwd, file, [text], kind);
  }
  talk.say(`${file}: ${wanted.map(({ name }) => name).join(", ")}`);
  return EXIT.ok;
}
