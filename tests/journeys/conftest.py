"""A browser and a site to walk through; the site is a process of its own with the KOMBIT case in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

import serving

# The first one loads a page with a third of the work that the other takes for it: it keeps no window.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
# Playwright's own list, which this replaces, and a new frame for every page, which is what takes longest.
FEATURES = (
    "RenderDocument",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
ARGUMENTS = [
    f"--disable-features={','.join(FEATURES)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Two processes end at about the same time when the longest come first, and short looks at pages last.
FIRST = ("test_judging", "test_decision", "test_whole_case", "test_board_meeting", "test_minutes", "test_session")
LAST = ("test_every_page",)
# Whose tests share a site of their own, so that one process takes them all.
TOGETHER = ("test_judging", "test_answering_a_round", "test_board_votes")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        name = item.path.stem
        return FIRST.index(name) if name in FIRST else len(FIRST) + (name in LAST)

    items.sort(key=turn)


class InTurn(LoadScopeScheduling):
    """Hands out tests in their order to whichever process is free."""

    def _split_scope(self, nodeid: str) -> str:
        file = Path(nodeid.partition("::")[0])
        return file.stem if file.stem in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> InTurn:
    config.option.loadscopereorder = False
    return InTurn(config, log)


@pytest.fixture(scope="session")
def template(once: Callable[..., Path], repo: Path) -> Path:
    """A data folder as `make run` leaves it; copy it, don't write to it."""

    def make(folder: Path) -> None:
        folder.mkdir()
        command = [sys.executable, "-m", "fremsyn.cli", "demo", str(repo / "examples" / "kombit")]
        subprocess.run(command, env=serving.surroundings(folder), cwd=repo, check=True, stdout=subprocess.DEVNULL)

    return once("template", make)


@pytest.fixture(scope="session")
def site(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that journeys share: what one of them changes, no other looks at."""
    with serving.served(Path(shutil.copytree(template, tmp_path_factory.mktemp("site") / "data"))) as running:
        yield running.url


@pytest.fixture
def own_site(template: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a site that one journey has alone; its data is in `data` of the test's folder."""
    with serving.served(Path(shutil.copytree(template, tmp_path / "data"))) as running:
        yield running.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh reader's page; a fault in a script, or anything fetched from elsewhere, fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="da-DK")
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    opened.on("request", lambda asked: None if "://127.0.0.1:" in asked.url else faults.append(asked.url))
    yield opened
    context.close()
    assert not faults


@pytest.fixture
def sign_in(page: Page) -> Callable[[str, str], None]:
    """`sign_in(site, "owner")` takes that role by the button on the demonstration's page."""

    def by_button(address: str, role: str) -> None:
        page.goto(f"{address}/demo")
        page.locator(f'button[value="{role}"]').click()
        page.wait_for_url(lambda url: not url.endswith("/demo"))

    return by_button


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`arrive(site, "board")` is that role's own browser on a tablet, signed in; with a password, that user's."""
    contexts, faults = [], list[str]()
    expect.set_options(timeout=15_000)

    def come(
        site: str, who: str, *, password: str = "", width: int = 820, height: int = 1100, script: bool = True,
        language: str = "da",
    ) -> Page:  # fmt: skip
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="da-DK", java_script_enabled=script
        )
        contexts.append(context)
        context.add_cookies([{"name": "fremsyn_language", "value": language, "url": site}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        if password:
            page.goto(f"{site}/sign-in/")
            page.locator('input[name="username"]').fill(who)
            page.locator('input[name="password"]').fill(password)
            page.get_by_role("main").get_by_role("button").click()
        else:
            page.goto(f"{site}/demo")
            page.locator(f'button[value="{who}"]').click()
        page.wait_for_url(lambda url: not url.endswith(("/demo", "/sign-in/")))
        return page

    yield come
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture(scope="session")
def axe_of() -> Callable[..., list[str]]:
    """`axe_of(page)` returns the faults in accessibility of that page, one line each."""
    source = AXE.read_text(encoding="utf-8")

    def faults(page: Page) -> list[str]:
        page.wait_for_load_state()  # a click waits until the next page has begun
        if not page.evaluate("'axe' in window"):
            page.context.add_init_script(source)  # the pages that follow have it already
            page.evaluate(f"{source}; null")
        asked = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        found = page.evaluate("async asked => (await axe.run(document, asked)).violations", asked)
        return [f"{rule['id']}: {node['html']} ({node['failureSummary']})" for rule in found for node in rule["nodes"]]

    return faults


@pytest.fixture
def axe(page: Page, axe_of: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """`axe()` returns the faults in accessibility of the page shown, one line each, as `axe_of` does."""
    return partial(axe_of, page)
