"""Where a request comes from (登录地点): the address of the network and the device in a few words."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final

from django.conf import settings

from zhenggai.accounts.services import Place

if TYPE_CHECKING:
    from django.http import HttpRequest

# The first that fits names it: browsers put the names of others into theirs.
_BROWSERS: Final = (
    (r"MicroMessenger", "WeChat"),
    (r"DingTalk", "DingTalk"),
    (r"QQBrowser", "QQBrowser"),
    (r"QIHU|360[SE]E", "360"),
    (r"HuaweiBrowser", "Huawei Browser"),
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"Firefox/|FxiOS", "Firefox"),
    (r"Chrom(?:e|ium)/|CriOS", "Chrome"),
    (r"Safari/", "Safari"),
    (r"MSIE |Trident/", "Internet Explorer"),
)
_SYSTEMS: Final = (
    (r"OpenHarmony|HarmonyOS", "HarmonyOS"),
    (r"Windows", "Windows"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Mac OS X|Macintosh", "macOS"),
    (r"Kylin", "Kylin"),
    (r"UOS|Uos", "UOS"),
    (r"Linux|X11", "Linux"),
)
_KINDS: Final = (_BROWSERS, _SYSTEMS)


def place_of(request: HttpRequest) -> Place:
    """Address and device of a request."""
    return Place(address_of(request), device_of(request.headers.get("User-Agent", "")))


def address_of(request: HttpRequest) -> str:
    """The address of who asks; behind our own proxy, what the proxy saw (the last of the list it sends)."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.ZHENGGAI_BEHIND_PROXY:
        return _written(direct)
    return _written(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()) or _written(direct)


def device_of(user_agent: str) -> str:
    """Browser and system by the names they give themselves, such as “Chrome · Windows”; empty for others."""
    told = user_agent[:500]
    return " · ".join(
        found for kinds in _KINDS if (found := next((n for p, n in kinds if re.search(p, told)), ""))
    )


def _written(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""
