// The page: files in, one answer out. What it knows, it has from the engine.

import { byId, h, paint, save, show } from "./dom";
import type { About, DeskFile, Engine, Language, Progress, Summary } from "./engine";
import { Cancelled } from "./engine";
import { Findings } from "./findings";
import { Server } from "./server";
import { words, type Key } from "./texts";
import { Carried } from "./worker";

const LANGUAGES: [Language, string][] = [["nb", "Bokmål"], ["nn", "Nynorsk"], ["en", "English"]];
const TABS = ["answer", "findings", "compare", "downloads"] as const;
type Tab = (typeof TABS)[number];

class Page {
  private language: Language = "nb";
  private files: DeskFile[] = [];
  private summary: Summary | null = null;
  private about: About | null = null;
  private told: Partial<Record<Language, Record<string, string>>> = {};
  private tab: Tab = "answer";
  private drawn = new Set<Tab>();
  private judged: string | undefined; // the file that the answer is about
  private stopping: Promise<void> = Promise.resolve();
  private readonly findings: Findings;

  constructor(private readonly engine: Engine) {
    this.findings = new Findings(engine, byId("panel-findings"), () => this.w, () => this.language);
  }

  private get w() {
    return words(this.language, this.told[this.language]);
  }

  async start(): Promise<void> {
    paint("auto");
    this.frame();
    this.listen();
    this.status(this.w("loading"));
    this.about = await this.engine.ready();
    this.told.nb = await this.engine.words("nb");
    byId<HTMLInputElement>("pick").disabled = false;
    this.frame();
    this.status("");
  }

  /** Put every word of the page's own in its place. */
  private frame(): void {
    const w = this.w;
    document.documentElement.lang = this.language;
    document.title = `kpr-validator: ${w("title")}`;
    document.querySelectorAll<HTMLElement>("[data-text]").forEach((element) => {
      element.textContent = w(element.dataset["text"] as Key);
    });
    const { place } = this.engine;
    byId("privacy").textContent = w(place === "server" ? "privacyServer" : "privacyBrowser");
    byId("privacy-how").textContent = w(place === "server" ? "privacyHowServer" : "privacyHowBrowser");
    byId("languages").replaceChildren(...LANGUAGES.map(([code, name]) =>
      h("button", {
        type: "button",
        class: "ds-button",
        "data-variant": code === this.language ? "primary" : "tertiary",
        "data-size": "sm",
        "aria-pressed": String(code === this.language),
        lang: code,
        onclick: () => void this.speak(code),
      }, name)));
    byId("languages").setAttribute("aria-label", w("language"));
    byId("theme").setAttribute("aria-pressed", String(this.isDark()));
    byId("version").textContent = this.about
      ? w("version", { version: this.about.tool, rules: this.about.rule_set.slice(0, 12) }) : "";
    byId("hash").textContent = this.about?.sha256 ? w("hash", { sha: this.about.sha256 }) : "";
    this.drawFiles();
    this.drawTabs();
  }

  private async speak(language: Language): Promise<void> {
    this.told[language] ??= await this.engine.words(language);
    this.language = language;
    this.files = await this.engine.files(language);
    this.frame();
    document.querySelector<HTMLElement>("#languages [aria-pressed=true]")?.focus();
    if (this.summary) {
      this.summary = await this.engine.summary(language);
      this.drawn.clear();
      this.status(this.w("ready"));
      await this.open(this.tab);
    }
  }

  private listen(): void {
    const drop = byId("drop");
    const pick = byId<HTMLInputElement>("pick");
    pick.addEventListener("change", () => {
      void this.add([...(pick.files ?? [])]).then(() => (pick.value = ""));
    });
    for (const name of ["dragover", "dragenter"])
      document.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) drop.classList.remove("over");
    });
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (!pick.disabled) void this.add([...(event.dataTransfer?.files ?? [])]);
    });
    byId("run").addEventListener("click", () => void this.run());
    byId("cancel").addEventListener("click", () => (this.stopping = this.engine.cancel()));
    byId("theme").addEventListener("click", () => {
      const root = document.documentElement;
      const dark = !this.isDark();
      root.dataset["colorScheme"] = dark ? "dark" : "light";
      paint(dark ? "dark" : "light");
      byId("theme").setAttribute("aria-pressed", String(dark));
    });
    byId("tabs").addEventListener("keydown", (event) => this.walkTabs(event));
    window.addEventListener("pagehide", () => this.engine.leave());
  }

  private isDark(): boolean {
    const scheme = document.documentElement.dataset["colorScheme"];
    return scheme === "dark" || (scheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  private status(text: string): void {
    byId("status").textContent = text;
  }

  private failed(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.status(this.w("failed", { why }));
  }

  private async add(files: File[]): Promise<void> {
    for (const file of files)
      try {
        this.status(this.w("reading", { name: file.name }));
        await this.engine.add(file, this.language);
        this.have(await this.engine.files(this.language));
      } catch (error) {
        this.have(await this.engine.files(this.language).catch(() => this.files));
        this.failed(error);
      }
    this.drawn.delete("compare");
    if (this.summary && this.tab === "compare") await this.open("compare");
  }

  /** Show these files, and what they mean for the answer that is shown. */
  private have(files: DeskFile[]): void {
    this.files = files;
    if (this.summary && !files.some((file) => file.id === this.judged)) {
      this.summary = null;
      byId("result").hidden = true;
    }
    const hasOne = files.some((file) => file.role === "submission");
    this.status(!files.length ? "" : !hasOne ? this.w("noFile") : this.summary ? this.w("changed") : "");
    this.drawFiles();
  }

  private drawFiles(): void {
    const w = this.w;
    const focused = document.activeElement?.id;
    byId("file-table").hidden = !this.files.length;
    byId<HTMLButtonElement>("run").disabled = !this.files.some((file) => file.role === "submission");
    byId("file-rows").replaceChildren(...this.files.map((file) => {
      const told = [w.of(`desk.kind.${file.kind}`), file.year, file.municipality_name ?? file.municipality, file.extracted]
        .filter(Boolean).join(", ");
      const roles = h("select", {
        class: "ds-input",
        id: `role-${file.id}`,
        "aria-label": w("useOf", { name: file.name }),
        onchange: (event) =>
          void this.change(this.engine.setRole(file.id, (event.target as HTMLSelectElement).value, this.language)),
      }, ...file.may_be.map((role) =>
        h("option", { value: role, selected: file.role === role }, w.of(`desk.role.${role}`))));
      return h("tr", {},
        h("th", { scope: "row", "data-label": w("name") }, file.name),
        h("td", { "data-label": w("recognised") }, told, file.problem && h("p", { class: "problem" }, file.problem)),
        h("td", { "data-label": w("use") }, roles),
        h("td", {}, h("button", {
          type: "button",
          class: "ds-button",
          "data-variant": "tertiary",
          "data-size": "sm",
          "aria-label": w("removeNamed", { name: file.name }),
          onclick: () => void this.change(this.engine.remove(file.id, this.language)).then(() => byId("pick").focus()),
        }, w("remove"))));
    }));
    if (focused?.startsWith("role-")) document.getElementById(focused)?.focus();
  }

  private async change(files: Promise<DeskFile[]>): Promise<void> {
    try {
      this.have(await files);
    } catch (error) {
      this.failed(error);
    }
  }

  private async run(): Promise<void> {
    const bar = byId<HTMLProgressElement>("progress");
    this.busy(true);
    byId("result").hidden = true;
    try {
      this.summary = await this.engine.run(this.language, (progress) => this.tell(bar, progress));
      this.judged = this.files.find((file) => file.role === "submission")?.id;
      this.drawn.clear();
      this.findings.reset();
      await this.open("answer");
      byId("result").hidden = false;
      this.status(this.w("ready"));
    } catch (error) {
      this.summary = null;
      if (error instanceof Cancelled) await this.stopped();
      else this.failed(error);
      this.busy(false);
      byId("run").focus();
      return;
    }
    this.busy(false);
    byId("result-heading").focus();
  }

  private async stopped(): Promise<void> {
    this.status(this.w("cancelled"));
    await this.stopping.then(() => this.engine.files(this.language)).then(
      (files) => (this.files = files), (error: unknown) => this.failed(error));
  }

  private busy(on: boolean): void {
    byId("progress").hidden = !on;
    byId("cancel").hidden = !on;
    byId<HTMLInputElement>("pick").disabled = on;
    byId("file-table").inert = on;
    byId("main").setAttribute("aria-busy", String(on));
    this.drawFiles();
    if (!on) return;
    byId<HTMLButtonElement>("run").disabled = true;
    byId("cancel").focus();
  }

  private tell(bar: HTMLProgressElement, { stage, done, total }: Progress): void {
    if (total > 0) bar.value = done / total;
    else bar.removeAttribute("value");
    this.status(`${this.w.of(`desk.stage.${stage}`)} …`);
  }

  private drawTabs(): void {
    byId("tabs").replaceChildren(...TABS.map((tab) =>
      h("button", {
        role: "tab",
        type: "button",
        id: `tab-${tab}`,
        "aria-controls": `panel-${tab}`,
        "aria-selected": String(tab === this.tab),
        tabindex: tab === this.tab ? 0 : -1,
        onclick: () => void this.open(tab),
      }, this.w(tab))));
    if (this.summary) byId("result-heading").textContent = this.summary.sentence;
  }

  private walkTabs(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -TABS.length, End: TABS.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = TABS.indexOf(this.tab);
    const to = Math.abs(step) === 1 ? (at + step + TABS.length) % TABS.length : step < 0 ? 0 : TABS.length - 1;
    void this.open(TABS[to] ?? "answer").then(() => byId(`tab-${this.tab}`).focus());
  }

  private async open(tab: Tab): Promise<void> {
    this.tab = tab;
    this.drawTabs();
    for (const name of TABS) byId(`panel-${name}`).hidden = name !== tab;
    if (this.drawn.has(tab)) return;
    this.drawn.add(tab);
    try {
      if (tab === "answer") show(byId("report"), await this.engine.report(this.language), this.language);
      if (tab === "findings") await this.findings.open();
      if (tab === "compare") this.drawCompare();
      if (tab === "downloads") await this.drawDownloads();
    } catch (error) {
      this.drawn.delete(tab);
      this.failed(error);
    }
  }

  private drawCompare(): void {
    const w = this.w;
    const result = h("div", { id: "comparison" });
    const others = this.files.filter((file) => ["annual", "report"].includes(file.kind) && file.role !== "submission");
    byId("panel-compare").replaceChildren(
      h("p", { class: "ds-paragraph" }, w("compareHelp")),
      h("ul", { class: "downloads" }, ...others.map((file) => h("li", {}, h("button", {
        class: "ds-button",
        "data-variant": "secondary",
        type: "button",
        onclick: () => {
          this.status(w("comparing", { name: file.name }));
          void this.engine.compare(file.id, this.language).then((html) => {
            show(result, html, this.language);
            this.status(w("compared", { name: file.name }));
          }, (error) => this.failed(error));
        },
      }, file.name)))),
      result,
    );
  }

  private async drawDownloads(): Promise<void> {
    const w = this.w;
    const all = await this.engine.downloads(this.language);
    const group = (shareable: boolean) => {
      const some = all.filter((name) => name.includes("-deling") === shareable);
      return some.length
        ? h("section", { class: shareable ? "shareable" : "internal" },
            h("h3", { class: "ds-heading", "data-size": "2xs" }, w(shareable ? "shareable" : "internal")),
            h("ul", { class: "downloads files" }, ...some.map((name) => h("li", {}, h("button", {
              class: "ds-button",
              "data-variant": "secondary",
              type: "button",
              onclick: () => void this.fetch(name),
            }, h("span", {}, w(whatIs(name)), h("span", { class: "file" }, name)))))))
        : null;
    };
    byId("panel-downloads").replaceChildren(...[group(false), group(true)].filter((part) => part !== null));
  }

  private async fetch(name: string): Promise<void> {
    this.status(this.w("fetching", { name }));
    try {
      save(await this.engine.download(name, this.language), name);
      this.status(this.w("fetched", { name }));
    } catch (error) {
      this.failed(error);
    }
  }
}

/** What a file of the feedback is, told by its name. */
function whatIs(name: string): Key {
  const kinds: [string, Key][] = [
    ["-kvittering.json", "receipt"], ["-kvittering.html", "receipt"], [".txt", "letter"], [".zip", "all_files"], [".html", "page"],
    [".pdf", "sheet"], [".xlsx", "worklist"], [".csv", "table"],
  ];
  return kinds.find(([ending]) => name.endsWith(ending))?.[1] ?? "data";
}

const carried = document.getElementById("validator");
const engine: Engine = carried ? new Carried(carried.dataset["sha256"] ?? null) : new Server();
new Page(engine).start().catch((error: unknown) => {
  byId("status").textContent = `${words("nb")("loadFailed")} ${error instanceof Error ? error.message : ""}`;
});
