"""A café's web app in Flask: join, stamp at the till, and what an iPhone asks for.

pip install flask; flask --app examples/web_flask run
"""

from __future__ import annotations

from _counter import Counter, Reply
from flask import Flask, Response, jsonify, request

PAGE = """<form method="post" action="/join">
<label>Your name <input name="name"></label> <button>Join</button>
</form>"""


def create_app(counter: Counter | None = None) -> Flask:
    """Return the app; with throw-away keys unless another counter is given."""
    app, shop = Flask(__name__), counter or Counter()

    def answer(reply: Reply) -> Response:
        return Response(reply.body, status=reply.status, headers=dict(reply.headers))

    @app.get("/")
    def page() -> str:
        return PAGE

    @app.post("/join")
    def join() -> Response:
        return answer(shop.join(request.form.get("name", ""), user_agent=request.headers.get("User-Agent", "")))

    @app.post("/till/stamp")
    def stamp() -> Response:
        return answer(shop.stamp(request.form.get("code", ""), receipt=request.form.get("receipt", "")))

    @app.post("/wallet/v1/devices/<device>/registrations/<pass_type>/<serial>")
    def register(device: str, pass_type: str, serial: str) -> Response:
        return answer(shop.register(device, serial, request.headers.get("Authorization", "")))

    @app.delete("/wallet/v1/devices/<device>/registrations/<pass_type>/<serial>")
    def unregister(device: str, pass_type: str, serial: str) -> Response:
        return answer(shop.unregister(device, serial, request.headers.get("Authorization", "")))

    @app.get("/wallet/v1/devices/<device>/registrations/<pass_type>")
    def updated(device: str, pass_type: str) -> Response:
        found = shop.updated(device, request.args.get("passesUpdatedSince", ""))
        return Response(status=204) if found is None else jsonify(serialNumbers=found[0], lastUpdated=found[1])

    @app.get("/wallet/v1/passes/<pass_type>/<serial>")
    def latest(pass_type: str, serial: str) -> Response:
        known = request.headers.get("If-Modified-Since")
        return answer(shop.latest(serial, request.headers.get("Authorization", ""), since=known))

    @app.post("/wallet/v1/log")
    def log() -> Response:
        app.logger.warning("an iPhone says: %r", request.get_json(silent=True))
        return Response(status=200)

    return app


app = create_app()
