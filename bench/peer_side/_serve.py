"""The peer's end of the line: told for how long, answers what one pass cost. Runs in the throw-away environment."""

import json
import resource
import sys
from importlib.metadata import version
from pathlib import Path

HOME = Path(sys.argv[1])  # Holds keys, pictures and documents.


def spent():
    """Return processor time, that of programs it started included."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def seconds_of_one(make, turn):
    """Call for at least so long."""
    calls, began = 0, spent()
    while True:
        make()
        calls += 1
        if spent() - began >= turn:
            return (spent() - began) / calls


def serve(package, uses):
    """Answer until the other end hangs up.

    Args:
        package: Whose version is told.
        uses: Functions that return what a peer makes, by how it is used.
    """
    say({"version": version(package), "uses": list(uses)})
    for line in sys.stdin:
        verb, use, argument = line.rstrip("\n").split("\t")
        try:
            if verb == "show":
                Path(argument).write_bytes(uses[use]())
                say({"shown": argument})
            else:
                say({"seconds": seconds_of_one(uses[use], float(argument))})
        except Exception as error:  # Whatever a stranger's code raises is told, and the bench goes on.
            say({"error": f"{type(error).__name__}: {error}".splitlines()[0][:160]})


def say(told):
    """Write one line."""
    print(json.dumps(told), flush=True)  # noqa: T201


def document():
    """Return pass.json as a dict."""
    return json.loads((HOME / "pass.json").read_bytes())


def pictures():
    """Return the files of the pictures by their names."""
    return {path.name: path for path in sorted((HOME / "pictures").iterdir())}
