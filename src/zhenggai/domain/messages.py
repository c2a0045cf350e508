"""Sentences for people, kept as a template and its values until a front room knows the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def msg(template: str) -> str:
    """Mark an English template (gettext msgid with ``%(name)s`` places) for the message catalogue."""
    return template


_QUOTED: Final = re.compile(r"“%\((\w+)\)s”")
_SINGLE: Final = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class Message:
    """One whole sentence: an English template and the values for its places.

    A value may itself be a ``Message``; it is then rendered in the same language. A text that the template
    puts into quotation marks has its own ones single: “a ‘b’”, never “a “b””.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def render(self, translate: Callable[[str], str] = msg) -> str:
        """The sentence in the language of ``translate`` (template → translated template; default English)."""
        values = {
            name: value.render(translate) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        sentence = translate(self.template)
        if "“%(" in sentence:
            for name in _QUOTED.findall(sentence):
                if isinstance(values.get(name), str):
                    values[name] = values[name].translate(_SINGLE)
        return sentence % values if values else sentence

    def __str__(self) -> str:
        return self.render()


def message_kept(value: Any) -> Any:
    """A value as JSON keeps it (存为 JSON): a sentence as its template and values."""
    if isinstance(value, Message):
        return {"template": value.template, "values": {k: message_kept(v) for k, v in value.values.items()}}
    return value if value is None or isinstance(value, int) else str(value)


def message_told(kept: Any) -> Any:
    """The value that `message_kept` kept (由 JSON 还原)."""
    if not isinstance(kept, dict):
        return kept
    return Message(kept["template"], {name: message_told(value) for name, value in kept["values"].items()})
