/** Messages get lost on their way. */
import type { MessageAim } from "../../aim.js";
import { drop as dropMessage, type ReplyPart } from "../../bus/reply-parts.js";
import { messageVerb } from "./message-verb.js";

export interface DropAim extends MessageAim {
  /** Only this one of the two messages of a reply. */
  readonly part?: ReplyPart | undefined;
}

/** `the value of `, for a fault that is aimed at one message of a reply. */
export const partText = (part: ReplyPart | undefined): string =>
  part === undefined ? "" : `the ${part} of `;

export const drop = messageVerb<"drop", DropAim>({
  key: "drop",
  text: (messages, { part }) => `drop ${partText(part)}${messages}`,
  strike: (blow, { part }) => {
    dropMessage(blow, part);
  },
});
