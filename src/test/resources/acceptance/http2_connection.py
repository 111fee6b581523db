"""Client with WebSockets as streams of an HTTP/2 connection (RFC 8441), in clear and with prior knowledge."""

import socket

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    PingAckReceived,
    RemoteSettingsChanged,
    ResponseReceived,
    StreamEnded,
    StreamReset,
)
from websockets.frames import Close, Frame, Opcode

DEADLINE = 20


class Stream:
    """One WebSocket. What is read is acknowledged, and nothing else: the window is real."""

    def __init__(self, connection, number):
        self.connection = connection
        self.number = number
        self.head = None
        self.bytes = bytearray()
        self.ended = False
        self.reset = None

    def answer(self):
        self.connection.pump_until(lambda: self.head or self.reset)
        return self.head

    def read(self, count):
        """Gives room back for what it reads."""
        read = bytearray()
        while len(read) < count:
            self.connection.pump_until(lambda: self.bytes or self.ended or self.reset)
            if not self.bytes:
                raise EOFError(f"END_STREAM {self.ended}, RST_STREAM {self.reset}")
            piece = self.bytes[: count - len(read)]
            del self.bytes[: len(piece)]
            read += piece
            self.connection.h2.acknowledge_received_data(len(piece), self.number)
            self.connection.flush()
        return bytes(read)

    def rest(self):
        self.connection.pump_until(lambda: self.ended or self.reset)
        return bytes(self.bytes)

    def frame(self):
        """Returns the next frame, pings aside, which it answers."""
        first, length = self.read(2)
        if length > 125:
            length = int.from_bytes(self.read(2 if length == 126 else 8), "big")
        frame = Frame(Opcode(first & 15), self.read(length))
        if frame.opcode is not Opcode.PING:
            return frame
        self.write(Frame(Opcode.PONG, frame.data).serialize(mask=True))
        return self.frame()

    def write(self, data, end=False):
        """Waits for room, but reads no message."""
        h2 = self.connection.h2
        rest = memoryview(data)
        while rest:
            self.connection.pump_until(lambda: h2.local_flow_control_window(self.number) > 0)
            count = min(len(rest), h2.local_flow_control_window(self.number), h2.max_outbound_frame_size)
            h2.send_data(self.number, bytes(rest[:count]))
            self.connection.flush()
            rest = rest[count:]
        if end:
            h2.end_stream(self.number)
            self.connection.flush()

    def say(self, text):
        self.write(Frame(Opcode.TEXT, text.encode()).serialize(mask=True))

    def close(self, code, end=False):
        self.write(Frame(Opcode.CLOSE, Close(code, "").serialize()).serialize(mask=True), end)

    def cancel(self):
        self.connection.h2.reset_stream(self.number, ErrorCodes.CANCEL)
        self.connection.flush()


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), DEADLINE)
        self.h2 = H2Connection(H2Configuration(header_encoding="utf-8"))
        self.streams = {}
        self.settings = {}
        self.order = []
        self.closed = False
        self.h2.initiate_connection()
        self.flush()
        self.pump_until(lambda: self.settings)

    def request(self, head):
        number = self.h2.get_next_available_stream_id()
        self.streams[number] = Stream(self, number)
        self.h2.send_headers(number, head)
        self.flush()
        return self.streams[number]

    def open(self, path, **more):
        head = [
            (":method", "CONNECT"),
            (":protocol", "websocket"),
            (":scheme", "http"),
            (":authority", "localhost"),
            (":path", path),
            ("sec-websocket-version", "13"),
        ]
        return self.request(head + [(name.replace("_", "-"), value) for name, value in more.items()])

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    def pump_until(self, condition):
        while not condition():
            received = self.socket.recv(65536)
            if not received:
                self.closed = True
                self.order.append("end")
                if condition():
                    return
                raise EOFError("The connection ended")
            for event in self.h2.receive_data(received):
                self.dispatch(event)
            self.flush()

    def dispatch(self, event):
        match event:
            case RemoteSettingsChanged():
                self.settings.update({code: change.new_value for code, change in event.changed_settings.items()})
            case ResponseReceived():
                self.streams[event.stream_id].head = dict(event.headers)
            case DataReceived():
                self.streams[event.stream_id].bytes += event.data
                if event.data:
                    self.order.append(f"DATA {event.stream_id}")
            case StreamEnded():
                self.streams[event.stream_id].ended = True
                self.order.append(f"END_STREAM {event.stream_id}")
            case StreamReset():
                self.streams[event.stream_id].reset = ErrorCodes(event.error_code).name
                self.order.append(f"RST_STREAM {event.stream_id} {ErrorCodes(event.error_code).name}")
            case PingAckReceived():
                self.order.append("PING")
            case ConnectionTerminated():
                self.order.append(f"GOAWAY {ErrorCodes(event.error_code).name}")
