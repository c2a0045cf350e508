"""What axe-core finds on a page: every rule on the whole page, contrast once for each way of writing.

Whether words can be told from their ground is most of what axe-core does. Of elements that tag, class and
state of themselves and of all around them make equal, under the same style sheets, in one look and at one
width, the first is asked and stands for the others: no rule of ours knows more of an element than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

CONTRAST = "color-contrast"
LOOKS = ("light", "dark")

_RUN = "asked => axe.run(asked).then(said => said.violations)"
_CONTRAST = """async ([look, seen]) => {
  const root = document.documentElement, before = root.dataset.bsTheme;
  root.dataset.bsTheme = look;
  const told = new Set(["class", "type", "role", "disabled", "open", "hidden", "lang", "checked", "selected",
    "placeholder", "aria-current", "aria-disabled", "aria-sort", "aria-selected", "aria-expanded",
    "aria-pressed", "aria-invalid"]);
  const sheets = [...document.styleSheets].map(sheet => sheet.href).sort().join(" ");
  const digest = text => {
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(at), 1597334677);
    }
    return (one >>> 0).toString(36) + (two >>> 0).toString(36);
  };
  const keys = new Map([[root, digest(look + " " + innerWidth + " " + sheets)]]);
  const key = one => {
    if (!keys.has(one)) {
      const said = [...one.attributes].filter(each => told.has(each.name) || each.name.startsWith("data-"));
      const own = said.map(each => each.name.startsWith("data-") && each.name !== "data-bs-theme"
        && each.name !== "data-kind" ? each.name : each.name + "=" + each.value).sort().join(" ");
      keys.set(one, digest(key(one.parentElement) + ">" + one.tagName + " " + own));
    }
    return keys.get(one);
  };
  const asked = [], known = new Set(seen), fresh = [];
  for (const one of document.body.querySelectorAll("*")) {
    const says = [...one.childNodes].some(each => each.nodeType === 3 && each.data.trim())
      || one.matches("input, textarea, select");
    if (!says || !one.checkVisibility()) continue;
    if (known.has(key(one))) continue;
    known.add(key(one));
    fresh.push(key(one));
    asked.push(one);
  }
  const said = asked.length ? await axe.run({include: asked},
    {resultTypes: ["violations"], runOnly: {type: "rule", values: ["color-contrast"]}}) : {violations: []};
  root.dataset.bsTheme = before;
  return [fresh, said.violations];
}"""


def barriers(page: Page, *, looks: tuple[str, ...] = LOOKS, seen: set[str] | None = None) -> list[str]:
    """What axe-core finds, with where, contrast in each of the ``looks``.

    ``seen`` keeps the ways of writing that were asked already, for the next page; none asks them all.
    """
    from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415 - only where a browser is driven

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    rules = {CONTRAST: {"enabled": False}}
    found: list[dict[str, Any]] = page.evaluate(_RUN, {"resultTypes": ["violations"], "rules": rules})
    said = [_words(each) for each in found]
    known = set() if seen is None else seen
    for look in looks:
        fresh, found = page.evaluate(_CONTRAST, [look, sorted(known)])
        known.update(fresh)
        said += [f"{look}: {_words(each)}" for each in found]
    return said


def _words(violation: dict[str, Any]) -> str:
    """One violation with each place of it."""
    places = (f"{node['target']} {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']}: {'; '.join(places)}"
