#!/bin/sh
# Build the native lanes with AddressSanitizer and UndefinedBehaviorSanitizer, in a copy of src/, and run the tests that drive them.
# Wants gcc with both libraries, for the sanitizers must stand before the interpreter. Arrow and Python take their memory from malloc, so that
# reading past a buffer of theirs is found too.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R src "$work/src"
rm -f "$work"/src/feiyu/_native/*.so
for source in src/feiyu/_native/*.c; do
    gcc -O1 -g -shared -fPIC -std=c11 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all \
        "$source" -o "$work/src/feiyu/_native/$(basename "$source" .c).so"
done
# What measures or bounds the memory of a whole process (ORC is read in one of its own) says nothing here.
[ $# -gt 0 ] || set -- -k "not orc and not stripe" --deselect tests/unit/scan/test_delimited.py::test_a_huge_line_costs_neither_memory_nor_time tests/unit/scan tests/unit/seal/test_lanes.py tests/unit/seal/test_sm4.py tests/unit/seal/test_suites.py
LD_PRELOAD="$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so)" \
    ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1 \
    ARROW_DEFAULT_MEMORY_POOL=system PYTHONMALLOC=malloc PYTHONPATH="$work/src" \
    .venv/bin/python -m pytest -q -p no:cacheprovider --capture=sys --timeout 1800 "$@"
