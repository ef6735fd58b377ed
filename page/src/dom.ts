import reportStyle from "../../kpr_validator/report/report.css";

// A few lines instead of a framework: elements are made, never markup from strings.

const report = new CSSStyleSheet(); // the report's own looks, for its own page and for here

/** Show reports in the page's colours: «light», «dark», or as the system has them. */
export function paint(scheme: string): void {
  const when = { dark: "(min-width: 0)", light: "(max-width: 0)" }[scheme];
  report.replaceSync(
    reportStyle
      .replaceAll(/(:root|\bhtml|\bbody)(?=\s*[{,])/g, ":host")
      .replaceAll("(prefers-color-scheme: dark)", when ?? "(prefers-color-scheme: dark)"),
  );
}

type Child = Node | string | null | undefined | false;
type Props = Record<string, string | number | boolean | EventListener | null | undefined>;

/** Make an element. `on…` props are listeners, `true` an empty attribute; null and false leave out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing`);
  return found as T;
}

/** Show a report of the validator's own making apart from the page's styles. Nothing in it runs. */
export function show(host: HTMLElement, html: string, language: string): void {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  parsed.querySelectorAll("script").forEach((script) => script.remove());
  root.adoptedStyleSheets = [report];
  const body = h("div", { lang: language }); // the page has a main part of its own
  body.append(...parsed.body.childNodes);
  root.replaceChildren(body);
  root.querySelectorAll<HTMLAnchorElement>('a[href^="#"]').forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const target = root.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) return;
      for (let up: Element | null = target; up; up = up.parentElement)
        if (up instanceof HTMLDetailsElement) up.open = true;
      target.setAttribute("tabindex", "-1");
      target.focus();
      target.scrollIntoView();
    }),
  );
}

/** Hand a file to the user. */
export function save(blob: Blob, name: string): void {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
