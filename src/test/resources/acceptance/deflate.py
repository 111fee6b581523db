"""Sends one big message to the echo at the given address; prints what was negotiated and whether the echo is right."""

import sys

from websockets.sync.client import connect

MESSAGE = "0123456789abcdef" * 65536

with connect(sys.argv[1], max_size=None, proxy=None) as websocket:
    websocket.send(MESSAGE)
    echoed = websocket.recv(timeout=20) == "Message text was: " + MESSAGE
    print(websocket.response.headers.get("Sec-WebSocket-Extensions"))
    print("echoed" if echoed else "changed")
