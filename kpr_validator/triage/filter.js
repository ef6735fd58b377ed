for (const box of document.querySelectorAll("[data-filter]")) {
  box.hidden = false;
  const rows = document.querySelectorAll(`#${box.dataset.filter} tbody tr`);
  box.querySelector("input").addEventListener("input", (event) => {
    const wanted = event.target.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
    }
  });
}
