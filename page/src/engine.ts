// What the page asks of the validator, whether it runs on a local server or in a worker.

export type Language = "nb" | "nn" | "en";
export type Severity = "fatal" | "error" | "warning" | "info";

/** One file on the desk: what it was recognised as, and what it is used for. */
export interface DeskFile {
  id: string;
  name: string;
  kind: string;
  role: string;
  may_be: string[];
  year: number | null;
  municipality: string | null;
  municipality_name: string | null;
  extracted: string | null;
  persons: number | null;
  size: number;
  problem: string | null;
}

/** The answer in short. */
export interface Summary {
  verdict: "accepted" | "accepted_with_findings" | "rejected" | "undecided";
  sentence: string;
  counts: Record<Severity, number>;
}

/** Which findings to show, and in what order. */
export interface Query {
  theme?: string;
  severity?: string;
  unit?: string;
  rule?: string;
  person?: string;
  text?: string;
  sort: string;
  descending: boolean;
  offset: number;
  limit: number;
}

export interface FindingRow {
  nr: number;
  rule: string;
  title: string;
  severity: Severity;
  line: number;
  person: string | null;
  unit: string | null;
  follows: { rule: string; line: number } | null;
  consequence: string | null;
  told: { field: string; message: string; value: string; fix: string };
}

export interface FindingPage {
  total: number;
  rows: FindingRow[];
}

/** A choice in a filter: its value, what it is called and how many findings it has. */
export interface Choice {
  id: string;
  name: string;
  n: number;
}

export interface Facets {
  theme: Choice[];
  severity: Choice[];
  unit: Choice[];
}

/** A rule page as plain text: paragraphs, never markup. */
export interface RulePage {
  id: string;
  title: string;
  message: string;
  fix: string;
  why: string[];
  sources: string[];
}

export interface About {
  tool: string;
  rule_set: string;
  sha256: string | null;
}

export interface Progress {
  stage: string;
  done: number;
  total: number;
}

/** One user's desk. Every method may reject with an `EngineError` that can be shown as it is. */
export interface Engine {
  readonly place: "server" | "browser";
  ready(): Promise<About>;
  words(language: Language): Promise<Record<string, string>>;
  add(file: File, language: Language): Promise<DeskFile>;
  files(language: Language): Promise<DeskFile[]>;
  remove(id: string, language: Language): Promise<DeskFile[]>;
  setRole(id: string, role: string, language: Language): Promise<DeskFile[]>;
  run(language: Language, tell: (progress: Progress) => void): Promise<Summary>;
  cancel(): Promise<void>;
  summary(language: Language): Promise<Summary>;
  report(language: Language): Promise<string>;
  facets(language: Language): Promise<Facets>;
  findings(query: Query, language: Language): Promise<FindingPage>;
  rule(id: string, language: Language): Promise<RulePage>;
  compare(id: string, language: Language): Promise<string>;
  downloads(language: Language): Promise<string[]>;
  download(name: string, language: Language): Promise<Blob>;
  leave(): void;
}

export class EngineError extends Error {}
export class Cancelled extends Error {}
