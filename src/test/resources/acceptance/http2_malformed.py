"""Sends the gateway on the given port what HTTP/2 forbids, in the manner of h2spec, and prints what it answers.

Each case has a connection of its own. The tunnel of another connection must still carry messages afterwards.
"""

import socket
import sys

from h2.errors import ErrorCodes
from hpack import Decoder, Encoder
from http2_connection import Connection
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

DEADLINE = 20
CONNECT = [
    (":method", "CONNECT"),
    (":protocol", "websocket"),
    (":scheme", "http"),
    (":authority", "localhost"),
    (":path", "/chat?name=malformed"),
    ("sec-websocket-version", "13"),
]
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
LARGEST = 2**31 - 1
NEXT = 9999
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)


def raw(kind, payload=b"", stream=0, flags=0):
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


class Peer:
    """Connection that sends whatever it is told."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), DEADLINE)
        self.encoder = Encoder()
        self.decoder = Decoder()
        self.unread = b""
        self.send(PREFACE, SettingsFrame(0))
        while not isinstance(self.receive(), WindowUpdateFrame):
            pass  # The gateway's settings come first, then the room for all streams.
        self.send(SettingsFrame(0, flags=["ACK"]))

    def send(self, *frames):
        data = b"".join(frame.serialize() if isinstance(frame, Frame) else frame for frame in frames)
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # What was answered can still be read, or the end.

    def block(self, head):
        return self.encoder.encode(head, huffman=False)

    def headers(self, head, stream=1, end=False):
        block = self.block(head)
        flags = ["END_STREAM"] * end
        if len(block) > 16384:
            self.send(HeadersFrame(stream, block[:16384], flags=flags))
            self.send(ContinuationFrame(stream, block[16384:], flags=["END_HEADERS"]))
        else:
            self.send(HeadersFrame(stream, block, flags=["END_HEADERS", *flags]))

    def take(self, count):
        while len(self.unread) < count:
            try:
                received = self.socket.recv(65536)
            except ConnectionResetError:
                received = b""
            if not received:
                raise EOFError
            self.unread += received
        taken, self.unread = self.unread[:count], self.unread[count:]
        return taken

    def receive(self):
        frame, length = Frame.parse_frame_header(memoryview(self.take(9)))
        frame.parse_body(memoryview(self.take(length)))
        if isinstance(frame, HeadersFrame):
            frame.head = dict(self.decoder.decode(frame.data))
        return frame

    def open(self, stream=1):
        self.headers(CONNECT, stream)
        assert self.answer(stream) == "200"

    def answer(self, stream=1):
        """Returns the first answer to a stream, or the end of the connection."""
        try:
            while True:
                frame = self.receive()
                if isinstance(frame, GoAwayFrame):
                    return "GOAWAY " + ErrorCodes(frame.error_code).name
                if frame.stream_id == stream and isinstance(frame, RstStreamFrame):
                    return "RST_STREAM " + ErrorCodes(frame.error_code).name
                if frame.stream_id == stream and isinstance(frame, HeadersFrame):
                    return frame.head[":status"]
        except EOFError:
            return "end"
        except TimeoutError:
            return "nothing"

    def ends(self):
        try:
            while True:
                self.receive()
        except EOFError:
            return True
        except TimeoutError:
            return False


def without(name):
    return [field for field in CONNECT if field[0] != name]


def doubled(name):
    return [double for field in CONNECT for double in [field] * (2 if field[0] == name else 1)]


def having(name, value):
    return [(name, value) if field[0] == name else field for field in CONNECT]


HEADS = {f"no {name}": without(name) for name, _ in CONNECT[:5]}
HEADS |= {f"two {name}": doubled(name) for name, _ in CONNECT[:5]}
HEADS |= {
    ":protocol of a GET": having(":method", "GET"),
    ":protocol of a POST": having(":method", "POST"),
    ":protocol connect-udp": having(":protocol", "connect-udp"),
    ":protocol empty": having(":protocol", ""),
    ":protocol WebSocket": having(":protocol", "WebSocket"),
    ":path empty": having(":path", ""),
    ":path *": having(":path", "*"),
    ":path without slash": having(":path", "chat"),
    ":authority empty": having(":authority", ""),
    ":authority with user": having(":authority", "user@localhost"),
    ":scheme ftp": having(":scheme", "ftp"),
    ":status": CONNECT + [(":status", "200")],
    ":unknown": [(":unknown", "x")] + CONNECT,
    "pseudo-header behind a header": CONNECT[:4] + [("a", "b")] + CONNECT[4:],
    "upper case": CONNECT + [("X-Upper", "case")],
    "empty name": CONNECT + [("", "x")],
    "space in a name": CONNECT + [("a b", "x")],
    "line feed in a value": CONNECT + [("a", "b\nc: d")],
    "NUL in a value": CONNECT + [("a", "b\0c")],
    "space in front of a value": CONNECT + [("a", " b")],
    "connection": CONNECT + [("connection", "upgrade")],
    "upgrade": CONNECT + [("upgrade", "websocket")],
    "keep-alive": CONNECT + [("keep-alive", "timeout=5")],
    "proxy-connection": CONNECT + [("proxy-connection", "keep-alive")],
    "transfer-encoding": CONNECT + [("transfer-encoding", "chunked")],
    "te: gzip": CONNECT + [("te", "gzip")],
    "te: trailers": CONNECT + [("te", "trailers")],
    "content-length": CONNECT + [("content-length", "5")],
    "host of another": CONNECT + [("host", "other.example.com")],
    "20 KB of headers": CONNECT + [("a", "b" * 20_000)],
    "101 headers": CONNECT + [(f"x-{i}", "y") for i in range(100)],
}


def head(fields):
    return lambda peer: peer.headers(fields)


def end_at_once(peer):
    peer.headers(CONNECT, end=True)


def frames(*sent):
    return lambda peer: peer.send(*sent)


def opened(*sent):
    def run(peer):
        peer.open()
        peer.send(*sent)

    return run


def closed_stream(frame):
    def run(peer):
        peer.open()
        peer.send(RstStreamFrame(1, ErrorCodes.CANCEL), frame)
        return 3

    return run


def data_behind_end(peer):
    peer.open()
    peer.send(DataFrame(1, flags=["END_STREAM"]), DataFrame(1, b"late"))


def trailers(peer):
    peer.open()
    peer.headers([("a", "b")])


def trailers_at_the_end(peer):
    peer.open()
    peer.headers([("a", "b")], end=True)


def lower_stream(peer):
    peer.open(5)
    peer.headers(CONNECT, 3)
    return 3


def even_stream(peer):
    peer.headers(CONNECT, 2)
    return 2


def beyond_the_window(peer):
    """Sends more than the window and what the gateway keeps for an upstream that has not answered."""
    peer.headers(having(":path", "/mute"))
    peer.send(*[DataFrame(1, bytes(16384))] * 20)


def beyond_the_frame_size(peer):
    peer.open()
    peer.send(raw(DATA, bytes(16385), 1))


def unfinished_head(peer):
    peer.send(HeadersFrame(1, peer.block(CONNECT)), DataFrame(1, b""))


def continuation_flood(peer):
    peer.send(HeadersFrame(1, peer.block(CONNECT)))
    for _ in range(1000):
        peer.send(*[ContinuationFrame(1, peer.block([("a", "b" * 1000)]))] * 10)


def empty_continuation_flood(peer):
    peer.send(HeadersFrame(1, peer.block(CONNECT)))
    for _ in range(1000):
        peer.send(*[ContinuationFrame(1, b"")] * 10)


def empty_data_flood(peer):
    peer.open()
    peer.send(*[DataFrame(1, b"")] * 10_000)


def rapid_reset(peer):
    for stream in range(1, 2001, 2):
        peer.headers(CONNECT, stream)
        peer.send(RstStreamFrame(stream, ErrorCodes.CANCEL))
    return 2001


def made_reset(peer):
    """Lets the gateway reset the streams instead, for a mistake of the client."""
    for stream in range(1, 2001, 2):
        peer.headers(CONNECT, stream)
        peer.send(raw(WINDOW_UPDATE, bytes(4), stream))
    return 2001


def ping_flood(peer):
    """Reads each answer: nothing is wrong with that, but for the work."""
    for _ in range(10):
        peer.send(*[PingFrame(0, b"12345678")] * 1000)
        answers = 0
        while answers < 1000:
            answers += isinstance(peer.receive(), PingFrame)


def settings_flood(peer):
    for _ in range(10):
        peer.send(*[SettingsFrame(0)] * 1000)
        answers = 0
        while answers < 1000:
            answers += isinstance(peer.receive(), SettingsFrame)


def setting(code, value):
    return raw(SETTINGS, code.to_bytes(2, "big") + value.to_bytes(4, "big"))


CASES = {name: head(fields) for name, fields in HEADS.items()}
CASES |= {
    "END_STREAM at once": end_at_once,
    "even stream": even_stream,
    "lower stream": lower_stream,
    "trailers": trailers,
    "trailers with END_STREAM": trailers_at_the_end,
    "CONTINUATION missing": unfinished_head,
    "CONTINUATION of nothing": frames(ContinuationFrame(1, b"", flags=["END_HEADERS"])),
    "CONTINUATION flood": continuation_flood,
    "CONTINUATION flood, empty": empty_continuation_flood,
    "HPACK index 126": frames(raw(HEADERS, b"\xfe", 1, 4)),
    "HEADERS of stream 0": frames(raw(HEADERS, b"", 0, 4)),
    "HEADERS with too much padding": frames(raw(HEADERS, b"\xff", 1, 4 | 8)),
    "PUSH_PROMISE": frames(raw(PUSH_PROMISE, (2).to_bytes(4, "big"), 1, 4)),
    "DATA before HEADERS": frames(DataFrame(1, b"early")),
    "DATA of stream 0": frames(raw(DATA, b"x", 0)),
    "DATA behind END_STREAM": data_behind_end,
    "DATA behind RST_STREAM": closed_stream(DataFrame(1, b"late")),
    "DATA with too much padding": opened(raw(DATA, b"\xff", 1, 8)),
    "DATA above the frame size": beyond_the_frame_size,
    "DATA above the window": beyond_the_window,
    "DATA flood, empty": empty_data_flood,
    "WINDOW_UPDATE 0 of a stream": opened(raw(WINDOW_UPDATE, bytes(4), 1)),
    "WINDOW_UPDATE 0 of the connection": frames(raw(WINDOW_UPDATE, bytes(4))),
    "WINDOW_UPDATE above the most of a stream": opened(*[WindowUpdateFrame(1, LARGEST)] * 2),
    "WINDOW_UPDATE above the most of the connection": frames(*[WindowUpdateFrame(0, LARGEST)] * 2),
    "WINDOW_UPDATE of an idle stream": frames(WindowUpdateFrame(1, 1)),
    "WINDOW_UPDATE behind RST_STREAM": closed_stream(WindowUpdateFrame(1, 1)),
    "WINDOW_UPDATE of 3 bytes": opened(raw(WINDOW_UPDATE, bytes(3), 1)),
    "RST_STREAM of an idle stream": frames(RstStreamFrame(1, ErrorCodes.CANCEL)),
    "RST_STREAM of stream 0": frames(raw(RST_STREAM, bytes(4))),
    "RST_STREAM of 3 bytes": opened(raw(RST_STREAM, bytes(3), 1)),
    "RST_STREAM flood": rapid_reset,
    "RST_STREAM flood, by mistakes": made_reset,
    "PRIORITY of itself": frames(PriorityFrame(1, depends_on=1)),
    "PRIORITY of stream 0": frames(raw(PRIORITY, bytes(5))),
    "SETTINGS of 5 bytes": frames(raw(SETTINGS, bytes(5))),
    "SETTINGS of a stream": frames(raw(SETTINGS, b"", 1)),
    "SETTINGS acknowledgement with a setting": frames(raw(SETTINGS, bytes(6), 0, 1)),
    "SETTINGS with ENABLE_PUSH 2": frames(setting(2, 2)),
    "SETTINGS with INITIAL_WINDOW_SIZE 2^31": frames(setting(4, LARGEST + 1)),
    "SETTINGS with INITIAL_WINDOW_SIZE above the most": opened(WindowUpdateFrame(1, LARGEST - 65535), setting(4, 2**20)),
    "SETTINGS with MAX_FRAME_SIZE 1": frames(setting(5, 1)),
    "SETTINGS with ENABLE_CONNECT_PROTOCOL 2": frames(setting(8, 2)),
    "SETTINGS flood": settings_flood,
    "PING of 7 bytes": frames(raw(PING, bytes(7))),
    "PING of a stream": frames(raw(PING, bytes(8), 1)),
    "PING flood": ping_flood,
    "GOAWAY of a stream": frames(raw(GOAWAY, bytes(8), 1)),
    "unknown frame": frames(raw(99, b"x", 0)),
}
# The GOAWAY may be lost to a reset behind it: the client sends on.
FLOODS = {
    "CONTINUATION flood",
    "CONTINUATION flood, empty",
    "DATA flood, empty",
    "RST_STREAM flood",
    "RST_STREAM flood, by mistakes",
}
# Where the gateway has nothing to answer
SILENT = {"unknown frame", "PING flood", "SETTINGS flood", "DATA behind RST_STREAM", "WINDOW_UPDATE behind RST_STREAM"}


def run(port, name):
    """Returns the answer, and what follows unless it is the usual: the end, or service of the next stream."""
    peer = Peer(port)
    try:
        stream = CASES[name](peer) or 1
        answer = "ignored" if name in SILENT else peer.answer(stream)
    except EOFError:
        answer = "end"
    if answer.startswith("GOAWAY"):
        return answer if peer.ends() else f"{answer}, but no end"
    if answer == "end" and name in FLOODS:
        return "GOAWAY ENHANCE_YOUR_CALM"
    if answer == "end":
        return answer
    peer.headers(CONNECT, NEXT)
    further = peer.answer(NEXT)
    return answer if further == "200" else f"{answer}, then {further}"


if __name__ == "__main__":
    port = int(sys.argv[1])
    bystander = Connection(port).open("/chat?name=bystander")
    bystander.frame()
    for name in CASES:
        print(f"{name}: {run(port, name)}", flush=True)
        bystander.say(name)
        assert bystander.frame().data.decode() == name
