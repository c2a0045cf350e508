"""One action on a finding's page (问题办理动作): its button, form and service, and what is said when done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import Promise

    from zhenggai.domain.policy import Action
    from zhenggai.web.forms import finding as forms

    Service = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class FindingAction:
    """One action: its button, its form, its service, and what the page says when it is done.

    ``row`` names the service's argument for the row it is about; empty where it is about the finding itself.
    ``call`` is the button's word away from that row, where the button's own would not say enough.
    """

    action: Action
    form: type[forms.ActionForm]
    service: Service
    button: str | Promise
    done: str | Promise
    icon: str
    row: str = ""
    is_grave: bool = False
    call: str | Promise = ""

    @property
    def name(self) -> str | Promise:
        """What the action is called away from its row."""
        return self.call or self.button

    @property
    def verb(self) -> str:
        """The action in an address: ``closure-send-back``."""
        return verb_of(self.action)


def verb_of(action: Action) -> str:
    """The action's name as it stands in addresses and anchors."""
    return action.value.replace(".", "-").replace("_", "-")
