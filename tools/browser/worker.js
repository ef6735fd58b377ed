// The worker: unpacks Python with the validator in it, and answers what the page asks.
//
// The first message is {start: {archive, parts, heap}}: `archive` is base64 of one zstd frame or,
// the second time, its bytes; `parts` are [name, size] of what is in it, `heap` the bytes of
// memory that Python had when it was frozen. Then {id, method, named} is answered by
// {id, value}, {id, error} and, on the way, {id, progress}. See page/README.md.
"use strict";

const INPUT = "/input";
const IDLE = 200; // milliseconds without a question
const MOVES = 50; // milliseconds between two words about how far it is
const NOT_STARTED = {
  nb: "Programmet kunne ikke starte i denne nettleseren. Bruk en oppdatert Edge, Chrome eller Firefox.",
  nn: "Programmet kunne ikkje starte i denne nettlesaren. Bruk ein oppdatert Edge, Chrome eller Firefox.",
  en: "The program could not start in this browser. Use an up-to-date Edge, Chrome or Firefox.",
};
const STOPPED = {
  nb: "Programmet stoppet, trolig fordi filen er for stor for minnet her. Last siden på nytt, eller kontroller filen med kommandoen kpr-validator check.",
  nn: "Programmet stoppa, truleg fordi fila er for stor for minnet her. Last sida på nytt, eller kontroller fila med kommandoen kpr-validator check.",
  en: "The program stopped, probably because the file is too large for the memory here. Load the page again, or check the file with the command kpr-validator check.",
};

let python = null;
let shell = null;
let given = 0;
let isFresh = true;
let idle = null;
let trouble = NOT_STARTED;

// Nothing here has anything to fetch: what Pyodide asks for is already here.
function answerFrom(parts) {
  const known = { "pyodide.asm.wasm": "application/wasm", "python_stdlib.zip": "application/zip" };
  self.fetch = async (url) => {
    const name = String(url).split("/").pop();
    if (!(name in known)) throw new TypeError("nothing is fetched");
    const body = name === "pyodide.asm.wasm" ? null : parts.stdlib;
    return new Response(body, { headers: { "Content-Type": known[name] } });
  };
}

function bytesOf(archive) {
  if (typeof archive !== "string") return archive;
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(archive);
  return Uint8Array.from(atob(archive), (sign) => sign.charCodeAt(0));
}

function unpacked(packed, sizes) {
  const whole = fzstd.decompress(packed);
  let at = 0;
  return Object.fromEntries(sizes.map(([name, size]) => [name, whole.subarray(at, (at += size))]));
}

function load(...sources) {
  const url = URL.createObjectURL(new Blob(sources, { type: "text/javascript" }));
  self.importScripts(url);
  URL.revokeObjectURL(url);
  // Pyodide takes a worker that can do this for one of the kind it does not know.
  self.importScripts = () => {
    throw new Error("nothing is imported");
  };
}

function lay(FS, { index, files }) {
  let at = 0;
  for (const [path, size] of JSON.parse(new TextDecoder().decode(index))) {
    const full = `/kpr/${path}`;
    FS.mkdirTree(full.slice(0, full.lastIndexOf("/")));
    FS.writeFile(full, files.slice(at, (at += size)), { canOwn: true });
  }
}

async function start({ archive, parts: sizes, heap, module: compiled, info }) {
  const packed = bytesOf(archive);
  const parts = unpacked(packed, sizes);
  const module = compiled ?? WebAssembly.compile(parts.wasm);
  load(parts.glue, parts.loader);
  answerFrom(parts);
  WebAssembly.instantiateStreaming = async (_response, imports) => {
    const ready = await module;
    return { module: ready, instance: await WebAssembly.instantiate(ready, imports) };
  };
  python = await loadPyodide({
    indexURL: "https://nowhere.invalid/",
    lockFileContents: { info, packages: {} },
    env: { HOME: "/home/kpr", PYTHONHASHSEED: "0" },
    fsInit: async (FS) => lay(FS, parts),
    createPyodideModule: async (settings) => {
      const made = await _createPyodideModule(settings);
      made._emscripten_resize_heap(heap);
      return made;
    },
    _loadSnapshot: parts.memory,
  });
  shell = python.pyimport("kpr_shell").start();
  trouble = STOPPED;
  self.postMessage({ kept: { archive: packed, module: await module } });
}

// The file stays where it is; Python reads it as it goes.
function mounted(file) {
  const place = `${INPUT}/${++given}`;
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.WORKERFS, { blobs: [{ name: "file", data: file }] }, place);
  return `${place}/file`;
}

function teller(id) {
  let last = 0;
  let stage = null;
  return (...now) => {
    if (now[0] === stage && now[1] < now[2] && performance.now() - last < MOVES) return;
    [last, stage] = [performance.now(), now[0]];
    self.postMessage({ id, progress: { stage: now[0], done: now[1], total: now[2] } });
  };
}

function answer({ id, method, named }) {
  const { file, ...rest } = named;
  if (file) rest.path = mounted(file);
  const told = shell.answer(method, JSON.stringify(rest), teller(id));
  const [kind, text] = told.toJs();
  told.destroy();
  if (kind === "error") return { id, error: text };
  if (kind === "path") return { id, value: python.FS.readFile(text) };
  return { id, value: kind === "json" ? JSON.parse(text) : text };
}

function hear(data) {
  try {
    const answered = answer(data);
    const { value } = answered;
    self.postMessage(answered, value instanceof Uint8Array ? [value.buffer] : []);
  } catch (error) {
    console.error(error);
    self.postMessage({ id: data.id, error: trouble[data.named.language] ?? trouble.nb });
  }
}

// While the user looks for a file: a browser translates what it runs as it runs it, so the
// first run of all is the slowest.
function exercise() {
  isFresh = false;
  try {
    shell?.exercise();
  } catch (error) {
    console.error(error);
  }
}

function waitForIdle() {
  clearTimeout(idle);
  if (isFresh) idle = setTimeout(exercise, IDLE);
}

let queue = Promise.resolve();
self.onmessage = ({ data }) => {
  if (data.method === "run") isFresh = false;
  queue = queue
    .then(() => (data.start ? start(data.start).catch(console.error) : hear(data)))
    .then(waitForIdle);
};
