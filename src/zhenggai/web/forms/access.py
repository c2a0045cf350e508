"""Forms of signing in, first set-up and the own password (登录、首次设置、本人密码)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhenggai.accounts.kinds import TOKEN_REACH_LABELS, TokenReach
from zhenggai.web.forms.choices import words
from zhenggai.web.forms.plain import PlainForm

PASSWORD_HELP = format_lazy(
    _(
        "At least {least} characters; not only digits, no common word, and nothing of your name, its pinyin "
        "or the user name."
    ),
    least=settings.ZHENGGAI_PASSWORD_LEAST,
)

USERNAME_HELP = _(
    "Typed to sign in, for example the pinyin of the name: 2 to 64 letters or digits, without blanks. It is "
    "not changed later."
)


class SignInForm(PlainForm):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(PlainForm):
    """The code of the second factor, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits that the app shows, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
    )


class FirstCodeForm(CodeForm):
    """The code that shows that the app has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Six digits that the app shows.")


class TokenForm(PlainForm):
    """A token for a program."""

    label = forms.CharField(
        label=_("Program"), max_length=100, help_text=_("For which program, and where it runs.")
    )
    reach = forms.TypedChoiceField(
        label=_("What it may do"),
        choices=words(TOKEN_REACH_LABELS),
        coerce=TokenReach,
        initial=TokenReach.READ,
    )
    days = forms.IntegerField(label=_("Good for how many days"), min_value=1, max_value=366, initial=90)
    password = forms.CharField(
        label=_("Your password"),
        max_length=1000,
        strip=False,
        help_text=_("Asked for once more, because a token outlives this sign-in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(PlainForm):
    """A password typed twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=1000,
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both fields must hold the same."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("The two new passwords differ; type the same one in both fields."))
        return values


class SetupForm(NewPasswordForm):
    """The first two administrators; the token is printed where the server was started."""

    token = forms.CharField(
        label=_("Set-up token"),
        max_length=200,
        help_text=_(
            "“zhenggai serve” prints it where the server was started; whoever installed the system has it. "
            "It holds once."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation_name = forms.CharField(
        label=_("Name of your organisation"),
        max_length=200,
        help_text=_(
            "The highest one whose units work here, for example the county or the bureau: everything else is "
            "entered below it."
        ),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=100, help_text=_("You become the system administrator.")
    )
    username = forms.CharField(
        label=_("Your user name"),
        max_length=64,
        help_text=USERNAME_HELP,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    security_name = forms.CharField(
        label=_("Name of the security administrator"),
        max_length=100,
        help_text=_("Another person, who confirms what you propose. Neither of you signs."),
    )
    security_username = forms.CharField(
        label=_("User name of the security administrator"),
        max_length=64,
        help_text=_("The next page shows a one-time password for it, which you hand over."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = (
        "token",
        "organisation_name",
        "name",
        "username",
        "password",
        "again",
        "security_name",
        "security_username",
    )


class PasswordForm(NewPasswordForm):
    """The own password; the present one must be known."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present", "password", "again")
