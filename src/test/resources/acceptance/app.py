"""The application of the origin story, with what else the acceptance tests ask of an upstream."""

from pathlib import Path

from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from fastapi.responses import HTMLResponse, PlainTextResponse

app = FastAPI()
letters: list[str] = []
ends: dict[str, int] = {}


@app.websocket("/ws")
async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    async for data in websocket.iter_text():
        await websocket.send_text(f"Message text was: {data}")


@app.websocket("/refused")
async def refuse(websocket: WebSocket) -> None:
    await websocket.close()


@app.websocket("/guarded")
async def check(websocket: WebSocket) -> None:
    if websocket.headers.get("origin") != "https://test.example.com":
        await websocket.close()
        return
    await websocket.accept()
    await websocket.receive()  # uvicorn ends the connection of an application that returns


@app.websocket("/letters")
async def collect(websocket: WebSocket) -> None:
    await websocket.accept()
    async for letter in websocket.iter_text():
        letters.append(letter)


@app.get("/letters")
async def collected() -> list[str]:
    return letters


@app.get("/page")
async def page() -> HTMLResponse:
    return HTMLResponse(Path(__file__).with_name("page.html").read_text())


@app.websocket("/chat")
async def chat(websocket: WebSocket, name: str) -> None:
    await websocket.accept(subprotocol="v2.chat" if "v2.chat" in websocket.scope["subprotocols"] else None)
    offered = websocket.headers.get("sec-websocket-extensions")
    await websocket.send_text(f"{name} offers {websocket.scope['subprotocols']} and {offered}")
    try:
        while True:
            await websocket.send_text(await websocket.receive_text())
    except WebSocketDisconnect as end:
        ends[name] = end.code


@app.get("/ends")
async def ended() -> dict[str, int]:
    return ends


@app.websocket("/denied")
async def deny(websocket: WebSocket) -> None:
    await websocket.send_denial_response(PlainTextResponse("Members only", 403, {"X-Reason": "member"}))
