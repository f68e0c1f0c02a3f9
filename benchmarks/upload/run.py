"""What an upload costs the client: processor seconds per GB of body, without TLS, and heap (goal P11).

    python3 benchmarks/upload/run.py [--megabytes 95] [--uploads 60] [--rounds 5]

Sends parts of CSV with the engine's own wire to a process that reads them and throws them away; 1, 4
and 15 at once, and 1 of a tenth of the size, interleaved. Needs `make build`.
"""
import argparse
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=95)
    parser.add_argument("--uploads", type=int, default=60, help="of a whole part, in each run")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--heap", default="256m", help="-Xmx of ours")
    parser.add_argument(
        "--classpath", default=os.environ.get("INITLOAD_CLASSPATH", f"{ROOT}/cli/target/initload/lib/*")
    )
    parser.add_argument("--sink", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.sink:
        sink()
        return
    # A terminated run stops its other side as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = pathlib.Path(tempfile.mkdtemp(prefix="initload-bench-"))
    try:
        measure(options, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def sink():
    """Takes uploads on a port of the loopback interface, which it prints first."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()


def answer(connection):
    with contextlib.suppress(ConnectionResetError), connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        buffer = memoryview(bytearray(1 << 20))
        head = b""
        while True:
            while b"\r\n\r\n" not in head:
                more = connection.recv(65536)
                if not more:
                    return
                head += more
            fields, _, rest = head.partition(b"\r\n\r\n")
            fields = fields.lower()
            left = int(fields.partition(b"content-length:")[2].split(b"\r\n")[0]) - len(rest)
            if b"100-continue" in fields:
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            while left > 0:
                read = connection.recv_into(buffer, min(left, len(buffer)))
                if not read:
                    return
                left -= read
            connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
            head = b""


def measure(options, work):
    classes = work / "classes"
    subprocess.run(
        ["javac", "-nowarn", "-d", classes, "-cp", options.classpath, HERE / "Put.java"], check=True
    )
    whole = options.megabytes * 1_000_000
    files = {"whole": write(work / "whole.csv", whole), "tenth": write(work / "tenth.csv", whole // 10)}
    candidates = {
        "1 PUT": ("whole", 1, options.uploads),
        "4 PUTs": ("whole", 4, max(1, options.uploads // 4)),
        "15 PUTs": ("whole", 15, max(1, options.uploads // 15)),
        "1 PUT of a tenth": ("tenth", 1, options.uploads * 10),
    }
    results = {}
    server = subprocess.Popen([sys.executable, __file__, "--sink"], stdout=subprocess.PIPE, text=True)
    try:
        url = f"http://127.0.0.1:{int(server.stdout.readline())}/batches"
        for round_number in range(options.rounds):
            for name, (file, at_once, each) in candidates.items():
                command = ["java", f"-Xmx{options.heap}", "-cp", f"{classes}:{options.classpath}"]
                command += ["io.initload.salesforce.Put", url, files[file], str(at_once), str(each)]
                out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
                run = [float(value) for value in out.split()]
                results.setdefault(name, []).append(run)
                print(f"round {round_number + 1} {name}: {out.strip()}", file=sys.stderr, flush=True)
    finally:
        server.terminate()
        server.wait()
    print("| uploads | cpu-s per GB of body, median (min-max) | GB/s | peak heap MB |")
    print("|---|---|---|---|")
    for name, runs in results.items():
        cpu = [cpu / sent for sent, _, cpu, _ in runs]
        rate = statistics.median(sent / wall for sent, wall, _, _ in runs)
        heap = max(heap for *_, heap in runs)
        print(f"| {name} | {statistics.median(cpu):.2f} ({min(cpu):.2f}-{max(cpu):.2f}) | {rate:.2f} | {heap:.0f} |")


def write(file, size):
    line = b"acc-0000000001,Customer 1,1,1.5,Main Street 1,Springfield\n"
    with open(file, "wb") as out:
        block = line * 1000
        for _ in range(size // len(block)):
            out.write(block)
        out.write((line * 1001)[: size % len(block)])
    return file


if __name__ == "__main__":
    main()
