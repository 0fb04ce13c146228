"""A signed file held against the minutes as they were frozen: who signed it, when, and whether anything else was changed."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from fremsyn.core.errors import RuleBroken

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DiffPolicy
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko_certvalidator import ValidationContext

MOST_ADDED = 20 * 1024 * 1024
MOST_SIGNATURES = 100
# pyHanko and asn1crypto let errors of Python's own through, beside theirs, on bytes that somebody made up. All of them mean the
# same here: it can't be read. What the database or our own rules raise is none of these.
UNREADABLE = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, NotImplementedError,
    RecursionError, EOFError, OSError, zlib.error, struct.error,
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A signature in a file: whose certificate, when, and whether that leads to an issuer that is trusted.

    `stamped` tells whether the time is from a time stamp, which nobody but its service can have set.
    """

    name: str
    certificate_sha256: str
    signed_at: datetime | None
    stamped: bool
    trusted: bool


def ready_to_sign(content: bytes) -> bytes:
    """Return a PDF with an empty form added, into which signatures go, so that they can be told from other changes."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(content))
    writer.root["/AcroForm"] = writer.add_object(generic.DictionaryObject({"/Fields": generic.ArrayObject()}))
    writer.update_root()
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def signatures_in(signed: bytes, frozen: bytes, *, authorities: bytes = b"") -> tuple[Found, ...]:
    """Return the signatures in a signed copy of a file.

    It must begin with the very bytes of the file, and add nothing but signatures and what belongs to them; every signature
    must cover these bytes, be intact and be made by the key of its certificate.

    :param authorities: certificates of trusted issuers, PEM
    :raises RuleBroken: in words for whoever sent it, when it is anything else
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
    from pyhanko_certvalidator.errors import PathError, ValidationError

    _refuse_others(signed, frozen)
    trust = _trust(authorities)
    unreadable = (
        *UNREADABLE,
        PdfError,
        SignatureValidationError,
        ValidationInfoReadingError,
        PathError,
        ValidationError,
    )
    try:
        return _checked(signed, frozen, trust)
    except unreadable as error:
        raise RuleBroken(
            _("What was added to the minutes can't be read as signatures. Sign the file again.")
        ) from error


def _refuse_others(signed: bytes, frozen: bytes) -> None:
    if len(signed) > len(frozen) + MOST_ADDED:
        raise RuleBroken(_("The file is too large to be the signed minutes."))
    if signed == frozen:
        raise RuleBroken(_("The file is the minutes, but nobody has signed it."))
    if signed.startswith(frozen):
        return
    if not signed.startswith(b"%PDF-"):
        raise RuleBroken(_("The file is no PDF. Send the minutes as the signing service gave them back."))
    if b"/Encrypt" in signed:
        raise RuleBroken(_("The file is encrypted. Send the signed minutes without a password."))
    raise RuleBroken(
        _(
            "The file is another document, or was saved anew instead of signed: it does not begin with the approved minutes."
        )
    )


def _checked(signed: bytes, frozen: bytes, trust: Callable[[], ValidationContext]) -> tuple[Found, ...]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(signed))
    if reader.encrypted:
        raise RuleBroken(_("The file is encrypted. Send the signed minutes without a password."))
    embedded = reader.embedded_regular_signatures
    if not embedded:
        raise RuleBroken(_("Nobody has signed the file."))
    if len(embedded) > MOST_SIGNATURES:
        raise RuleBroken(_("There are more signatures in the file than a body has members."))
    _refuse_changes(reader, frozen)
    return tuple(_found(each, frozen, trust, last=each is embedded[-1]) for each in embedded)


def _refuse_changes(reader: PdfFileReader, frozen: bytes) -> None:
    """Refuse a file in which anything but signatures was added to the minutes, before the first signature or after."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel

    before = PdfFileReader(BytesIO(frozen)).xrefs.total_revisions
    found = _policy().review_file(reader, base_revision=before - 1)
    if not isinstance(found, DiffResult) or found.modification_level > ModificationLevel.FORM_FILLING:
        raise RuleBroken(_("The minutes were changed after they were approved, so the signatures are not on them."))


def _policy() -> DiffPolicy:
    """Return what may be added: signatures, their fields, time stamps; and the mark of one that certifies the file."""
    from pyhanko.sign import diff_analysis as diff
    from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, ROOT_EXEMPT_STRICT_COMPARISON

    form = diff.FormUpdatingRule(
        [diff.SigFieldCreationRule(), diff.SigFieldModificationRule()],
        ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"},
    )
    catalog = diff.CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"})
    return diff.StandardDiffPolicy([catalog, *diff.DEFAULT_DIFF_POLICY.global_rules[1:]], form)


def _found(each: EmbeddedPdfSignature, frozen: bytes, trust: Callable[[], ValidationContext], *, last: bool) -> Found:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    usage = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    status = validate_pdf_signature(each, trust(), trust(), key_usage_settings=usage)
    if not (status.intact and status.valid):
        raise RuleBroken(_("A signature in the file does not fit it: the file was changed after it was signed."))
    whole = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
    start, first, *_rest = each.byte_range
    if status.coverage < whole or start != 0 or first < len(frozen):
        raise RuleBroken(_("A signature in the file does not cover the minutes."))
    certificate = status.signing_cert
    stamp = status.timestamp_validity
    stamped = bool(stamp and stamp.intact and stamp.valid)
    return Found(
        name=_name(certificate),
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        signed_at=stamp.timestamp if stamped and stamp else status.signer_reported_dt,
        stamped=stamped,
        trusted=bool(status.trusted),
    )


def _name(certificate: Any) -> str:
    """Return the name in a certificate: that of a person where it has one."""
    given = certificate.subject.native
    name = given.get("common_name") or given.get("organization_name") or certificate.subject.human_friendly
    return " ".join(str(name if isinstance(name, str) else name[0]).split())[:200]


def _trust(authorities: bytes) -> Callable[[], ValidationContext]:
    """Return what makes the context of a validation; it asks nothing of the network.

    :raises RuleBroken: when the file of trusted issuers holds something else
    """
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko_certvalidator import ValidationContext

    try:
        roots = list(load_certs_from_pemder_data(authorities)) if authorities else []
        if not all(each.subject.human_friendly for each in roots):
            raise ValueError(authorities)
    except (ValueError, TypeError) as error:
        raise RuleBroken(
            _("The file of trusted issuers can't be read. Whoever runs the server can mend it.")
        ) from error
    return lambda: ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
