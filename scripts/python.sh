#!/bin/sh
# Prints the Python that Annotator runs with: $PYTHON, the one already set up in .venv, or the newest
# known one that really starts. A name on the PATH proves nothing: pyenv leaves shims that only fail.

recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "$PYTHON" ]; then
    recent "$PYTHON" && echo "$PYTHON" && exit
    echo "PYTHON is set to \"$PYTHON\", which does not start or is older than Python 3.11." >&2
    exit 1
fi

for candidate in .venv/bin/python python3.13 python3.12 python3.11 python3; do
    recent "$candidate" && echo "$candidate" && exit
done

echo "Annotator needs Python 3.11 or newer, and none was found." >&2
echo "Install one, or name it:  make PYTHON=/path/to/python3 ..." >&2
exit 1
