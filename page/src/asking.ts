// What both engines ask of a desk, in the desk's own words.

import type {
  About, DeskFile, Engine, Facets, FindingPage, Language, Progress, Query, RulePage, Summary,
} from "./engine";

export abstract class Asking implements Engine {
  abstract readonly place: "server" | "browser";
  abstract ready(): Promise<About>;
  abstract add(file: File, language: Language): Promise<DeskFile>;
  abstract run(language: Language, tell: (progress: Progress) => void): Promise<Summary>;
  abstract cancel(): Promise<void>;
  abstract download(name: string, language: Language): Promise<Blob>;
  abstract leave(): void;
  protected abstract call<T>(method: string, named: Record<string, unknown>): Promise<T>;

  words(language: Language): Promise<Record<string, string>> { return this.call("words", { language }); }
  files(language: Language): Promise<DeskFile[]> { return this.call("files", { language }); }
  remove(id: string, language: Language): Promise<DeskFile[]> { return this.call("remove", { id, language }); }
  setRole(id: string, role: string, language: Language): Promise<DeskFile[]> { return this.call("set_role", { id, role, language }); }
  summary(language: Language): Promise<Summary> { return this.call("summary", { language }); }
  report(language: Language): Promise<string> { return this.call("report_html", { language }); }
  facets(language: Language): Promise<Facets> { return this.call("facets", { language }); }
  findings(query: Query, language: Language): Promise<FindingPage> { return this.call("findings", { query, language }); }
  rule(id: string, language: Language): Promise<RulePage> { return this.call("rule", { id, language }); }
  async compare(id: string, language: Language): Promise<string> {
    return (await this.call<{ html: string }>("compare", { id, language })).html;
  }
  downloads(language: Language): Promise<string[]> { return this.call("downloads", { language }); }
}
