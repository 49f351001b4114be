"""The marking page for a browser: nbgrader's course, the server's own login, and marks that are saved at once.

What reads or writes the gradebook does so in one thread, so that no answer of the server waits for it.
"""

import json
import os
import secrets
import time
from asyncio import get_running_loop
from base64 import b64decode
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from tornado import web

from grading.lab import use
from grading.marking import progress
from grading.marking.answers import Answers
from grading.marking.page import Desk, told
from grading.marking.store import MARKER, Conflict, Marker, Refused, Store, Unknown

PLACE = "lab6/marking"
THREAD = ThreadPoolExecutor(1, thread_name_prefix="lab6-marking")
BODY = 2_000_000            # bytes of what a browser sends
OPEN = 12                   # seconds after which an answer that a browser had open is open no more
LOCKED = "another program holds the gradebook (a grading, or a backup)."
NO_COURSE = "Marking needs nbgrader's formgrader on this server, with the course's folder inside the server's. Start " \
    "Jupyter in the course's folder, or run: lab6 mark"


class Marking(JupyterHandler):
    """What all answers about marking share."""

    @cached_property
    def nonce(self):
        """A number that is used for this answer and no other."""
        return secrets.token_urlsafe(16)

    @property
    def content_security_policy(self):
        """What a browser may do with the answer; see jupyter_server."""
        return "; ".join([
            super().content_security_policy, "default-src 'none'", "base-uri 'none'", "form-action 'none'",
            f"script-src 'nonce-{self.nonce}'", "style-src 'unsafe-inline'", "img-src 'self' data:",
            "connect-src 'self'"])

    @property
    def marker(self):
        """Whoever is logged in."""
        user, given = self.current_user, os.environ.get(MARKER)
        return Marker(given, given) if given else Marker(user.username, user.display_name or user.username)

    @property
    def open(self):
        """Who has which answer open: by its id, the names and times by marker."""
        return self.settings.setdefault("lab6_open", defaultdict(dict))

    def desk(self):
        """Return what is kept for this course; called in its thread."""
        if "nbgrader_formgrader" not in self.settings or self.settings.get("nbgrader_bad_setup"):
            raise web.HTTPError(404, NO_COURSE)
        coursedir = self.settings["nbgrader_formgrader"].coursedir
        use(coursedir.config)
        kept, key = self.settings.setdefault("lab6_desks", {}), (coursedir.db_url, coursedir.root)
        if key not in kept:
            kept[key] = Desk(Store(coursedir), Answers(coursedir))
        return kept[key]

    async def off_the_loop(self, work):
        """Return what work gives, which is called with the desk in its thread."""
        return await get_running_loop().run_in_executor(THREAD, lambda: work(self.desk()))

    def body(self):
        """Return what a browser sent: an object."""
        if len(self.request.body) > BODY:
            raise web.HTTPError(413)
        try:
            given = json.loads(self.request.body)
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise web.HTTPError(400)
        return given


class Page(Marking):
    """The page of a question."""

    @web.authenticated
    async def get(self, question=None):
        """Show a question, or lead to the first that has answers left."""
        about = {"names": self.get_argument("names", "") == "1", "second": self.get_argument("second", "") == "1",
                 "part": _part(self.get_argument("part", "")), "nonce": self.nonce,
                 "xsrf": self.xsrf_token.decode(), "base": url_path_join(self.base_url, PLACE)}

        def made(desk):
            if not question:
                questions = [*desk.questions()]
                waits = (name for name in questions if progress.left(desk.store.answers(name).values()))
                return None, next(waits, next(iter(questions), None))
            if question not in desk.questions():
                raise web.HTTPError(404)
            return desk.page(question, self.marker, about), None
        try:
            page, first = await self.off_the_loop(made)
        except Unknown as error:
            raise web.HTTPError(404, str(error)) from None
        except OperationalError:
            raise web.HTTPError(503, f"The page cannot be made right now: {LOCKED} Load it again.") from None
        if page is None and first is None:
            raise web.HTTPError(404, "This assignment has no written answers.")
        if page is None:
            self.redirect(f"{about['base']}/{first}")
        else:
            self.set_header("Cache-Control", "no-store")
            self.write(page)


class Picture(Marking):
    """The sheet of a submission, as it was drawn when it was graded."""

    @web.authenticated
    async def get(self, one):
        """Give the picture that stands beside an answer."""
        def found(desk):
            for question in desk.store.questions():
                if one in (answers := desk.store.answers(question)):
                    return desk.answers.sheet(answers[one].student)
        png = await self.off_the_loop(found)
        if not png:
            raise web.HTTPError(404)
        self.set_header("Content-Type", "image/png")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "private, max-age=300")
        self.write(b64decode(png))


class Told(Marking):
    """What the page's script asks for, and is told."""

    async def told(self, work):
        """Answer with what work gives, or say why not."""
        try:
            self.finish(await self.off_the_loop(work))
            return
        except Unknown as error:
            status, said = 404, str(error)
        except Refused as error:
            status, said = 400, str(error)
        except OperationalError as error:
            self.log.warning("A mark waits: %s", error)
            status, said = 503, LOCKED
        except SQLAlchemyError as error:
            self.log.error("The gradebook cannot be used: %s", error)
            status, said = 500, "the gradebook cannot be used; the server's log says why."
        self.set_status(status)
        self.finish({"message": said})


class State(Told):
    """All marks of a question, where they changed since they were told last, and who has what open."""

    @web.authenticated
    async def get(self, question):
        """Tell them."""
        now, mine = time.time(), self.get_argument("open", "")[:64]
        for one in [*self.open]:
            self.open[one] = {who: (name, at) for who, (name, at) in self.open[one].items()
                              if now - at < OPEN and not (who == self.marker.id and one != mine)}
            if not self.open[one]:
                del self.open[one]
        if mine:
            self.open[mine][self.marker.id] = self.marker.name, now
        open_now = {one: [name for who, (name, _) in its.items() if who != self.marker.id]
                    for one, its in self.open.items()}
        known, second = self.get_argument("digest", ""), self.get_argument("second", "") == "1"

        def found(desk):
            state = desk.state(question, self.marker, second)
            digest = sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]
            return {"digest": digest, "state": None if digest == known else state,
                    "open": {one: names for one, names in open_now.items() if names}}
        await self.told(found)


class Mark(Told):
    """A mark that somebody gives."""

    @web.authenticated
    async def post(self, kind, question):
        """Save it, for one answer or for copies, all or none."""
        given = self.body().get("answers")
        if not isinstance(given, dict) or not given or not all(isinstance(one, dict) for one in given.values()):
            raise web.HTTPError(400)
        wanted = {one: (str(its.get("token")), _change(its.get("change"))) for one, its in given.items()}

        def saved(desk):
            scheme = desk.questions()[question][0].items if question in desk.questions() else []
            if kind == "second":
                for one, (_, change) in wanted.items():
                    desk.store.second(question, one, change, self.marker, scheme)
                answers = desk.state(question, self.marker, second=True)["answers"]
                return {"answers": {one: answers[one] for one in wanted if one in answers}}
            try:
                answers = desk.store.mark({question: (scheme, wanted)}, self.marker)
            except Conflict as error:
                self.set_status(409)
                there = desk.store.answers(question)
                return {"message": str(error), "answers": {one: told(there[one]) for one in wanted if one in there}}
            return {"answers": {one: told(answer) for one, answer in answers.items()}}
        await self.told(saved)


class Rubric(Told):
    """Another rubric."""

    @web.authenticated
    async def post(self, question):
        """Save it, with all marks that were made with it."""
        given = self.body()
        items, seen = given.get("items"), given.get("seen")
        if not isinstance(items, list) or not all(
                isinstance(item, dict) and {"id", "words", "points"} <= item.keys() for item in items):
            raise web.HTTPError(400)

        def saved(desk):
            asked, _ = desk.questions().get(question, (None, 0))
            return {"changed": desk.store.change_rubric(question, items, seen, self.marker,
                                                        asked.items if asked else [])}
        await self.told(saved)


class Undo(Told):
    """What somebody did last is undone."""

    @web.authenticated
    async def post(self):
        """Undo it."""
        def undone(desk):
            found = desk.store.undo(self.marker)
            if not found:
                return {"question": None}
            question, kind, answers = found
            second = desk.state(question, self.marker, second=True)["answers"] if kind == "second" else {}
            return {"question": question, "rubric": kind == "rubric", "second": kind == "second",
                    "answers": {one: second.get(one) or told(answer) for one, answer in answers.items()}}
        await self.told(undone)


def _part(text):
    """Read which part of the class somebody marks: "2of3"."""
    which, _, parts = text.partition("of")
    if which.isdecimal() and parts.isdecimal() and 1 <= int(which) <= int(parts) <= 50:
        return int(which), int(parts)
    return 1, 1


def _change(given):
    """Return a change as a browser sent it, or answer that it is none."""
    kinds = {"items": list, "correction": (int, float), "comment": str, "flag": bool, "gives": bool}
    if not isinstance(given, dict) or not all(isinstance(given.get(name), kind) for name, kind in kinds.items()) \
            or isinstance(given["correction"], bool) or not abs(given["correction"]) <= 100 \
            or not all(isinstance(item, str) for item in given["items"]):
        raise web.HTTPError(400)
    return {name: given[name] for name in kinds}


def rules(base_url):
    """Yield what a server answers about marking, as tornado's rules."""
    name = r"([\w.-]+)"
    for pattern, handler in ((r"/?", Page), (rf"/{name}", Page), (rf"/-/picture/{name}", Picture),
                             (rf"/-/state/{name}", State), (rf"/-/(mark|second)/{name}", Mark),
                             (rf"/-/rubric/{name}", Rubric), ("/-/undo", Undo)):
        yield url_path_join(base_url, PLACE) + pattern, handler
