// Freezes Python: boots Pyodide under Node and leaves what the page starts from.
//
//   node freeze.mjs compile PACKAGE IN OUT   sources in IN become bytecode in OUT, the standard library too
//   node freeze.mjs warm PACKAGE OUT         OUT/memory.bin becomes the memory of a Python that has loaded it all
//
// PACKAGE is the npm package's folder. A pack is `files.json` ([[path, size], …]) and
// `files.bin`, all contents one after the other. The clock and all chance are stopped,
// so that the same input gives the same bytes.

import nodeCrypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const PAGE = 65536;

function stopChance() {
  const start = Date.UTC(2020, 0, 1);
  let ticks = 0;
  const now = () => start + ++ticks / 1000;
  class StoppedDate extends Date {
    constructor(...given) {
      super(...(given.length ? given : [now()]));
    }
    static now = now;
  }
  globalThis.Date = StoppedDate;
  globalThis.performance.now = () => ++ticks / 1000;
  let state = 1;
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
  const fill = (array) => {
    for (let at = 0; at < array.length; at++) array[at] = draw();
    return array;
  };
  Math.random = () => draw() / 256;
  globalThis.crypto.getRandomValues = fill;
  nodeCrypto.randomFillSync = fill;
  Object.defineProperty(globalThis, "navigator", { value: undefined });
}

function readPack(folder) {
  const content = readFileSync(join(folder, "files.bin"));
  let at = 0;
  return JSON.parse(readFileSync(join(folder, "files.json"), "utf8")).map(([path, size]) => [
    path,
    content.subarray(at, (at += size)),
  ]);
}

function unpack(FS, root, files) {
  for (const [path, content] of files) {
    const full = `${root}/${path}`;
    FS.mkdirTree(dirname(full));
    FS.writeFile(full, new Uint8Array(content));
    FS.utime(full, 0, 0);
  }
}

async function boot(folder, options) {
  const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
  const { info } = JSON.parse(readFileSync(join(folder, "pyodide-lock.json"), "utf8"));
  stopChance();
  return loadPyodide({
    ...options,
    _sysExecutable: "/kpr/python",
    env: { HOME: "/home/kpr", PYTHONHASHSEED: "0" },
    lockFileContents: { info, packages: {} },
  });
}

async function compile(folder, input, output) {
  const python = await boot(folder, {});
  unpack(python.FS, "/sources", readPack(input));
  python.FS.writeFile("/stdlib.zip", new Uint8Array(readFileSync(join(folder, "python_stdlib.zip"))));
  python.runPython(readFileSync(join(HERE, "compile.py"), "utf8"));
  for (const name of ["stdlib.zip", "files.json", "files.bin"]) {
    writeFileSync(join(output, name), python.FS.readFile(`/made/${name}`));
  }
}

// Nothing that was let go of may linger: it would make the file larger and never be used.
function clearFreeMemory(module) {
  const end = module._sbrk(0) >>> 0;
  const taken = [];
  for (let size = PAGE; size >= 8; size = Math.floor((size * 3) / 4)) {
    for (;;) {
      const at = module._malloc(size) >>> 0;
      if (!at || at + size > end) {
        if (at) module._free(at);
        break;
      }
      module.HEAPU8.fill(0, at, at + size);
      taken.push(at);
    }
  }
  for (const at of taken.reverse()) module._free(at);
}

async function warm(folder, output) {
  const files = readPack(output);
  const python = await boot(folder, {
    _makeSnapshot: true,
    stdLibURL: pathToFileURL(join(output, "stdlib.zip")).href,
    fsInit: async (FS) => unpack(FS, "/kpr", files),
  });
  python.runPython(readFileSync(join(HERE, "warm.py"), "utf8"));
  clearFreeMemory(python._module);
  const memory = python.makeMemorySnapshot();
  const used = memory.findLastIndex((byte) => byte !== 0) + 1;
  writeFileSync(join(output, "memory.bin"), memory.subarray(0, used));
  writeFileSync(join(output, "loaded.json"), python.FS.readFile("/made/loaded.json"));
  writeFileSync(join(output, "heap.json"), JSON.stringify(python._module.HEAPU8.length));
}

const [, , step, ...folders] = process.argv;
await { compile, warm }[step](...folders);
