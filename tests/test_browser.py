"""What a reader sees: each notebook run in JupyterLab by its menu, and the report opened, in headless Chromium.

Skipped where there is no Chromium, but not in CI.
"""

import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.request
from base64 import b64decode

import nbformat
import numpy as np
import PIL.Image
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from helpers import charts, export, labels, report, score
from helpers.paths import NOTEBOOKS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --mute-audio".split()
MINUTES = 60_000

NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
# all cells at once in the page (by default those out of sight are not), and no question about news of Jupyter
SETTINGS = {
    "notebook-extension/tracker": '{"windowingMode": "none"}',
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}
# the server's word: what the page shows of a kernel may be older
KERNEL_IS_IDLE = """async () => (await (await fetch('/api/kernels')).json()).some(
    kernel => kernel.connections > 0 && kernel.execution_state === 'idle')"""
CLEARED = """!document.querySelector('.jp-OutputArea-output')
    && ![...document.querySelectorAll('.jp-InputPrompt')].some(prompt => /\\d/.test(prompt.textContent))"""
RUNNING = "[...document.querySelectorAll('.jp-InputPrompt')].some(prompt => /[*1]/.test(prompt.textContent))"
MODEL = "jupyterapp.shell.currentWidget.content.model.toJSON()"
PICTURE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="no Chromium here (Debian: apt install chromium)"
)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM or "/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A new page of 1280 × 1000 pixels, with `errors`: what its console and its scripts complained of."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.errors = []
    page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    context.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab over a copy of the notebooks."""
    home = tmp_path_factory.mktemp("lab")
    work = home / "notebooks"
    shutil.copytree(NOTEBOOKS, work, ignore=shutil.ignore_patterns(".*"))
    for name, text in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    places = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    places |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "spaces")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--no-browser"]
    options += [f"--ServerApp.root_dir={work}", "--allow-root", "--ServerApp.log_level=ERROR"]
    options.append("--LabApp.expose_app_in_browser=True")  # so that a test can ask for the outputs
    options.append("--ServerApp.disable_check_xsrf=True")  # so that a kernel can be ended without a page
    with (home / "log").open("w") as log:
        command = [sys.executable, "-m", "jupyter", "lab", *options]
        server = subprocess.Popen(command, env=os.environ | places, stdout=log, stderr=log)
    try:
        _wait_for(f"{address}/api", server, home / "log")
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(address: str, server: subprocess.Popen, log) -> None:
    for _ in range(120):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"JupyterLab did not start: {log.read_text('utf-8')[-2000:]}")


@pytest.mark.parametrize("name", NAMES)
def test_run_all_in_jupyterlab(lab, page, name):
    address = lab
    cells = _code(nbformat.read(NOTEBOOKS / f"{name}.ipynb", 4))
    page.add_locator_handler(page.locator("dialog.jp-Dialog"), _accept)
    page.goto(f"{address}/lab/tree/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=2 * MINUTES)
    page.wait_for_function(KERNEL_IS_IDLE, timeout=2 * MINUTES, polling=500)
    _choose(page, "Edit", "Clear Outputs of All Cells", CLEARED)
    _choose(page, "Run", "Run All Cells", RUNNING)
    last = f".jp-CodeCell:has(.jp-InputPrompt:text-is('[{len(cells)}]:'))"
    page.wait_for_selector(
        f"{last}, [data-mime-type*=error], .jp-RenderedText[data-mime-type*=stderr]", timeout=3 * MINUTES
    )
    assert page.locator("[data-mime-type*=error], [data-mime-type*=stderr]").all_inner_texts() == []
    page.wait_for_selector(last, timeout=3 * MINUTES)
    pictures = sum(_html(output).count("<img") for cell in cells for output in cell.outputs)
    assert _broken(page) == []
    assert page.locator(".jp-OutputArea-output img").count() == pictures
    _compare(_code(nbformat.from_dict(page.evaluate(MODEL))), cells)
    for session in json.load(urllib.request.urlopen(f"{address}/api/sessions")):
        end = urllib.request.Request(f"{address}/api/sessions/{session['id']}", method="DELETE")
        urllib.request.urlopen(end).close()


def _accept(dialog: Locator) -> None:
    """Take the choice that JupyterLab proposes if it asks something; pytest shows what it asked if the test fails."""
    print(f"JupyterLab asked: {dialog.inner_text()}")
    dialog.locator(".jp-mod-accept").click()


def _choose(page: Page, menu: str, item: str, until: str) -> None:
    """Choose from the menu, once more if it was too early and what should follow does not."""
    for _ in range(5):
        page.get_by_role("menuitem", name=menu, exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()
        try:
            page.wait_for_function(until, timeout=20_000)
            return
        except PlaywrightTimeoutError:
            page.keyboard.press("Escape")
    raise AssertionError(f"nothing follows {menu}, {item}")


def _broken(page: Page) -> list[str]:
    """The alternative texts of pictures that did not load."""
    page.wait_for_function("[...document.images].every(picture => picture.complete)", timeout=MINUTES)
    return page.evaluate("[...document.images].filter(p => !p.naturalWidth).map(p => p.alt || p.src.slice(0, 80))")


def _code(notebook: nbformat.NotebookNode) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _compare(fresh: list, committed: list) -> None:
    """The outputs are those committed: the same texts, and pictures that look the same."""
    hint = "run `make notebooks` and commit what it changed"
    for new, old in zip(fresh, committed, strict=True):
        assert [_text(output) for output in new.outputs] == [_text(output) for output in old.outputs], hint
        for output, before in zip(new.outputs, old.outputs, strict=True):
            for one, other in zip(PICTURE.findall(_html(output)), PICTURE.findall(_html(before)), strict=True):
                first, second = _pixels(one), _pixels(other)
                assert first.shape == second.shape and np.abs(first - second).mean() < 1, f"{old.source}: {hint}"


def _html(output) -> str:
    return "".join(output.get("data", {}).get("text/html", ""))


def _text(output) -> str:
    text = output.get("text") or _html(output) or output.get("data", {}).get("text/plain", "")
    return PICTURE.sub("", "".join(text))


def _pixels(picture: str) -> np.ndarray:
    return np.asarray(PIL.Image.open(io.BytesIO(b64decode(picture))).convert("L"), dtype=float)


def _plain(text: str) -> str:
    """Without the marks of the Vietnamese alphabet."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.fixture(scope="module")
def pages(tables, coded, tmp_path_factory):
    """The report of the shipped corpus in both languages, in files."""
    folder, scores = tmp_path_factory.mktemp("report"), score.score(coded, tables, draws=20)
    for lang in labels.LANGUAGES:
        figures = export.draw_figures(tables, lang=lang, level="side")
        text = report.report_page(figures, tables, corpus="karabakh_2020", lang=lang, scores=scores)
        (folder / f"{lang}.html").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("lang", labels.LANGUAGES)
class TestReport:
    def test_opens_without_complaint_and_shows_all_figures(self, pages, page, lang):
        page.goto((pages / f"{lang}.html").as_uri())
        assert page.locator("article img").count() == len(charts.FIGURES)
        assert _broken(page) == [] and page.errors == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    def test_links_lead_to_sentences(self, pages, page, lang):
        """From a row of the numbers to its sentences, though both are folded away at first."""
        page.goto((pages / f"{lang}.html").as_uri())
        articles = [article for article in page.locator("article").all() if article.locator("table").count()]
        assert len(articles) == len(charts.FIGURES)
        for article in articles:
            article.locator("summary").first.click()
            link = article.locator("table a").last
            group = link.get_attribute("aria-label").partition(": ")[2]
            link.click()
            found = page.locator(f"[id='{link.get_attribute('href')[1:]}']")
            found.wait_for(state="visible", timeout=5000)
            assert found.locator("summary").inner_text().startswith(group)
            assert found.locator("li mark, li b.cue").count()
        assert page.errors == []

    def test_list_can_be_searched_by_keyboard(self, pages, page, lang):
        page.goto((pages / f"{lang}.html").as_uri())
        part = page.locator("article").nth(6)
        part.locator("summary").nth(1).press("Enter")
        field = part.locator("input[type=search]")
        field.press_sequentially("bac bo")
        items = part.locator("li").all()
        shown = [_plain(item.inner_text()) for item in items if item.is_visible()]
        assert 0 < len(shown) < len(items)
        assert all(word in text for text in shown for word in ("bac", "bo"))

    def test_prints_what_is_folded_away(self, pages, page, lang):
        page.goto((pages / f"{lang}.html").as_uri())
        sentence = page.locator("article").nth(6).locator("li").first
        assert not sentence.is_visible()
        page.emulate_media(media="print")
        assert sentence.is_visible() and sentence.bounding_box()["height"] > 10

    @pytest.mark.parametrize("unfolded", [False, True])
    def test_has_no_serious_barrier(self, pages, page, lang, unfolded):
        page.goto((pages / f"{lang}.html").as_uri())
        if unfolded:
            page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        found = Axe().run(page).response["violations"]
        serious = [barrier for barrier in found if barrier["impact"] in ("serious", "critical")]
        assert [(barrier["id"], barrier["nodes"][0]["html"][:200]) for barrier in serious] == []
