"""Times the answers of a running workbench over REST: a prediction, and a picture's way through all layers with what a page of it loads.

    python3 benchmarks/peers/workbench-answers.py http://127.0.0.1:7070 MODEL PICTURE [repetitions]

Prints milliseconds: the first answer, and median and 95th percentile of the second half of the repetitions.
"""
import http.client
import json
import statistics
import sys
import time
from urllib.parse import quote, urlsplit

address, model, picture = urlsplit(sys.argv[1]), quote(sys.argv[2]), open(sys.argv[3], "rb").read()
repetitions = int(sys.argv[4]) if len(sys.argv) > 4 else 40
connection = http.client.HTTPConnection(address.hostname, address.port)


def ask(method, path, body=None):
    connection.request(method, path, body=body)
    answer = connection.getresponse()
    content = answer.read()
    assert answer.status in (200, 201), (path, answer.status, content[:300])
    return content


def timed(what, ask_once, count):
    times = []
    for _ in range(count):
        began = time.perf_counter()
        ask_once()
        times.append((time.perf_counter() - began) * 1e3)
    later = sorted(times[count // 2 :])
    print(f"{what}: first {times[0]:.1f}, median {statistics.median(later):.2f}, 95 % {later[int(0.95 * (len(later) - 1))]:.2f} ms of {count}")


def way():
    """A picture that was not looked at before: a byte after its end makes it another one to the workbench."""
    way.count += 1
    kept = json.loads(ask("POST", "/api/pictures", picture + b"\n" * way.count))["picture"]
    base = f"/api/models/{model}/pictures/{kept}"
    layers = json.loads(ask("GET", base + "/layers"))["layers"]
    ask("GET", base + "/grad-cam")
    return base, layers


way.count = 0


def page():
    base, layers = way()
    for layer in layers:
        ask("GET", f"{base}/maps.png?layer={quote(layer['layer'])}")


timed("predict", lambda: ask("POST", f"/api/models/{model}/predict?top=10", picture), repetitions * 10)
timed("kept, all layers, Grad-CAM", way, repetitions)
timed("the same with the maps of every layer as PNG, one after the other", page, max(4, repetitions // 4))
base, layers = way()
convolution = [layer for layer in layers if layer["kind"] == "convolution"][-1]["layer"]
timed("arithmetic of a value", lambda: ask("GET", f"{base}/arithmetic?layer={quote(convolution)}"), repetitions)
timed("occlusion", lambda: ask("GET", base + "/occlusion"), 4)
