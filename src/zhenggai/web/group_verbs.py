"""What is done with leading groups and oversight (领导小组、分管的操作), each with its form and words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from zhenggai.accounts import services
from zhenggai.domain.policy import Action
from zhenggai.web.forms import leading as forms
from zhenggai.web.forms.people import EmptyForm, PostEndForm
from zhenggai.web.verbs import Verb

GROUP_SET_UP = Verb(
    forms.GroupForm,
    Action.GROUP_MANAGE,
    services.group_set_up,
    gettext_lazy("Set up a leading group"),
    gettext_lazy("The leading group is set up."),
    "users",
)
OVERSIGHT_SET = Verb(
    forms.OversightForm,
    Action.OVERSIGHT_MANAGE,
    services.oversight_set,
    gettext_lazy("Say who oversees a unit"),
    gettext_lazy("The oversight is stored."),
    "eye",
)
GROUP_VERBS: dict[str, Verb] = {
    "give": Verb(
        forms.SeatForm,
        Action.GROUP_MANAGE,
        services.group_seat_give,
        gettext_lazy("Give a place"),
        gettext_lazy("The place is given."),
        "user-plus",
    ),
    "edit": Verb(
        forms.GroupEditForm,
        Action.GROUP_MANAGE,
        services.group_edit,
        gettext_lazy("Name and office"),
        gettext_lazy("The leading group is stored."),
        "edit",
    ),
    "dissolve": Verb(
        PostEndForm,
        Action.GROUP_MANAGE,
        services.group_dissolve,
        gettext_lazy("Dissolve"),
        gettext_lazy("The leading group is dissolved."),
        "ban",
        is_grave=True,
    ),
}
SEAT_VERBS: dict[str, Verb] = {
    "confirm": Verb(
        EmptyForm,
        Action.POST_CONFIRM,
        services.group_seat_confirm,
        gettext_lazy("Confirm"),
        gettext_lazy("The head is confirmed."),
        "check",
    ),
    "end": Verb(
        PostEndForm,
        Action.POST_END,
        services.group_seat_end,
        gettext_lazy("End"),
        gettext_lazy("The place is ended."),
        "minus",
        is_grave=True,
    ),
}
OVERSIGHT_VERBS: dict[str, Verb] = {
    "end": Verb(
        PostEndForm,
        Action.OVERSIGHT_MANAGE,
        services.oversight_end,
        gettext_lazy("End"),
        gettext_lazy("The oversight is ended."),
        "minus",
        is_grave=True,
    ),
}
