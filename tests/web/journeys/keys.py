"""A person with a keyboard alone: reaches what has a name by Tab, presses Enter and Space, types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from web.hands import answered

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

_STEPS = 400
# how many stops of Tab a control is away, as far as a page can tell: a group of radios is one stop
_AWAY = """one => {
  const kinds = "a[href], button, input, select, textarea, summary, [tabindex]";
  const stops = [...document.querySelectorAll(kinds)]
    .filter(each => each === one || each === document.activeElement
      || (each.tabIndex >= 0 && !each.disabled && each.checkVisibility({visibilityProperty: true})));
  return stops.indexOf(one) - stops.indexOf(document.activeElement);
}"""
Reached = Literal["button", "link", "textbox", "combobox", "checkbox", "radio"]


class Keys:
    """The keys of one page. Everything is reached by its role and its name, as a screen reader says it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """One key."""
        self.page.keyboard.press(key)

    def reach(self, target: Locator) -> None:
        """Goes to a control with Tab, or back to it; it is seen to be there."""
        pressed = 0
        while away := target.evaluate(_AWAY):
            assert pressed < _STEPS, f"not reached by keys: {target}"
            # most of the way at once; where the page cannot tell how far it is, the last steps one by one
            steps = max(1, abs(away) - 2)
            pressed += steps
            for _step in range(steps):
                self.press("Tab" if away > 0 else "Shift+Tab")
        assert target.evaluate("one => one.matches(':focus-visible')")

    def named(self, role: Reached, name: str, within: Locator | None = None) -> Locator:
        """What a screen reader calls so; without a name it would not be found."""
        found = (within or self.page.locator("body")).get_by_role(role, name=name)
        assert found.count(), f"no {role} is called {name}"
        return found.first

    def follow(self, link: Locator) -> None:
        """Opens a link with Enter."""
        self.reach(link)
        with self.page.expect_navigation():
            self.press("Enter")

    def unfold(self, verb: str) -> Locator:
        """Unfolds an action of the finding's page with Enter; its form."""
        form = self.page.locator(f"form.act-form[action$='/{verb}/']").first
        if not form.is_visible():
            self.reach(self.page.locator(f"details.act:has(form[action$='/{verb}/']) > summary").first)
            self.press("Enter")
        assert form.is_visible()
        return form

    def type(self, form: Locator, label: str, text: str) -> None:
        """Types into a field that is called so."""
        box = form.get_by_label(label).first
        self.reach(box)
        self.page.keyboard.insert_text(text)
        assert box.input_value() == text

    def date(self, form: Locator, label: str, day: str) -> None:
        """Types a day in the order in which this browser asks for its parts."""
        box = form.get_by_label(label).first
        self.reach(box)
        year, month, date = day.split("-")
        for parts in ((month, date, year), (year, "ArrowRight", month, date)):
            for part in parts:
                if part.isdigit():
                    self.page.keyboard.type(part)
                else:
                    self.press(part)
            if box.input_value() == day:
                return
            for _part in range(3):
                self.press("Backspace")
                self.press("ArrowLeft")
        raise AssertionError(f"{label}: {box.input_value()} instead of {day}")

    def choose(self, form: Locator, label: str, wanted: str) -> None:
        """Goes down a choice until it stands at a value, or at words."""
        box = form.get_by_label(label).first
        self.reach(box)
        stands = "(one, wanted) => one.value === wanted || one.selectedOptions[0].text.includes(wanted)"
        for key in ("ArrowDown", "ArrowUp"):
            for _step in range(box.locator("option").count()):
                if box.evaluate(stands, wanted):
                    return
                self.press(key)
        raise AssertionError(f"{label}: {wanted} is not on offer")

    def tick(self, form: Locator, label: str) -> None:
        """Ticks a box with Space."""
        box = form.get_by_role("checkbox", name=label).first
        self.reach(box)
        self.press("Space")
        assert box.is_checked()

    def pick(self, form: Locator, label: str) -> None:
        """Picks one of several with Space."""
        box = form.get_by_role("radio", name=label, exact=True).first
        self.reach(box)
        self.press("Space")
        assert box.is_checked()

    def file(self, form: Locator, label: str, file: Path) -> None:
        """Opens the browser's dialogue for a file with Enter, and chooses one there."""
        self.reach(form.get_by_label(label).first)
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        chooser.value.set_files(file)

    def send(self, form: Locator) -> None:
        """Sends the form by its first button; the answer says that it is done."""
        button = form.locator("button[type=submit]:not([formaction])").first
        assert button.inner_text().strip()
        self.reach(button)
        with answered(self.page):
            self.press("Enter")
        assert self.page.locator(".note-success").count() == 1, self.page.inner_text("main")[:800]
