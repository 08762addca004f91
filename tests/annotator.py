"""An annotator at work: what a person does on the page of a task, through a real browser's mouse and keyboard.

Regions are pointed at by their words, options by what they say on the page; nothing is asked of the page's own program,
except where words stand and whether it has drawn itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from parallaxe.store.sync.connection import Access

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PATIENCE = 90_000
_SETTLED = 400
_PLACE_OF_WORDS = """([words, occurrence]) => {
  const root = document.querySelector('.px-text');
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = '';
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest('style, sup')) continue;
    nodes.push([text.length, node]);
    text += node.data;
  }
  let at = -1;
  for (let n = 0; n < occurrence; n++) at = text.indexOf(words, at + 1);
  if (at < 0) return null;
  const point = (offset) => {
    const [begin, node] = nodes.filter(([start, each]) => start <= offset && offset <= start + each.data.length).pop();
    return [node, offset - begin];
  };
  const range = document.createRange();
  const first = nodes.filter(([start, each]) => start <= at && at < start + each.data.length).pop();
  range.setStart(first[1], at - first[0]);
  const end = nodes.filter(([start, each]) => start < at + words.length).pop();
  range.setEnd(end[1], at + words.length - end[0]);
  range.startContainer.parentElement.scrollIntoView({ block: 'center' });
  const boxes = [...range.getClientRects()];
  const [from, to] = [boxes[0], boxes[boxes.length - 1]];
  return [from.left, (from.top + from.bottom) / 2, to.right, (to.top + to.bottom) / 2];
}"""


class Words(NamedTuple):
    """Words on the page: the n-th time they come."""

    words: str
    occurrence: int = 1


class Annotator:
    """A person who is logged in, with a page of their own."""

    def __init__(self, page: Page, access: Access) -> None:
        self.page, self.access = page, access

    def log_in(self) -> None:
        """By the form, as everybody."""
        self.page.goto(f"{self.access.url}/user/login/")
        self.page.fill("input[name=email]", self.access.login)
        self.page.fill("input[name=password]", self.access.password)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: "/login" not in url, timeout=_PATIENCE)

    def open(self, project: int, task: int) -> None:
        """The page of a task, when its text is drawn."""
        self.page.goto(f"{self.access.url}/projects/{project}/data?task={task}")
        self.page.wait_for_selector(".px-text [class*=richtext]", timeout=_PATIENCE)
        self.page.wait_for_selector("button:has-text('Submit'), button:has-text('Update')", timeout=_PATIENCE)
        self._settle(1_500)

    def select(self, words: Words) -> None:
        """Click into the middle of words that are marked."""
        self.page.mouse.click(*self._middle(words))
        self._settle()

    def mark(self, words: Words, label: str) -> None:
        """Choose a label and draw over words with the mouse; nothing is selected afterwards."""
        self.label(label)
        left, top, right, bottom = self._place(words)
        self.page.mouse.move(left + 0.5, top)
        self.page.mouse.down()
        self.page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=4)
        self.page.mouse.move(right - 0.5, bottom, steps=4)
        self.page.mouse.up()
        self._settle()
        self.leave()

    def label(self, label: str) -> None:
        """Click a label: of the region that is selected, or of the next one."""
        self.page.locator(".px-bar .lsf-label", has_text=label).first.click()
        self._settle()

    def choose(self, row: str, option: str) -> None:
        """Choose an option of a row beside the text."""
        self.page.locator(".px-row:visible", has_text=row).first.locator("button").first.click()
        self._settle()
        # What is chosen in other rows bears the same mark; the open list stands last on the page.
        self.page.locator("[data-testid=choiceOptionText]:visible", has_text=option).last.click()
        self._settle()

    def tick(self, choice: str) -> None:
        """Tick a box beside the text."""
        self.page.locator(".px-side .lsf-choice__item:visible", has_text=choice).first.click()
        self._settle()

    def relate(self, first: Words, second: Words) -> None:
        """Draw a relation from one region to another."""
        self.select(first)
        self.page.keyboard.press("Alt+r")
        self._settle()
        self.page.mouse.click(*self._middle(second))
        self._settle()
        self.leave()

    def leave(self) -> None:
        """Select nothing."""
        self.page.keyboard.press("Escape")
        self._settle()

    def submit(self) -> dict[str, Any]:
        """Submit or update; the annotation as the server has it now."""
        with self.page.expect_response(_is_save, timeout=_PATIENCE) as saved:
            self.page.locator("button:has-text('Submit'), button:has-text('Update')").last.click()
        answer = saved.value
        assert answer.ok
        kept: dict[str, Any] = answer.json()
        return kept

    def photograph(self, file: Path) -> None:
        """Keep what is to be seen."""
        self.page.screenshot(path=file)

    def _place(self, words: Words) -> tuple[float, float, float, float]:
        place = self.page.evaluate(_PLACE_OF_WORDS, [words.words, words.occurrence])
        assert place is not None, f"« {words.words} » is not on the page"
        left, top, right, bottom = place
        return left, top, right, bottom

    def _middle(self, words: Words) -> tuple[float, float]:
        left, top, right, bottom = self._place(words)
        return (left + right) / 2, (top + bottom) / 2

    def _settle(self, milliseconds: int = _SETTLED) -> None:
        # Not time.sleep: the page would go on, and its events would wait.
        self.page.wait_for_timeout(milliseconds)


def _is_save(response: Any) -> bool:
    return response.request.method in {"POST", "PATCH"} and "/annotations" in response.url


@contextmanager
def at_work(browser: Browser, access: Access) -> Iterator[Annotator]:
    """An annotator, logged in, with a window of their own."""
    context = browser.new_context(viewport={"width": 1600, "height": 1000}, locale="fr-FR")
    annotator = Annotator(context.new_page(), access)
    try:
        annotator.log_in()
        yield annotator
    finally:
        context.close()
