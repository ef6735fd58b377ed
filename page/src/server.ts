// The engine behind `kpr-validator web`: calls to the local server that gave this page.

import { Asking } from "./asking";
import { Cancelled, EngineError, type About, type DeskFile, type Language, type Progress, type Summary } from "./engine";

const LOOK_EVERY = 250;
const LIVES_EVERY = 60_000;

export class Server extends Asking {
  readonly place = "server";
  private readonly token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  private desk = "";
  private largest = Infinity;

  private async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { "X-Kpr-Token": this.token, "X-Kpr-Desk": this.desk, ...init.headers };
    const answer = await fetch(path, { ...init, headers });
    if (answer.ok) return answer;
    const told = (await answer.json().catch(() => ({}))) as { error?: string; cancelled?: boolean };
    if (told.cancelled) throw new Cancelled();
    throw new EngineError(told.error ?? `HTTP ${answer.status}`);
  }

  protected async call<T>(method: string, named: Record<string, unknown>): Promise<T> {
    const answer = await this.ask(`/api/${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(named),
    });
    return (await answer.json()) as T;
  }

  async ready(): Promise<About> {
    const opened = await this.call<{ desk: string; about: About; largest: number }>("open", {});
    this.desk = opened.desk;
    this.largest = opened.largest;
    // The server takes the files of a page that it has not heard of for a while away.
    setInterval(() => void this.call("progress", {}).catch(() => undefined), LIVES_EVERY);
    return opened.about;
  }

  async add(file: File, language: Language): Promise<DeskFile> {
    if (file.size > this.largest) {
      const words = await this.call<Record<string, string>>("words", { language });
      throw new EngineError(words["web.error.large"]);
    }
    const path = `/api/files?name=${encodeURIComponent(file.name)}&language=${language}`;
    return (await (await this.ask(path, { method: "PUT", body: file })).json()) as DeskFile;
  }

  async run(language: Language, tell: (progress: Progress) => void): Promise<Summary> {
    const look = setInterval(
      () => void this.call<Progress | null>("progress", {}).then((told) => told && tell(told), () => undefined),
      LOOK_EVERY,
    );
    try {
      return await this.call<Summary>("run", { language });
    } finally {
      clearInterval(look);
    }
  }

  async cancel(): Promise<void> {
    await this.call("cancel", {});
  }

  async download(name: string, language: Language): Promise<Blob> {
    return (await this.ask(`/api/download/${encodeURIComponent(name)}?language=${language}`)).blob();
  }

  leave(): void {
    const body = new Blob([JSON.stringify({ desk: this.desk, token: this.token })], { type: "application/json" });
    navigator.sendBeacon("/api/leave", body);
  }
}
