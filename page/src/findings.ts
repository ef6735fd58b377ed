// The findings as a table: filtered, sorted and paged by the engine, fifty rows at a time.

import { byId, h } from "./dom";
import type { Engine, Facets, FindingRow, Language, Query } from "./engine";
import type { Key, Words } from "./texts";

const ROWS = 50;
const WAIT_FOR_TYPING = 200;
const COLUMNS: [string, Key][] = [
  ["severity", "severity"],
  ["rule", "rule"],
  ["line", "line"],
  ["person", "person"],
  ["unit", "unit"],
  ["field", "field"],
  ["message", "message"],
];
const SORTED_BY = new Set(["severity", "rule", "line", "person", "unit"]);
const MARKS = { fatal: "✕", error: "●", warning: "▲", info: "○" } as const;
const COLOURS = { fatal: "danger", error: "danger", warning: "warning", info: "info" } as const;
const ALL: Query = { sort: "severity", descending: false, offset: 0, limit: ROWS };

export class Findings {
  private query = { ...ALL };
  private left = { ...ALL }; // what was shown before one person's findings
  private asked = 0;
  private typing = 0;

  constructor(
    private readonly engine: Engine,
    private readonly host: HTMLElement,
    private readonly said: () => Words,
    private readonly language: () => Language,
  ) {}

  /** Forget what was chosen among the findings of another run. */
  reset(): void {
    this.query = { ...ALL };
  }

  /** Draw what is chosen, in the language that is chosen. */
  async open(): Promise<void> {
    const facets = await this.engine.facets(this.language());
    this.host.replaceChildren(
      h("p", { class: "ds-paragraph" }, this.said()("findingsHelp")),
      ...(this.query.person ? [] : [this.filters(facets)]),
      h("div", { id: "findings-person" }),
      h("p", { id: "findings-count", class: "ds-paragraph", role: "status", tabindex: -1 }),
      h("div", { class: "wide", tabindex: 0, role: "region", "aria-labelledby": "findings-count" },
        h("table", { class: "ds-table", "data-size": "sm", id: "findings-table" }, h("thead"), h("tbody"))),
      h("nav", { class: "pages", id: "findings-pages" }),
    );
    await this.draw();
  }

  private filters(facets: Facets): HTMLElement {
    const w = this.said();
    const choice = (name: "theme" | "severity" | "unit", label: string) =>
      h("div", { class: "ds-field" },
        h("label", { class: "ds-label", for: `filter-${name}` }, label),
        h("select", {
          id: `filter-${name}`,
          class: "ds-input",
          onchange: (event) => this.set(name, (event.target as HTMLSelectElement).value),
        },
          h("option", { value: "" }, w("all")),
          ...facets[name].map((one) =>
            h("option", { value: one.id, selected: this.query[name] === one.id },
              `${one.name} (${one.n.toLocaleString(this.language())})`)),
        ));
    const text = h("input", {
      id: "filter-text",
      class: "ds-input",
      type: "search",
      value: this.query.text ?? "",
      oninput: (event) => {
        clearTimeout(this.typing);
        const value = (event.target as HTMLInputElement).value;
        this.typing = window.setTimeout(() => this.set("text", value), WAIT_FOR_TYPING);
      },
    });
    return h("form", { class: "filters", "aria-label": w("filter"), onsubmit: (event) => event.preventDefault() },
      choice("severity", w("severity")),
      choice("theme", w("themeFilter")),
      facets.unit.length ? choice("unit", w("unit")) : null,
      h("div", { class: "ds-field" }, h("label", { class: "ds-label", for: "filter-text" }, w("text")), text),
    );
  }

  /** Show all findings of one person, whatever is chosen else, or go back from them. */
  private async person(person: string | null): Promise<void> {
    if (person !== null) this.left = this.query;
    this.query = person === null ? this.left : { ...ALL, sort: "line", person };
    await this.open();
    byId(person === null ? "findings-count" : "person-heading").focus();
  }

  private set(name: "theme" | "severity" | "unit" | "text", value: string): void {
    if (value) this.query[name] = value;
    else delete this.query[name];
    this.query.offset = 0;
    void this.draw();
  }

  private async draw(): Promise<void> {
    const number = ++this.asked;
    const page = await this.engine.findings(this.query, this.language());
    if (number !== this.asked) return; // a later question has been asked meanwhile
    const w = this.said();
    const { offset } = this.query;
    byId("findings-count").textContent = page.total
      ? w("shown", {
          from: (offset + 1).toLocaleString(this.language()),
          to: (offset + page.rows.length).toLocaleString(this.language()),
          total: page.total.toLocaleString(this.language()),
        })
      : w("none");
    const table = byId("findings-table");
    table.querySelector("thead")?.replaceChildren(this.heads());
    table.querySelector("tbody")?.replaceChildren(...page.rows.map((row) => this.row(row)));
    byId("findings-pages").replaceChildren(...this.pages(page.total));
    byId("findings-person").replaceChildren(...this.personHead());
  }

  private personHead(): HTMLElement[] {
    const { person } = this.query;
    if (!person) return [];
    const w = this.said();
    return [
      h("h3", { class: "ds-heading", "data-size": "xs", id: "person-heading", tabindex: -1 },
        w("personHeading", { person })),
      h("button", { class: "ds-button", "data-variant": "secondary", type: "button", onclick: () => void this.person(null) },
        w("allPersons")),
    ];
  }

  private heads(): HTMLElement {
    const w = this.said();
    return h("tr", {}, ...COLUMNS.map(([name, label]) => {
      if (!SORTED_BY.has(name)) return h("th", { scope: "col" }, w(label));
      const sorted = this.query.sort === name;
      const order = !sorted ? null : this.query.descending ? "descending" : "ascending";
      return h("th", { scope: "col", "aria-sort": order },
        h("button", {
          type: "button",
          title: w("sortBy", { name: w(label) }),
          onclick: () => {
            this.query = { ...this.query, sort: name, descending: sorted && !this.query.descending, offset: 0 };
            void this.draw();
          },
        }, w(label)));
    }));
  }

  private row(row: FindingRow): HTMLElement {
    const w = this.said();
    const cells: Record<string, Node | string> = {
      severity: h("span", { class: "ds-tag severity", "data-color": COLOURS[row.severity] },
        h("span", { "aria-hidden": "true" }, MARKS[row.severity]), w.of(`severity.${row.severity}`)),
      rule: h("button", { class: "linklike", type: "button", onclick: () => void this.rule(row) }, row.rule),
      line: row.line.toLocaleString(this.language()),
      person: row.person === null ? "" : h("button", {
        class: "linklike",
        type: "button",
        onclick: () => void this.person(row.person),
      }, row.person),
      unit: row.unit ?? "",
      field: row.told.field,
      message: row.follows
        ? h("span", {}, row.told.message, " ", h("em", {}, w("follows", row.follows)))
        : row.told.message,
    };
    return h("tr", {}, ...COLUMNS.map(([name, label]) =>
      h("td", { "data-label": w(label), class: name }, cells[name] ?? "")));
  }

  private pages(total: number): HTMLElement[] {
    const w = this.said();
    const { offset } = this.query;
    byId("findings-pages").setAttribute("aria-label", w("pages"));
    if (total <= ROWS) return [];
    const turn = (to: number, label: string, possible: boolean) =>
      h("button", {
        class: "ds-button",
        "data-variant": "secondary",
        type: "button",
        disabled: !possible,
        onclick: () => {
          this.query.offset = to;
          void this.draw();
        },
      }, label);
    return [
      turn(Math.max(0, offset - ROWS), w("previous"), offset > 0),
      turn(offset + ROWS, w("next"), offset + ROWS < total),
    ];
  }

  /** Show the page of the rule behind a finding. */
  private async rule(row: FindingRow): Promise<void> {
    const w = this.said();
    const page = await this.engine.rule(row.rule, this.language());
    const dialog = h("dialog", { class: "ds-dialog", "aria-labelledby": "rule-title", closedby: "any" },
      h("h2", { class: "ds-heading", "data-size": "sm", id: "rule-title", tabindex: -1, autofocus: true }, `${page.id} ${page.title}`),
      h("p", { class: "ds-paragraph" }, row.told.message),
      h("h3", { class: "ds-heading", "data-size": "2xs" }, w("fix")),
      h("p", { class: "ds-paragraph" }, row.told.fix),
      page.why.length ? h("h3", { class: "ds-heading", "data-size": "2xs" }, w("why")) : null,
      ...page.why.map((text) => h("p", { class: "ds-paragraph", lang: "nb" }, text)),
      page.sources.length ? h("h3", { class: "ds-heading", "data-size": "2xs" }, w("sources")) : null,
      page.sources.length ? h("ul", { lang: "nb" }, ...page.sources.map((source) => h("li", {}, source))) : null,
      h("button", { class: "ds-button", type: "button", onclick: () => dialog.close() }, w("close")),
    );
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}
