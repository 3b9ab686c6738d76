// The menus in the head of every page. They open and close without this script; with it they also close when
// the reader presses Escape, looks elsewhere, or opens another one.
const menus = [...document.querySelectorAll<HTMLDetailsElement>("nav.main details")];

function close(except?: Node | null): void {
  for (const menu of menus) if (!except || !menu.contains(except)) menu.open = false;
}

document.addEventListener("click", (event) => close(event.target instanceof Node ? event.target : null));
for (const menu of menus) {
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(menu, event);
  });
}

/** Arrow keys walk through the links of an open menu; from its head they open it. */
function walk(menu: HTMLDetailsElement, event: KeyboardEvent): void {
  event.preventDefault();
  menu.open = true;
  const stops = [...menu.querySelectorAll<HTMLElement>("summary, a")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[(at + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length]?.focus();
}
