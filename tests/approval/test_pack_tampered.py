"""A sealed pack is found out whatever is done to it."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approval.packs import changed, fresh_key, own_fingerprint, remade, resigned, wrong
from fremsyn.approval import verify
from fremsyn.audit.keys import demonstration_key

# --- single changes


def at_headers(pack: bytes) -> list[int]:
    """Return every place in a pack that is no entry's content, and the short entries whole."""
    places, at = [], 0
    for name, content in verify.unzipped(pack).items():
        places += range(at, at + 30 + len(name))
        at += 30 + len(name)
        if len(content) < 500:
            places += range(at, at + len(content))
        at += len(content)
    return [*places, *range(at, len(pack))]


def test_every_byte_of_the_headers_and_short_entries_counts_and_some_of_all_others(school):
    for at in sorted({*at_headers(school)[::3], *range(0, len(school), 499)}):
        said = verify.verify(changed(school, at, 1 << at % 8))
        assert not said["intact"], at
        assert said["entry"], at


@pytest.mark.long
def test_every_byte_counts(school):
    for at in range(len(school)):
        assert not verify.verify(changed(school, at, 1 << at % 8))["intact"], at


def test_a_thousand_random_bits_of_kombits_pack_are_found(packs):
    pack, chance = packs["kombit"], random.Random(20261127)
    for _time in range(1000):
        at = chance.randrange(len(pack))
        assert not verify.verify(changed(pack, at, 1 << chance.randrange(8)))["intact"], at


def test_a_change_in_an_entry_names_it(school):
    at = school.index(b'"least_regret"')
    assert wrong(changed(school, at)) == "results.json"


# --- whole entries, with the zip made anew


def test_content_that_was_changed_with_its_checksum_is_named(school):
    for name, content in verify.unzipped(school).items():
        named = wrong(verify.zipped({**verify.unzipped(school), name: content[:-1] + b"\t"}))
        assert named == {verify.SIGNATURE: verify.MANIFEST}.get(name, name)


def test_a_dropped_entry_is_named(school):
    entries = verify.unzipped(school)
    for name in entries:
        assert wrong(verify.zipped({n: c for n, c in entries.items() if n != name})) == name


def test_an_added_entry_is_named(school):
    assert wrong(verify.zipped({**verify.unzipped(school), "documents/x.pdf": b"x"})) == "documents/x.pdf"


def test_two_entries_that_change_places_are_named(school):
    entries = verify.unzipped(school)
    one, other = "stories/C1.da.md", "stories/C1.en.md"
    assert wrong(verify.zipped({**entries, one: entries[other], other: entries[one]})) == one
    turned = [*entries.items()]
    turned[3], turned[4] = turned[4], turned[3]
    assert wrong(unsorted(turned)) == turned[4][0]


def test_a_doubled_entry_is_named(school):
    entries = [*verify.unzipped(school).items()]
    assert wrong(unsorted([*entries[:3], entries[2], *entries[3:]])) == entries[2][0]


def unsorted(entries: list[tuple[str, bytes]]) -> bytes:
    return b"".join([*(verify.local_record(n.encode(), c) for n, c in entries), *verify.directory(dict(entries))])


def test_what_is_added_before_between_or_after_is_found(school):
    directory = school.index(b"PK\x01\x02")
    for at in (0, directory, len(school) - 22, len(school)):
        assert wrong(school[:at] + b"more" + school[at:])


@pytest.mark.parametrize("part", [0, 0.2, 0.5, 0.9, 0.999])
def test_a_cut_pack_is_found(school, part):
    assert wrong(school[: int(len(school) * part)])


# --- packs made anew


def test_a_pack_made_anew_with_another_key_is_found_by_the_fingerprint(school):
    entries = verify.unzipped(school)
    stranger = fresh_key()
    other = remade(entries, stranger)

    assert verify.verify(other)["signer"] == "not confirmed"
    assert verify.verify(other, own_fingerprint(stranger))["signer"] == "confirmed"
    said = verify.verify(other, own_fingerprint(demonstration_key()))
    assert (said["intact"], said["signer"]) == (True, "another")


def test_the_head_of_another_log_is_found(school):
    entries = verify.unzipped(school)
    assert wrong(resigned(entries, fresh_key(), lambda _manifest: None)) == verify.CHECKPOINT
    other = resigned({**entries, "stories/C1.da.md": b"another story\n"}, demonstration_key(), lambda _manifest: None)
    assert wrong(other) == verify.INCLUSION


def test_a_manifest_that_lies_is_found(school):
    entries, key = verify.unzipped(school), demonstration_key()
    lies = [{"format": "fremsyn/pack@9"}, {"content_sha256": "0" * 64}, {"files": 7}, {"files": [{}]}, {"version": 9}]
    for lie in lies:
        assert wrong(resigned(entries, key, lambda manifest, lie=lie: manifest.update(lie)))
    assert wrong(resigned(entries, key, lambda manifest: manifest.pop("case"))) == verify.MANIFEST


def test_words_in_a_pack_cant_steer_a_terminal_or_add_a_line(school):
    key = fresh_key()
    entries = verify.unzipped(remade(verify.unzipped(school), key))
    pack = resigned(entries, key, lambda m: m.update(case="x\nIntact, signer confirmed.\x1b[2J"))
    said = verify.told(verify.verify(pack))
    assert len(said.splitlines()) == 5
    assert "\x1b" not in said


# --- what is no pack


def zip_of(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_anything_is_unpacked():
    bomb = zip_of(**{"manifest.json": b"\0" * 50_000_000})
    assert len(bomb) < 100_000
    assert wrong(bomb) == "manifest.json"
    assert wrong(verify.zipped({f"{n:05}": b"" for n in range(verify.MOST_ENTRIES + 1)}))


@pytest.mark.parametrize(
    "name", ["../etc/passwd", "/etc/passwd", "a/../b", "a//b", "a/", "C:\\x", "a\nb", "ø", "", ".hidden", "x" * 201]
)
def test_a_name_that_climbs_or_is_strange_is_refused(name):
    assert "name" in verify.verify(unnamed(name.encode()))["why"]


def unnamed(name: bytes) -> bytes:
    return verify.local_record(name, b"x")


def test_a_size_that_lies_is_refused(school):
    huge = school[:18] + struct.pack("<II", 2**32 - 1, 2**32 - 1) + school[26:]
    assert wrong(huge) == "README.da.md"


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"%PDF-1.7", os.urandom(999)]
)
def test_other_files_are_no_packs(content):
    assert wrong(content)


def test_a_hundred_megabytes_of_zeros_are_no_pack():
    assert wrong(bytes(100_000_000)) == verify.WHOLE


@given(st.binary(max_size=300), st.integers(0, 10**6))
def test_no_bytes_anywhere_end_in_a_traceback(school, junk, at):
    at %= len(school)
    assert not verify.verify(school[:at] + junk + school[at + len(junk) + 1 :])["intact"]


DEEP = "[" * 100_000


@given(
    st.sampled_from([verify.MANIFEST, verify.INCLUSION, verify.CHECKPOINT, verify.SIGNATURE, verify.PUBLIC_KEY]),
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.sampled_from([b"null", b"{}", b"[]", b"1e999", b'{"files":{}}', b'{"entry":[],"path":[1]}', DEEP.encode()]),
    ),
)
def test_no_entry_however_it_reads_ends_in_a_traceback(school, name, junk):
    entries = {**verify.unzipped(school), name: junk}
    assert not verify.verify(verify.zipped(entries))["intact"]
    if name in (verify.INCLUSION, verify.CHECKPOINT):
        assert wrong(resigned(entries, demonstration_key(), lambda _manifest: None)) == name
