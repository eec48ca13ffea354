// NLP.js as a peer: `train EXAMPLES FOLDER` or `answer FOLDER MESSAGES ANSWERS` (exchange.py).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import nlpjs from "node-nlp";

const OUT_OF_SCOPE = "out_of_scope";
const NOTHING = "None"; // what NLP.js calls a message below its threshold
const MODEL = "model.nlp";

const [act, ...places] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
await (act === "train" ? train(...places) : answer(...places));

async function train(examples, folder) {
  const rows = read(examples);
  const languages = [...new Set(rows.map((row) => row.language))];
  const manager = new nlpjs.NlpManager({ languages, nlu: { log: false }, autoSave: false });
  for (const { text, language, label } of rows) manager.addDocument(language, text, label);
  await manager.train();
  manager.save(join(folder, MODEL));
}

async function answer(folder, messages, answers) {
  const manager = new nlpjs.NlpManager({ nlu: { log: false }, autoSave: false });
  manager.load(join(folder, MODEL));
  const rows = read(messages);
  const readyAt = Date.now() / 1000;
  const readyProcessor = processorMilliseconds() / 1000;
  const milliseconds = [];
  const given = [];
  for (const { text, language } of rows.slice(0, 1)) await manager.process(language, text);
  const before = processorMilliseconds();
  for (const { text, language } of rows) {
    const started = performance.now();
    given.push(understood(await manager.process(language, text)));
    milliseconds.push(performance.now() - started);
  }
  const spent = processorMilliseconds() - before;
  const content = {
    ready_at: readyAt,
    ready_processor_seconds: readyProcessor,
    megabytes: process.memoryUsage().rss / 1024 / 1024,
    milliseconds,
    processor_milliseconds: spent / Math.max(rows.length, 1),
    answers: given,
  };
  writeFileSync(answers, JSON.stringify(content));
}

function processorMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

// It answers, or says that it did not understand; it offers no choices.
function understood({ intent, score, classifications }) {
  const ranking = classifications
    .filter((row) => row.intent !== NOTHING)
    .map((row) => [row.intent, row.score]);
  const declined = intent === NOTHING || intent === OUT_OF_SCOPE;
  return {
    ranking: ranking.length ? ranking : [[intent, score]],
    outcome: declined ? OUT_OF_SCOPE : "sure",
  };
}
