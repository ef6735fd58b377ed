// Defines window.startValidator, which starts the worker that holds the validator.
//
// The second time (after a cancelled run) it is given what the first one has unpacked.
"use strict";

window.startValidator = (() => {
  const carrier = document.getElementById("validator");
  const source = document.getElementById("validator-worker");
  const url = URL.createObjectURL(new Blob([source.textContent], { type: "text/javascript" }));
  const kept = { ...JSON.parse(carrier.dataset.facts), archive: carrier.textContent };
  carrier.textContent = "";
  return () => {
    const worker = new Worker(url);
    worker.addEventListener("message", ({ data }) => Object.assign(kept, data.kept));
    worker.postMessage({ start: kept });
    return worker;
  };
})();
