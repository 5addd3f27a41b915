"""Delays every frame between two network interfaces: what netem does where the kernel has it.

usage: delay.py <interface> <interface> <milliseconds one way>
Runs until its standard input ends.
"""
import collections
import fcntl
import select
import socket
import struct
import sys
import time

ETH_P_ALL = 3
PACKET_OUTGOING = 4
SO_SNDBUFFORCE = 32
SO_RCVBUFFORCE = 33


def open_interface(name):
    link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    link.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 16 << 20)
    link.setsockopt(socket.SOL_SOCKET, SO_SNDBUFFORCE, 16 << 20)
    link.bind((name, 0))
    link.setblocking(False)
    return link


def main():
    names, delay = sys.argv[1:3], float(sys.argv[3]) / 1000
    links = [open_interface(name) for name in names]
    queues = [collections.deque(), collections.deque()]
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        due = [queue[0][0] for queue in queues if queue]
        wait = max(0.0, min(due) - now) if due else 1.0
        readable, _, _ = select.select([*links, sys.stdin], [], [], wait)
        if sys.stdin in readable:
            return
        for side, link in enumerate(links):
            if link not in readable:
                continue
            for _ in range(64):
                try:
                    frame, address = link.recvfrom(65536)
                except BlockingIOError:
                    break
                if address[2] != PACKET_OUTGOING:
                    queues[side].append((time.monotonic() + delay, frame))
        now = time.monotonic()
        for side, queue in enumerate(queues):
            while queue and queue[0][0] <= now:
                links[1 - side].send(queue.popleft()[1])


def without_offloads(name):
    """Frames must be whole and have their checksums: the other side is no network card's driver."""
    control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for command in (0x00000017, 0x0000001F, 0x00000024, 0x0000002C):  # tx checksum, TSO, GSO, GRO: off
        data = bytearray(struct.pack("II", command, 0))
        request = bytearray(struct.pack("16sQ", name.encode(), 0)) + bytearray(16)
        import ctypes

        buffer = (ctypes.c_char * len(data)).from_buffer(data)
        struct.pack_into("Q", request, 16, ctypes.addressof(buffer))
        try:
            fcntl.ioctl(control, 0x8946, bytes(request))
        except OSError:
            pass


if len(sys.argv) == 3 and sys.argv[1] == "--plain":
    without_offloads(sys.argv[2])
else:
    main()
