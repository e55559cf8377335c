"""The page in a real Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.programs
webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium")

PATIENCE_S = 120.0
RECORDED_S = 3.0


@pytest.fixture
def talk(tmp_path: Path, clip: bytes) -> Path:
    path = tmp_path / "talk.wav"
    path.write_bytes(clip)
    return path


@pytest.fixture
def browser(service, talk: Path) -> Iterator[Any]:
    """Chromium with the page, a microphone that plays a file, and no way to another host."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not program or not driver:
        pytest.skip("needs chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for option in (
        *("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1000,1400"),
        *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
        f"--use-file-for-fake-audio-capture={talk}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    opened.get(service.address)
    yield opened
    problems = [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"]
    opened.quit()
    assert [entry["message"] for entry in problems if "favicon" not in entry["message"]] == []


def wait(browser: Any, script: str) -> Any:
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, PATIENCE_S).until(lambda each: each.execute_script(f"return {script}"))


def choose(browser: Any, path: Path) -> None:
    browser.find_element("id", "file").send_keys(str(path))


def text(browser: Any, name: str) -> str:
    return str(browser.find_element("id", name).text)


def test_a_file_becomes_timeline_table_transcript_and_downloads(browser, talk):
    choose(browser, talk)
    wait(browser, "!document.getElementById('result').hidden && document.querySelectorAll('#downloads li').length")
    assert "talk.wav" in text(browser, "status")
    wait(browser, "document.getElementById('cancel').hidden")
    assert not any(browser.find_element("id", name).is_displayed() for name in ("cancel", "progress", "token-row"))
    assert text(browser, "remarks").startswith("There is speech in ")
    assert browser.execute_script("return document.querySelectorAll('#passages tr').length") >= 1
    assert browser.execute_script("return document.activeElement.id") == "result-title"
    colours = browser.execute_script(
        "const c = document.getElementById('timeline');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "const found = new Set();"
        "for (let i = 0; i < d.length; i += 400) found.add([d[i], d[i + 1], d[i + 2], d[i + 3]].join());"
        "return found.size"
    )
    assert colours >= 4  # the stacked probabilities
    assert "Timeline of 3.0 s" in browser.find_element("id", "timeline").get_attribute("aria-label")


def test_the_keyboard_reaches_everything_and_everything_has_a_name(browser, talk):
    from selenium.webdriver.common.keys import Keys

    choose(browser, talk)
    wait(browser, "document.querySelectorAll('#downloads li').length")
    browser.execute_script("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached = set()
    for _ in range(60):
        webdriver.ActionChains(browser).send_keys(Keys.TAB).perform()
        reached.add(browser.execute_script("return document.activeElement.id || document.activeElement.textContent"))
    assert {"file", "record", "transcribe", "speakers", "audio"} <= reached
    assert any("Timeline as a table" in each for each in reached)
    nameless = browser.execute_script(
        "return [...document.querySelectorAll('button, input, canvas, progress, a')].filter((each) =>"
        " each.checkVisibility() && !(each.getAttribute('aria-label') || each.textContent.trim() ||"
        " (each.labels && each.labels.length))).map((each) => each.outerHTML)"
    )
    assert nameless == []


def test_the_microphone_is_recorded_and_analysed(browser):
    browser.find_element("id", "transcribe").click()
    browser.find_element("id", "record").click()
    wait(browser, "document.getElementById('record').textContent === 'Stop'")
    browser.execute_async_script(f"setTimeout(arguments[0], {1000 * RECORDED_S})")
    browser.find_element("id", "record").click()
    wait(browser, "document.querySelectorAll('#downloads li').length")
    assert "recording.webm" in text(browser, "status")
    assert text(browser, "headline")


def test_what_is_no_recording_is_told(browser, tmp_path):
    path = tmp_path / "letter.wav"
    path.write_bytes(b"no sound at all")
    choose(browser, path)
    wait(browser, "document.getElementById('progress').hidden && document.getElementById('status').textContent")
    assert text(browser, "status").startswith("“letter.wav” ")
    assert "Choose a recording" in text(browser, "status")
    assert browser.find_element("id", "result").is_displayed() is False


def test_it_is_dark_where_the_system_is(browser):
    def background() -> str:
        return browser.execute_script("return getComputedStyle(document.body).backgroundColor")

    light = background()
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    assert (light, background()) == ("rgb(255, 255, 255)", "rgb(30, 30, 30)")
