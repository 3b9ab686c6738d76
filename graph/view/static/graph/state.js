// What a reader has made of the picture, in the fragment of the address: what is chosen, hidden, moved and added.
(function (g) {
  "use strict";
  if (!g) return;
  const state = g.state = { node: "", edge: "", hide: new Set(), off: new Set(), at: new Map(), open: new Map() };
  const twin = document.querySelector("a.lang"), twinHref = twin && twin.getAttribute("href");
  const list = (text) => text ? text.split(",") : [];
  const plain = (text) => encodeURIComponent(text).replace(/%2F/g, "/");

  g.readState = function () {
    const said = new Map(location.hash.slice(1).split("&").filter((part) => part.includes("=")).map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at), part.slice(at + 1)];
    }));
    const read = (name) => { try { return decodeURIComponent(said.get(name) || ""); } catch { return ""; } };
    state.node = read("node");
    state.edge = read("edge");
    state.hide = new Set(list(read("hide")));
    state.off = new Set(list(read("off")));
    state.at = new Map();
    for (const place of list(read("at"))) {
      const [key, x, y] = place.split(":");
      if (Number.isFinite(+x) && Number.isFinite(+y) && x && y) state.at.set(key, { x: +x, y: +y });
    }
    state.open = new Map();
    for (const one of list(read("open"))) {
      const [key, count] = one.split(":");
      if (Number.isInteger(+count) && +count > 0) state.open.set(key, +count);
    }
  };

  g.writeState = function () {
    const said = [];
    const put = (name, value) => { if (value) said.push(name + "=" + value); };
    put("node", plain(g.chosen || ""));
    put("edge", plain(g.chosenEdge || ""));
    put("hide", [...state.hide].map(plain).join(","));
    put("off", [...state.off].map(plain).join(","));
    put("at", [...state.at].map(([key, p]) => `${plain(key)}:${p.x}:${p.y}`).join(","));
    put("open", [...state.open].map(([key, n]) => `${plain(key)}:${n}`).join(","));
    // a fragment that is no state names a place on the page, and stays
    const hash = said.length ? "#" + said.join("&") : location.hash.includes("=") ? "" : location.hash;
    history.replaceState(null, "", location.pathname + location.search + hash);
    if (twin) twin.setAttribute("href", twinHref + hash);
    document.querySelector("[data-reset]").hidden = !state.at.size && !state.open.size;
  };
  g.readState();
})(window.daftarGraph);
