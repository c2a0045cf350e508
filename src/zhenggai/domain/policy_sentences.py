"""Whole sentences of refusals by the policy (权限拒绝用语)."""

from __future__ import annotations

from typing import Final

from zhenggai.domain.messages import msg

MEETING: Final = msg(
    "The step “%(role)s” is the decision of a meeting, which nobody signs alone. One person records its "
    "minutes, and another confirms them; then the step is signed."
)
BY_ONE: Final = msg(
    "Your post was given by one administrator, and a post that signs is given by two. Once the security "
    "administrator or the head of the leading group has confirmed it, you can %(action)s as “%(role)s”."
)
NOT_LISTED: Final = msg(
    "This finding is restricted, and you are not among the people listed to see it. One of them can "
    "%(action)s."
)
REVIEWS_ITSELF: Final = msg(
    "You cannot %(action)s for a body that belongs to the inspected organisation by now: nobody reviews "
    "their own organisation. The other bodies sign for themselves; without this one the request cannot be "
    "granted."
)
FIXED_IT: Final = msg(
    "You belong, or belonged, to a unit that fixed this finding, and the body that confirms "
    "is never the unit that fixed. A person outside such units can %(action)s."
)
DEPUTY: Final = msg(
    "You act for somebody who submitted, fixed or signed this, and whoever acts can do no more than "
    "that person could. Another person can %(action)s."
)
OF_THE_INSPECTED: Final = msg(
    "You belong, or belonged since the feedback, to the inspected organisation or a unit that works for it, "
    "and nobody grades their own work. A person of the inspecting body from outside can %(action)s."
)
EVALUATES_ITSELF: Final = msg(
    "You took part in fixing findings of this inspection, or signed closures of it for a unit, and nobody "
    "grades their own work. Another person of the inspecting body can %(action)s."
)
