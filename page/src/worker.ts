// The engine inside the page itself: Python in a worker, which this page carries with it.

import { Asking } from "./asking";
import { Cancelled, EngineError, type About, type DeskFile, type Language, type Progress, type Summary } from "./engine";

interface Answer { id: number; value?: unknown; error?: string; progress?: Progress }
interface Waiting { resolve: (value: never) => void; reject: (error: Error) => void; tell?: (progress: Progress) => void }

declare global {
  interface Window {
    /** Starts the worker that holds Python and the validator; the carrying page defines it. */
    startValidator?: () => Worker;
  }
}

export class Carried extends Asking {
  readonly place = "browser";
  private worker: Worker | null = null;
  private waiting = new Map<number, Waiting>();
  private asked = 0;
  private kept = new Map<string, File>();
  private known: DeskFile[] = []; // as they were last told of

  constructor(private readonly sha256: string | null) {
    super();
  }

  private start(): Worker {
    if (!window.startValidator) throw new EngineError("startValidator");
    const worker = window.startValidator();
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.heard(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.worker = null;
      this.endAll(new EngineError(event.message));
    };
    return worker;
  }

  private heard(data: Answer): void {
    const waiting = this.waiting.get(data.id);
    if (!waiting) return;
    if (data.progress) return waiting.tell?.(data.progress);
    this.waiting.delete(data.id);
    if (data.error === undefined) waiting.resolve(data.value as never);
    else waiting.reject(new EngineError(data.error));
  }

  private endAll(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  protected call<T>(
    method: string, named: Record<string, unknown>, tell?: (progress: Progress) => void,
  ): Promise<T> {
    this.worker ??= this.start();
    const id = ++this.asked;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, tell ? { resolve, reject, tell } : { resolve, reject });
      this.worker?.postMessage({ id, method, named });
    });
  }

  async ready(): Promise<About> {
    return { ...(await this.call<About>("about", {})), sha256: this.sha256 };
  }

  async add(file: File, language: Language): Promise<DeskFile> {
    const added = await this.call<DeskFile>("add", { name: file.name, file, language });
    this.kept.set(added.id, file);
    return added;
  }

  run(language: Language, tell: (progress: Progress) => void): Promise<Summary> {
    return this.call("run", { language }, tell);
  }

  /** A worker deep in its work hears nothing: it is ended, and a new one gets the files again. */
  async cancel(): Promise<void> {
    this.worker?.terminate();
    this.worker = null;
    this.endAll(new Cancelled());
    const { kept, known } = this;
    this.kept = new Map();
    for (const [id, file] of kept) if (known.some((one) => one.id === id)) await this.add(file, "nb");
    await this.arrange(known);
  }

  /** Let the files be used as they were; those that came in a zip and were removed go again. */
  private async arrange(were: DeskFile[]): Promise<void> {
    const left = [...were];
    for (const file of await this.files("nb")) {
      const at = left.findIndex((one) => one.name === file.name && one.size === file.size);
      const [was] = at < 0 ? [] : left.splice(at, 1);
      if (!was) await this.remove(file.id, "nb");
      else if (was.role !== file.role) await this.setRole(file.id, was.role, "nb");
    }
  }

  private async told(files: Promise<DeskFile[]>): Promise<DeskFile[]> {
    return (this.known = await files);
  }

  override files(language: Language): Promise<DeskFile[]> {
    return this.told(super.files(language));
  }

  override remove(id: string, language: Language): Promise<DeskFile[]> {
    return this.told(super.remove(id, language));
  }

  override setRole(id: string, role: string, language: Language): Promise<DeskFile[]> {
    return this.told(super.setRole(id, role, language));
  }

  async download(name: string, language: Language): Promise<Blob> {
    return new Blob([await this.call<Uint8Array<ArrayBuffer>>("download", { name, language })]);
  }

  leave(): void {
    this.worker?.terminate();
  }
}
