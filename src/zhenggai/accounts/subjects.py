"""Under what failed sign-ins are counted (计数对象)."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress

from django.conf import settings

from zhenggai.accounts.usernames import username_folded


def account_subject(username: str) -> str:
    """Under what an account is counted: a keyed digest, so that what somebody typed is not kept."""
    folded = username_folded(username).encode("utf-8", "replace")
    return "account:" + hmac.new(settings.SECRET_KEY.encode(), folded, hashlib.sha256).hexdigest()


def address_subject(address: str) -> str:
    """Under what an address is counted; of IPv6 the network of 64 bits, the share of one customer."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "address:unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return f"address:{ipaddress.ip_network((parsed, 64), strict=False)}"
    return f"address:{getattr(parsed, 'ipv4_mapped', None) or parsed}"
