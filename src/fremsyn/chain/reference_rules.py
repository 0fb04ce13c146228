"""What must hold of references, vocabularies and languages: known, of the right kind, once; and nothing on itself."""

from collections.abc import Iterator
from operator import attrgetter

from fremsyn.cases.yaml_tree import Fault, Path_
from fremsyn.chain.content import SHEETS
from fremsyn.chain.folder import Reading
from fremsyn.chain.references import Found, Reference, letter_of, named_in

LANGUAGE_NAMES = {"da": "Danish", "en": "English"}


class ReferenceRules:
    """Holds a folder's references against the rules; `faults` yields what is wrong."""

    def __init__(self, reading: Reading, found: Found) -> None:
        self.reading, self.found = reading, found

    def faults(self) -> Iterator[Fault]:
        """Yield every fault.

        References into other files are only judged when every file could be read: one that could not would make all
        that points into it look unknown.
        """
        yield from self._doubled()
        yield from self._vocabularies()
        if set(SHEETS) <= set(self.reading.parts):
            yield from self._unknown()
            yield from self._in_prose()
            yield from self._loop()

    def _fault(self, sheet: str, path: Path_, wrong: str, todo: str) -> Fault:
        return self.reading.trees[sheet].fault_at(path, wrong, todo)

    def _doubled(self) -> Iterator[Fault]:
        for ref, sheet, path in self.found.doubled:
            first, first_path, _thing = self.found.items[ref]
            line = self.reading.trees[first].line(first_path)
            wrong = f"{ref} stands twice (first in {first}.yaml:{line})"
            yield self._fault(sheet, (*path, "ref"), wrong, "give it a number of its own")
        for ref, sheet, path in self.found.wrong_letters:
            letter = letter_of(type(self.found.items[ref][2]))
            wrong, todo = f"{ref} has the wrong letter", f"references here begin with {letter}"
            yield self._fault(sheet, (*path, "ref"), wrong, todo)

    def _vocabularies(self) -> Iterator[Fault]:
        for sheet, vocabulary, value, path in self.found.codes:
            home, _, slot = vocabulary.partition(".")
            if home in self.reading.parts:
                words = {word.id for word in attrgetter(slot)(self.reading.parts[home])}
                if value not in words:
                    wrong = f"“{value}” is not in {vocabulary}"
                    yield self._fault(sheet, path, wrong, "use " + ", ".join(sorted(words)))

    def _unknown(self) -> Iterator[Fault]:
        seen: set[tuple[str, Path_, str]] = set()
        for each in self.found.references:
            listed = each.path[:-1] if isinstance(each.path[-1], int) else each.path
            wrong = self._wrong(each, again=(each.owner, listed, each.to) in seen)
            seen.add((each.owner, listed, each.to))
            if wrong:
                yield self._fault(each.sheet, each.path, *wrong)

    def _wrong(self, each: Reference, *, again: bool) -> tuple[str, str] | None:
        if each.written and each.to not in self.found.items:
            return f"{each.to} is not known", "correct it, or add what it refers to"
        if each.letters in ("D", "D.") and ("." in each.to) != ("." in each.letters):
            kind = "state, such as D3.b" if "." in each.letters else "driver, such as D3"
            return f"{each.to} is of the wrong kind", f"name a {kind}"
        if each.letters and each.to[:1] not in each.letters:
            return f"{each.to} is of the wrong kind", f"write a reference that begins with {each.letters[0]}"
        if each.to == each.owner:
            return f"{each.to} refers to itself", "take it out"
        return (f"{each.to} stands twice in the list", "keep one of them") if again else None

    def _in_prose(self) -> Iterator[Fault]:
        for sheet, path, text in self.found.texts:
            if sheet == "sources":
                continue
            for language in LANGUAGE_NAMES:
                for ref in named_in(text, language):
                    if ref not in self.found.items:
                        wrong = f"the text names {ref}, which is not known"
                        yield self._fault(sheet, (*path, language), wrong, "correct the reference")

    def _loop(self) -> Iterator[Fault]:
        ring = self.found.chain.loop()
        if ring:
            places = {ref: (sheet, path) for ref, (sheet, path, _thing) in self.found.items.items()}
            places |= {
                each.owner: (each.sheet, each.path) for each in self.found.references if each.owner not in places
            }
            yield self._fault(*places[ring[0]], "it rests on itself: " + " > ".join(ring), "take out one of the links")

    def languages(self) -> Iterator[Fault]:
        """Yield every text that is missing in one of the languages."""
        for sheet, path, text in self.found.texts:
            for language, name in LANGUAGE_NAMES.items():
                if not getattr(text, language):
                    yield self._fault(sheet, path, f"the text is missing in {name}", f"add {language}:")
