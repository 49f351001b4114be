"""A real Jupyter server as its user's browser talks to it, without the browser."""

import contextlib
import json
import re
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar


class Session:
    """Somebody who has logged in to a Jupyter server.

    Parameters
    ----------
    address : str
        JupyterLab's, with its token.
    """

    def __init__(self, address):
        self.base, self.jar = re.match(r"(.*)/lab\?", address)[1], CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar),
                                                  urllib.request.ProxyHandler({}))
        for _ in range(100):                # it names its address before it answers there
            with contextlib.suppress(urllib.error.URLError):
                self.ask(address.removeprefix(self.base))
                break
            time.sleep(0.1)

    def ask(self, path, method="GET", body=None, **headers):
        """Return the status, the headers and the text of an answer."""
        token = next((cookie.value for cookie in self.jar if cookie.name == "_xsrf"), "")
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        request = urllib.request.Request(self.base + path, data, {"X-XSRFToken": token, **headers}, method=method)
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def json(self, path, method="GET", body=None):
        """Return the status and the object of an answer."""
        status, _, text = self.ask(path, method, body)
        return status, json.loads(text) if text else None
