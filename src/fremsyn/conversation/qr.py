"""A link as a square code to point a phone at."""

import io

import segno


def qr_svg(link: str) -> str:
    """Return a link as an SVG of its own, dark on light, with its quiet zone; no style or script in it."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False
    )
    return out.getvalue().decode()
