"""What is done to people, posts and organisations (人员、职务、单位的操作), each with its form and words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from zhenggai.accounts import services
from zhenggai.domain.policy import Action
from zhenggai.web.forms import people as forms
from zhenggai.web.verbs import Verb

PERSON_VERBS: dict[str, Verb] = {
    "grant": Verb(
        forms.PostForm,
        Action.POST_GRANT,
        services.post_grant,
        gettext_lazy("Give a post"),
        gettext_lazy("The post is given."),
        "id-badge-2",
    ),
    "edit": Verb(
        forms.PersonEditForm,
        Action.PERSON_MANAGE,
        services.person_edit,
        gettext_lazy("Name and telephone"),
        gettext_lazy("Name and telephone are stored."),
        "edit",
    ),
    "reset": Verb(
        forms.EmptyForm,
        Action.PASSWORD_RESET,
        services.password_reset,
        gettext_lazy("Set a one-time password"),
        gettext_lazy("The one-time password is set; that shows beside later signatures."),
        "key",
        is_grave=True,
    ),
    "unlock": Verb(
        forms.EmptyForm,
        Action.LOCK_LIFT,
        services.sign_in_lock_lift,
        gettext_lazy("Let sign in at once"),
        gettext_lazy("The account no longer waits."),
        "clock",
    ),
    "factor": Verb(
        forms.EmptyForm,
        Action.FACTOR_REMOVE,
        services.factor_remove,
        gettext_lazy("Take the second factor away"),
        gettext_lazy("The second factor is taken away; that shows beside later signatures."),
        "shield-lock",
        is_grave=True,
    ),
    "deactivate": Verb(
        forms.EmptyForm,
        Action.PERSON_MANAGE,
        services.person_deactivate,
        gettext_lazy("Close the account"),
        gettext_lazy("The account is closed and its posts are ended."),
        "ban",
        is_grave=True,
    ),
    "activate": Verb(
        forms.EmptyForm,
        Action.PERSON_MANAGE,
        services.person_activate,
        gettext_lazy("Open the account again"),
        gettext_lazy("The account is open again, without any post."),
        "restore",
    ),
}
POST_VERBS: dict[str, Verb] = {
    "confirm": Verb(
        forms.EmptyForm,
        Action.POST_CONFIRM,
        services.post_confirm,
        gettext_lazy("Confirm"),
        gettext_lazy("The post is confirmed."),
        "check",
    ),
    "end": Verb(
        forms.PostEndForm,
        Action.POST_END,
        services.post_end,
        gettext_lazy("End the post"),
        gettext_lazy("The post is ended."),
        "minus",
        is_grave=True,
    ),
}
ORGANISATION_VERBS: dict[str, Verb] = {
    "add": Verb(
        forms.OrganisationForm,
        Action.ORGANISATION_MANAGE,
        services.organisation_create,
        gettext_lazy("Add an organisation below"),
        gettext_lazy("The organisation is added."),
        "plus",
    ),
    "edit": Verb(
        forms.OrganisationEditForm,
        Action.ORGANISATION_MANAGE,
        services.organisation_edit,
        gettext_lazy("Names, in use or not"),
        gettext_lazy("The organisation is stored."),
        "edit",
    ),
    "move": Verb(
        forms.MoveForm,
        Action.ORGANISATION_MANAGE,
        services.organisation_move,
        gettext_lazy("Move below another"),
        gettext_lazy("The organisation is moved; where it stood is kept."),
        "arrow-right",
    ),
    "merge": Verb(
        forms.MergeForm,
        Action.ORGANISATION_MANAGE,
        services.organisation_merge,
        gettext_lazy("Merge into another"),
        gettext_lazy("The organisation is merged; what it was is kept."),
        "indent-increase",
        is_grave=True,
    ),
}
