/** What all verbs that strike single messages have in common: an aim, and a bus to strike on. */
import { messagesText, placesOf, type MessageAim, type MessageKind } from "../../aim.js";
import type { MessageBlow } from "../../bus/message-fault.js";
import type { FaultVerb } from "../../verb.js";

interface MessageVerb<K extends string, A extends MessageAim> {
  readonly key: K;
  /** What is struck, if the aim does not say so. */
  readonly of?: MessageKind;
  /** Its text, given the words for the messages that it is aimed at. */
  text(messages: string, aim: A): string;
  /** What becomes of a message. */
  strike(blow: MessageBlow, aim: A): void;
}

export function messageVerb<K extends string, A extends MessageAim>(
  verb: MessageVerb<K, A>,
): FaultVerb<Readonly<Record<K, A>>> {
  const { key, of } = verb;
  const meant = (aim: A): A => (of === undefined ? aim : { ...aim, of });
  return {
    key,
    kind: "message",
    text: ({ [key]: aim }) => verb.text(messagesText(meant(aim)), aim),
    places: ({ [key]: aim }) => placesOf(aim),
    inject({ [key]: aim }, fault, injectors) {
      injectors.bus().strikeMessages(fault, meant(aim), (blow) => {
        verb.strike(blow, aim);
      });
    },
  };
}
