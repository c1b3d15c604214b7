/** Lessons to hand out, as Markdown: what is done and what is asked first, every answer at the end. */
import type { Timeline } from "../timeline/index.js";
import { Chapters, type Chapter } from "./model/chapters.js";
import { safe } from "./words.js";

/** How every one begins. */
export const HANDOUT = "<!-- novasim handout -->";

interface Lesson {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly chapters: readonly Chapter[];
}

export function renderHandout(timelines: readonly Timeline[]): string {
  const lessons = timelines.map(lessonOf);
  const [only] = lessons;
  const alone = lessons.length === 1 ? only : undefined;
  const lines = [
    HANDOUT,
    "",
    `# ${alone?.title ?? "Lessons"}`,
    ...lessons.flatMap((lesson) => [
      "",
      ...(alone === undefined ? [`## ${lesson.title}`, ""] : []),
      ...(lesson.about === "" ? [] : [lesson.about, ""]),
      `\`novasim teach ${lesson.name}\` plays it, \`novasim view ${lesson.name}\` makes a page of it.`,
      "",
      "What is done:",
      "",
      ...lesson.chapters
        .filter(({ text }) => text !== "")
        .map((one) => `${String(one.number)}. ${code(one.text)}`),
      ...asked(lesson),
    ]),
    "",
    "## Answers",
    "",
    ...lessons.flatMap((lesson) => [
      ...(alone === undefined ? [`### ${lesson.title}`, ""] : []),
      ...answers(lesson),
    ]),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function lessonOf({ header, entries }: Timeline): Lesson {
  const chapters = new Chapters();
  for (const entry of entries) chapters.add(entry);
  const { source } = header;
  const about: unknown =
    typeof source === "object" && source !== null && Object.hasOwn(source, "about")
      ? (source as Record<string, unknown>)["about"]
      : "";
  return {
    name: safe(header.scenario),
    title: prose(header.title),
    about: typeof about === "string" ? prose(about) : "",
    chapters: chapters.all,
  };
}

function asked({ chapters }: Lesson): string[] {
  const questions = chapters.filter(({ question }) => question !== "");
  if (questions.length === 0) return ["", "It asks no questions."];
  return [
    "",
    "Questions:",
    "",
    ...questions.map((one, at) => `${String(at + 1)}. ${place(one)}: ${prose(one.question)}`),
  ];
}

function answers({ chapters }: Lesson): string[] {
  const questions = chapters.filter(({ question }) => question !== "");
  if (questions.length === 0) return ["None: it asks no questions.", ""];
  return [
    ...questions.map(
      ({ answer }, at) =>
        `${String(at + 1)}. ${answer === "" ? "It is yours to find." : prose(answer)}`,
    ),
    "",
  ];
}

const place = ({ number, text }: Chapter): string =>
  text === "" ? `At step ${String(number)}` : `Before step ${String(number)}, ${code(text)}`;

/** A command as it is, whatever quotes are in it. */
function code(text: string): string {
  const ticks = "`".repeat(
    Math.max(0, ...[...safe(text).matchAll(/`+/gu)].map(([run]) => run.length)) + 1,
  );
  return ticks.length === 1 ? `\`${safe(text)}\`` : `${ticks} ${safe(text)} ${ticks}`;
}

/** An author's words on one line; nothing in them is markup but what quotes code. */
const prose = (text: string): string =>
  safe(text.trim().replaceAll(/\s+/gu, " ")).replaceAll("<", "&lt;");
