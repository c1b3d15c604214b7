/** The work is done, and the reply gets lost. */
import { drop } from "../../bus/reply-parts.js";
import { partText, type DropAim } from "./drop.js";
import { messageVerb } from "./message-verb.js";

export const loseReply = messageVerb<"lose_reply", Omit<DropAim, "of">>({
  key: "lose_reply",
  of: "reply",
  text: (messages, { part }) => `lose ${partText(part)}${messages}`,
  strike: (blow, { part }) => {
    drop(blow, part);
  },
});
