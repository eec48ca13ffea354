/** Messages for tests: complete, with only what a test is about spelled out. */
import { readMessage, type Message, type RawMessage } from "../src/message";

export function message(raw: RawMessage): Message {
  return readMessage({ time: "2026-03-02T10:15:00.000Z", language: "nl", ...raw });
}
