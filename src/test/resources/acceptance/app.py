"""The application of the origin story, with what else the acceptance tests ask of an upstream."""

from fastapi import FastAPI, WebSocket

app = FastAPI()
letters: list[str] = []


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
