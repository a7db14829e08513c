"""A café's web app in FastAPI: join, stamp at the till, and what an iPhone asks for.

pip install fastapi uvicorn python-multipart; uvicorn --app-dir examples web_fastapi:app
"""

from typing import Annotated

from _counter import Counter, Reply
from fastapi import FastAPI, Form, Header, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

Text = Annotated[str, Form()]
Sent = Annotated[str, Header()]

PAGE = """<form method="post" action="/join">
<label>Your name <input name="name"></label> <button>Join</button>
</form>"""


def create_app(counter: Counter | None = None) -> FastAPI:
    """Return the app; with throw-away keys unless another counter is given."""
    app, shop = FastAPI(), counter or Counter()

    def answer(reply: Reply) -> Response:
        return Response(reply.body, status_code=reply.status, headers=dict(reply.headers))

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(PAGE)

    @app.post("/join")
    def join(name: Text = "", user_agent: Sent = "") -> Response:
        return answer(shop.join(name, user_agent=user_agent))

    @app.post("/till/stamp")
    def stamp(code: Text = "", receipt: Text = "") -> Response:
        return answer(shop.stamp(code, receipt=receipt))

    @app.post("/wallet/v1/devices/{device}/registrations/{pass_type}/{serial}")
    def register(device: str, pass_type: str, serial: str, authorization: Sent = "") -> Response:
        return answer(shop.register(device, serial, authorization))

    @app.delete("/wallet/v1/devices/{device}/registrations/{pass_type}/{serial}")
    def unregister(device: str, pass_type: str, serial: str, authorization: Sent = "") -> Response:
        return answer(shop.unregister(device, serial, authorization))

    @app.get("/wallet/v1/devices/{device}/registrations/{pass_type}")
    def updated(device: str, pass_type: str, request: Request) -> Response:
        found = shop.updated(device, request.query_params.get("passesUpdatedSince", ""))
        if found is None:
            return Response(status_code=204)
        return JSONResponse({"serialNumbers": found[0], "lastUpdated": found[1]})

    @app.api_route("/wallet/v1/passes/{pass_type}/{serial}", methods=["GET", "HEAD"])
    def latest(pass_type: str, serial: str, authorization: Sent = "", if_modified_since: Sent = "") -> Response:
        return answer(shop.latest(serial, authorization, since=if_modified_since))

    @app.post("/wallet/v1/log")
    async def log(request: Request) -> Response:
        print("an iPhone says:", await request.body())
        return Response(status_code=200)

    return app


app = create_app()
