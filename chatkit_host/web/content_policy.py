"""What the host's own page may do, and pages of `server.static` that are held to the same."""

from __future__ import annotations

from chatkit_host.config.ui import Allow


def policy_headers(allow: Allow) -> dict[str, str]:
    """The headers of such a page."""
    return {
        "content-security-policy": content_policy(allow),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(), geolocation=(), microphone=(self)",
    }


def content_policy(allow: Allow) -> str:
    """Our own files, no inline script, no eval; from elsewhere only what `ui.allow` names."""
    parts = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *allow.img],
        "font-src": ["'self'", *allow.font],
        "connect-src": ["'self'", *allow.connect],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
        # Text becomes elements in the two libraries that are made for it, and nowhere else.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["lit-html", "dompurify"],
    }
    return "; ".join(" ".join((name, *values)) for name, values in parts.items())
