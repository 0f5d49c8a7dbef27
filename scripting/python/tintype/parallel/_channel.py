# Messages over a Unix socket, with file handles beside them.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A message is its kind, a number of handles and its bytes. The system keeps a handle that is under way open, and frees it with
the socket, so that nothing is left behind when either side dies.

The program's side never blocks: what the socket does not take at once waits in the channel. Were both sides to block in sending,
they would wait for each other. A worker's side blocks; any of its threads may send.
"""
import array
import collections
import errno
import socket
import struct
import threading
import time

HEAD = struct.Struct("<BBQ")
PIECE = 1 << 16
LARGE_PIECE = 1 << 20
MOST_HANDLES = 250  # what the system passes at once is 253
_PAUSE = 0.01
_ROOM_FOR_HANDLES = socket.CMSG_SPACE(MOST_HANDLES * array.array("i").itemsize)


class Channel:
    """One end. `receive` belongs to one thread."""

    def __init__(self, end):
        self._end = end
        self._came = bytearray()
        self._handles = collections.deque()
        self._waiting = collections.deque()  # of (bytes, what holds their handles, the handles)
        self._sending = threading.Lock()

    def fileno(self):
        return self._end.fileno()

    def set_blocking(self, blocks):
        self._end.setblocking(blocks)

    def close(self):
        self._end.close()
        while self._handles:
            socket.close(self._handles.popleft())

    def send(self, kind, data=b"", handles=(), holder=None):
        """Sends a message, or what the socket takes of it; `flush` sends the rest. The handles are used until then, and `holder`
        is kept for as long."""
        with self._sending:
            head = HEAD.pack(kind, len(handles), len(data))
            if len(data) < PIECE:
                self._waiting.append((head + data, holder, list(handles)))
            else:
                self._waiting.append((head, holder, list(handles)))
                self._waiting.append((memoryview(data), holder, []))
            while not self._flush() and self._end.getblocking():
                time.sleep(_PAUSE)

    def flush(self):
        """Goes on sending; whether everything is sent."""
        with self._sending:
            return self._flush()

    @property
    def is_waiting(self):
        return bool(self._waiting)

    def _flush(self):
        try:
            while self._waiting:
                data, holder, handles = self._waiting[0]
                rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", handles))] if handles else []
                sent = self._end.sendmsg([data], rights) if rights else self._end.send(data)
                if sent == len(data):
                    self._waiting.popleft()
                else:
                    self._waiting[0] = (memoryview(data)[sent:], holder, [])
        except BlockingIOError:
            return False
        except (BrokenPipeError, ConnectionResetError):
            # The other side has ended, which is told otherwise.
            self._waiting.clear()
        except OSError as error:
            # So many handles are on their way, to those who do not read them yet.
            if error.errno != errno.ETOOMANYREFS:
                raise
            return False
        return True

    def receive(self):
        """Reads what there is, and returns the whole messages of it: a list of (kind, bytes, handles). Raises EOFError at the end
        of the other side, and BlockingIOError where there is nothing and the channel does not block."""
        room = LARGE_PIECE if len(self._came) >= PIECE else PIECE
        data, ancillary, _, _ = self._end.recvmsg(room, _ROOM_FOR_HANDLES, socket.MSG_CMSG_CLOEXEC)
        for level, kind, content in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                handles = array.array("i")
                handles.frombytes(content[: len(content) - len(content) % handles.itemsize])
                self._handles.extend(handles)
        if not data:
            raise EOFError
        self._came += data
        return self._whole_messages()

    def _whole_messages(self):
        messages = []
        begin = 0
        came = self._came
        while len(came) - begin >= HEAD.size:
            kind, count, length = HEAD.unpack_from(came, begin)
            end = begin + HEAD.size + length
            if len(came) < end:
                break
            handles = [self._handles.popleft() for _ in range(count)]
            messages.append((kind, bytes(memoryview(came)[begin + HEAD.size : end]), handles))
            begin = end
        if begin:
            del came[:begin]
        return messages


def pair():
    """(the program's end as a channel, the worker's as a socket)"""
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    channel.set_blocking(False)
    return channel, theirs
