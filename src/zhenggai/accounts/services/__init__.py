"""Every change to people, organisations and posts (人员、单位、职务的变更).

All are keyword-only, take ``actor`` and ``at``, and record an event in the chain of the root organisation.
"""

from __future__ import annotations

from zhenggai.accounts.services.factors import (
    factor_begin,
    factor_check,
    factor_confirm,
    factor_remove,
    factor_remove_own,
)
from zhenggai.accounts.services.groups import (
    group_dissolve,
    group_edit,
    group_seat_confirm,
    group_seat_end,
    group_seat_give,
    group_set_up,
)
from zhenggai.accounts.services.importing import accounts_import, accounts_import_try
from zhenggai.accounts.services.organisations import organisation_create, organisation_edit
from zhenggai.accounts.services.overseeing import oversight_end, oversight_set
from zhenggai.accounts.services.passwords import one_time_password, password_change, password_reset
from zhenggai.accounts.services.people import (
    language_choose,
    person_activate,
    person_create,
    person_deactivate,
    person_edit,
    theme_choose,
)
from zhenggai.accounts.services.posts import post_confirm, post_end, post_grant
from zhenggai.accounts.services.restructuring import organisation_merge, organisation_move
from zhenggai.accounts.services.setting_up import (
    administrator_appoint,
    administrator_password_reset,
    first_administrators_create,
)
from zhenggai.accounts.services.signing_in import (
    Place,
    sign_in,
    sign_in_begin,
    sign_in_end,
    sign_in_lock_lift,
    sign_in_seen,
    sign_ins_end_others,
)
from zhenggai.accounts.services.tokens import TokenMade, token_end, token_make, token_seen

__all__ = [
    "Place",
    "TokenMade",
    "accounts_import",
    "accounts_import_try",
    "administrator_appoint",
    "administrator_password_reset",
    "factor_begin",
    "factor_check",
    "factor_confirm",
    "factor_remove",
    "factor_remove_own",
    "first_administrators_create",
    "group_dissolve",
    "group_edit",
    "group_seat_confirm",
    "group_seat_end",
    "group_seat_give",
    "group_set_up",
    "language_choose",
    "one_time_password",
    "organisation_create",
    "organisation_edit",
    "organisation_merge",
    "organisation_move",
    "oversight_end",
    "oversight_set",
    "password_change",
    "password_reset",
    "person_activate",
    "person_create",
    "person_deactivate",
    "person_edit",
    "post_confirm",
    "post_end",
    "post_grant",
    "sign_in",
    "sign_in_begin",
    "sign_in_end",
    "sign_in_lock_lift",
    "sign_in_seen",
    "sign_ins_end_others",
    "theme_choose",
    "token_end",
    "token_make",
    "token_seen",
]
