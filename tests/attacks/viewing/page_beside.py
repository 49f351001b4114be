# Brings a page with a script along, which would act for whoever opens it beside the answers.
# %% homework_1
See [my page](page.html), or [here](http://127.0.0.1:8888/files/submitted/page_beside/lab6_kmeans/page.html).
# %% layout
CODE = ("fetch('/api/contents/mark.txt', {method: 'PUT', headers: {'X-XSRFToken': document.cookie.match("
        "/_xsrf=([^;]+)/)[1]}, body: JSON.stringify({type: 'file', format: 'text', content: 'a page ran'})})")


def folder(path):
    (path / "page.html").write_text(f"<script>{CODE}</script>")
