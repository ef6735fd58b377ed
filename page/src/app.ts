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
    byId("theme").setAttribute("aria-pressed", String(document.documentElement.dataset["colorScheme"] === "dark"));
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
    byId("cancel").addEventListener("click", () => void this.engine.cancel());
    byId("theme").addEventListener("click", () => {
      const root = document.documentElement;
      const dark = root.dataset["colorScheme"] !== "dark";
      root.dataset["colorScheme"] = dark ? "dark" : "light";
      paint(dark ? "dark" : "light");
      byId("theme").setAttribute("aria-pressed", String(dark));
    });
    byId("tabs").addEventListener("keydown", (event) => this.walkTabs(event));
    window.addEventListener("pagehide", () => this.engine.leave());
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
        await this.engine.add(file, this.language);
        this.files = await this.engine.files(this.language);
        this.status("");
      } catch (error) {
        this.failed(error);
      }
    this.drawFiles();
    this.drawn.delete("compare");
    if (this.summary && this.tab === "compare") await this.open("compare");
  }

  private drawFiles(): void {
    const w = this.w;
    const table = byId("file-table");
    table.hidden = !this.files.length;
    byId<HTMLButtonElement>("run").disabled = !this.files.some((file) => file.role === "submission");
    byId("file-rows").replaceChildren(...this.files.map((file) => {
      const told = [w.of(`desk.kind.${file.kind}`), file.year, file.municipality_name ?? file.municipality, file.extracted]
        .filter(Boolean).join(", ");
      const roles = h("select", {
        class: "ds-input",
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
          onclick: () => void this.change(this.engine.remove(file.id, this.language)),
        }, w("remove"))));
    }));
  }

  private async change(files: Promise<DeskFile[]>): Promise<void> {
    try {
      this.files = await files;
    } catch (error) {
      this.failed(error);
    }
    this.drawFiles();
  }

  private async run(): Promise<void> {
    const bar = byId<HTMLProgressElement>("progress");
    this.busy(true);
    byId("result").hidden = true;
    try {
      this.summary = await this.engine.run(this.language, (progress) => this.tell(bar, progress));
      this.drawn.clear();
      await this.open("answer");
      byId("result").hidden = false;
      this.status(this.w("ready"));
      byId("result-heading").focus();
    } catch (error) {
      if (error instanceof Cancelled) this.status(this.w("cancelled"));
      else this.failed(error);
    } finally {
      this.busy(false);
    }
  }

  private busy(on: boolean): void {
    byId("progress").hidden = !on;
    byId("cancel").hidden = !on;
    byId<HTMLButtonElement>("run").disabled = on;
    byId<HTMLInputElement>("pick").disabled = on;
    byId("main").setAttribute("aria-busy", String(on));
    if (on) byId("cancel").focus();
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
        onclick: () => void this.engine.compare(file.id, this.language).then(
          (html) => show(result, html, this.language), (error) => this.failed(error)),
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
            h("ul", { class: "downloads" }, ...some.map((name) => h("li", {}, h("button", {
              class: "ds-button",
              "data-variant": "secondary",
              type: "button",
              onclick: () => void this.engine.download(name, this.language)
                .then((blob) => save(blob, name), (error) => this.failed(error)),
            }, name)))))
        : null;
    };
    byId("panel-downloads").replaceChildren(...[group(false), group(true)].filter((part) => part !== null));
  }
}

const carried = document.getElementById("validator");
const engine: Engine = carried ? new Carried(carried.dataset["sha256"] ?? null) : new Server();
new Page(engine).start().catch((error: unknown) => {
  byId("status").textContent = `${words("nb")("loadFailed")} ${error instanceof Error ? error.message : ""}`;
});
